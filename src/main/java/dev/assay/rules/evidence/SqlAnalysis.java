package dev.assay.rules.evidence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.functions;
import scala.collection.JavaConverters;

/** What Spark makes of the SQL in rules, before anything is read. */
final class SqlAnalysis {
  /**
   * One expression.
   *
   * @param error why Spark cannot read it; empty if it can
   * @param columns the table's columns that it speaks of
   * @param lasting whether it means the same tomorrow: no random numbers, no present time
   */
  record Analysed(Optional<String> error, List<String> columns, boolean lasting) {}

  private SqlAnalysis() {}

  /** All of them at once; one that is wrong does not spoil the others. */
  static Map<String, Analysed> of(Collection<String> predicates, Dataset<Row> rows) {
    Map<String, Analysed> analysed = new LinkedHashMap<>();
    List<String> texts = List.copyOf(predicates);
    try {
      List<Analysed> all = analyse(texts, rows);
      for (int index = 0; index < texts.size(); index++) {
        analysed.put(texts.get(index), all.get(index));
      }
    } catch (Exception e) {
      // Scala throws Spark's checked AnalysisException without declaring it
      texts.forEach(text -> analysed.put(text, single(text, rows)));
    }
    return analysed;
  }

  private static Analysed single(String predicate, Dataset<Row> rows) {
    try {
      return analyse(List.of(predicate), rows).get(0);
    } catch (Exception e) {
      // as above
      return new Analysed(Optional.of(SafeMessage.of(e)), List.of(), false);
    }
  }

  private static List<Analysed> analyse(List<String> predicates, Dataset<Row> rows) {
    if (predicates.isEmpty()) {
      return List.of();
    }
    // a predicate has to be true or false, which "when" checks and a plain column does not
    Column[] columns =
        predicates.stream()
            .map(text -> functions.when(functions.expr(text), functions.lit(1)))
            .toArray(Column[]::new);
    List<Analysed> analysed = new ArrayList<>();
    for (Expression expression :
        JavaConverters.seqAsJavaList(
            rows.select(columns).queryExecution().analyzed().expressions())) {
      analysed.add(
          new Analysed(
              Optional.empty(),
              JavaConverters.seqAsJavaList(expression.references().toSeq()).stream()
                  .map(attribute -> attribute.name())
                  .sorted()
                  .toList(),
              expression.deterministic() && !speaksOfNow(expression)));
    }
    return analysed;
  }

  private static boolean speaksOfNow(Expression expression) {
    return JavaConverters.seqAsJavaList(expression.collectLeaves()).stream()
        .map(leaf -> leaf.getClass().getSimpleName())
        .anyMatch(name -> name.startsWith("Current") || name.matches("Now|LocalTimestamp"));
  }
}
