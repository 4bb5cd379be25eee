package dev.assay.rules.evaluate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.assay.model.Sql;
import dev.assay.rules.evidence.SlicedTable;
import dev.assay.rules.evidence.SqlAnalysis;
import dev.assay.rules.evidence.SqlAnalysis.Analysed;
import dev.assay.rules.plan.Measure;
import dev.assay.rules.plan.PlannedRule;
import dev.assay.rules.plan.TableShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;

/**
 * The rows that break rules about single rows, in one pass: a bit per rule and row, only rows with
 * a bit set are kept, and what they break is counted on the way.
 */
public final class FailingRows {
  /** The column that names the rules a row breaks. */
  public static final String BROKEN_RULES = "_assay_broken_rules";

  /** Spark compiles expressions of about this many rules well. */
  private static final int RULES_PER_MASK = 25;

  private final Dataset<Row> rows;
  private final Map<String, Integer> rules;
  private final Map<String, String> unreadable;
  private final Observation observation;

  private FailingRows(
      Dataset<Row> rows,
      Map<String, Integer> rules,
      Map<String, String> unreadable,
      Observation observation) {
    this.rows = rows;
    this.rules = rules;
    this.unreadable = Map.copyOf(unreadable);
    this.observation = observation;
  }

  /** Plans the pass; nothing is read yet. Rules that are not about single rows are left out. */
  static FailingRows of(SlicedTable table, List<PlannedRule> planned) {
    Dataset<Row> data = table.rows();
    Map<String, String> predicates = new LinkedHashMap<>();
    for (PlannedRule rule : planned) {
      predicate(rule, table.shape())
          .ifPresent(sql -> predicates.putIfAbsent(rule.entry().text(), table.settled(sql)));
    }
    Map<String, Analysed> analysed = SqlAnalysis.of(predicates.values(), table.schema());
    Map<String, Column> broken = new LinkedHashMap<>();
    Map<String, String> unreadable = new LinkedHashMap<>();
    predicates.forEach(
        (rule, sql) ->
            SqlAnalysis.required(analysed, sql)
                .error()
                .ifPresentOrElse(
                    error -> unreadable.put(rule, error), () -> broken.put(rule, expr(sql))));
    if (broken.isEmpty()) {
      throw new IllegalArgumentException(
          "no rule is about single rows"
              + (unreadable.isEmpty() ? "" : ", beside those whose SQL is wrong: " + unreadable));
    }
    List<Column> fails = List.copyOf(broken.values());
    List<String> names = List.copyOf(broken.keySet());
    List<String> masks = new ArrayList<>();
    List<Column> selected = new ArrayList<>();
    for (String column : data.columns()) {
      selected.add(col(Sql.column(column)));
    }
    for (int from = 0; from < fails.size(); from += RULES_PER_MASK) {
      String mask = "_assay_mask_" + masks.size();
      masks.add(mask);
      selected.add(
          mask(fails.subList(from, Math.min(from + RULES_PER_MASK, fails.size()))).alias(mask));
    }
    Column any = masks.stream().map(mask -> col(mask).notEqual(0)).reduce(Column::or).orElseThrow();
    Dataset<Row> marked = data.select(selected.toArray(Column[]::new)).where(any);
    Observation observation = new Observation("assay-" + UUID.randomUUID());
    List<Column> counts = new ArrayList<>();
    Map<String, Integer> positions = new LinkedHashMap<>();
    for (int rule = 0; rule < names.size(); rule++) {
      positions.put(names.get(rule), rule);
      counts.add(sum(bit(rule, masks)).alias("broken_" + rule));
    }
    Dataset<Row> counted =
        marked.observe(
            observation, counts.get(0), counts.subList(1, counts.size()).toArray(Column[]::new));
    return new FailingRows(
        counted
            .withColumn(BROKEN_RULES, expr(reasons(names, masks)))
            .drop(masks.toArray(String[]::new)),
        positions,
        unreadable,
        observation);
  }

  private static Column mask(List<Column> fails) {
    Column mask = lit(0);
    for (int bit = 0; bit < fails.size(); bit++) {
      mask = mask.bitwiseOR(when(coalesce(fails.get(bit), lit(false)), 1 << bit).otherwise(0));
    }
    return mask;
  }

  private static Column bit(int rule, List<String> masks) {
    return expr(
        "CAST(shiftright(%s, %d) & 1 AS BIGINT)"
            .formatted(masks.get(rule / RULES_PER_MASK), rule % RULES_PER_MASK));
  }

  private static String reasons(List<String> names, List<String> masks) {
    List<String> parts = new ArrayList<>();
    for (int mask = 0; mask < masks.size(); mask++) {
      String texts =
          names
              .subList(mask * RULES_PER_MASK, Math.min((mask + 1) * RULES_PER_MASK, names.size()))
              .stream()
              .map(Sql::text)
              .collect(Collectors.joining(", "));
      parts.add(
          "filter(array(%s), (name, i) -> (shiftright(%s, i) & 1) = 1)"
              .formatted(texts, masks.get(mask)));
    }
    return "concat(" + String.join(", ", parts) + ")";
  }

  /**
   * SQL that is true for rows that break the rule. The parts of a composite are put to the whole
   * table one by one, so that rows break a part; which of them decides is not a matter of rows.
   */
  private static Optional<String> predicate(PlannedRule rule, TableShape shape) {
    return rule.leaves().size() == 1 ? predicate(rule.leaves().get(0), shape) : Optional.empty();
  }

  private static Optional<String> predicate(PlannedRule.Leaf leaf, TableShape shape) {
    if (leaf.measures().isEmpty()) {
      return Optional.empty();
    }
    Measure measure = leaf.measures().get(0);
    if (measure instanceof Measure.Matching matching) {
      return Optional.of(broken(matching.where(), "NOT (%s)".formatted(matching.predicate())));
    }
    return measure instanceof Measure.Completeness complete
        ? Optional.of(broken(complete.where(), shape.sql(complete.column()) + " IS NULL"))
        : Optional.empty();
  }

  private static String broken(Optional<String> where, String predicate) {
    return where.map(sql -> "(%s) AND (%s)".formatted(sql, predicate)).orElse(predicate);
  }

  /** The failing rows, with the rules that each breaks in {@link #BROKEN_RULES}. */
  public Dataset<Row> rows() {
    return rows;
  }

  /** Rules about single rows whose SQL cannot be read, each with what is wrong with it. */
  public Map<String, String> unreadable() {
    return unreadable;
  }

  /** The rules that are about single rows, in their order. */
  public List<String> rules() {
    return List.copyOf(rules.keySet());
  }

  /** How many rows break each rule; waits for the first action on {@link #rows}. */
  public Map<String, Long> counts() {
    Map<String, Object> observed;
    try {
      observed = observation.getAsJava();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before the rows were read", e);
    }
    Map<String, Long> counts = new LinkedHashMap<>();
    rules.forEach(
        (rule, position) -> {
          Object count = observed.get("broken_" + position);
          counts.put(rule, count == null ? 0L : ((Number) count).longValue());
        });
    return counts;
  }
}
