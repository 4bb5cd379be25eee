package dev.assay.lineage;

import dev.assay.model.RowRule;
import dev.assay.model.job.ColumnSpec;
import dev.assay.model.job.Protection;
import dev.assay.model.job.Step;
import dev.assay.model.lineage.ColumnLineage;
import dev.assay.model.lineage.ColumnSource;
import dev.assay.model.lineage.Relation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import scala.collection.JavaConverters;

/** Follows the columns of a prepare job's input through its steps. */
public final class StepLineage {
  private final ParserInterface parser = new CatalystSqlParser();
  private final ExpressionSources sources = new ExpressionSources(this::named, plan -> Set.of());
  private final Map<String, Set<ColumnSource>> columns = new LinkedHashMap<>();
  private final Set<ColumnSource> rows = new TreeSet<>();

  private StepLineage(String input, List<String> read) {
    read.forEach(name -> columns.put(name, Set.of(ColumnSource.of(input, name))));
  }

  /**
   * Where the columns come from that the steps leave.
   *
   * @param input the alias of the job's input
   * @param read its columns, in their order
   * @param typed columns declared with a type other than text, which are read from texts
   */
  public static ColumnLineage of(
      String input, List<String> read, List<ColumnSpec> typed, List<Step> steps) {
    StepLineage lineage = new StepLineage(input, read);
    lineage.computed(
        typed.stream()
            .filter(column -> !column.type().equals("string"))
            .map(ColumnSpec::name)
            .toList());
    steps.forEach(lineage::step);
    return new ColumnLineage(lineage.columns, lineage.rows);
  }

  private void step(Step step) {
    if (step instanceof Step.Renaming renaming) {
      rename(renaming.names());
    } else if (step instanceof Step.Cast cast) {
      computed(cast.columns().stream().map(ColumnSpec::name).toList());
    } else if (step instanceof Step.Trim trim) {
      computed(trim.columns());
    } else if (step instanceof Step.Normalise normalise) {
      computed(normalise.columns().keySet());
    } else if (step instanceof Step.Derive derive) {
      derive.expressions().forEach(this::derive);
    } else if (step instanceof Step.Drop drop) {
      drop.columns().forEach(columns::remove);
    } else if (step instanceof Step.Filter filter) {
      rows.addAll(sources.deciding(expression(filter.condition()), Relation.FILTER));
    } else if (step instanceof Step.Deduplicate deduplicate) {
      deduplicate(deduplicate);
    } else if (step instanceof Step.Protect protect) {
      protect.columns().forEach(this::protect);
    } else if (step instanceof Step.RowRules rules) {
      for (RowRule rule : rules.rules()) {
        rows.addAll(sources.deciding(expression(rule.predicate()), Relation.FILTER));
      }
    }
  }

  private void rename(Map<String, String> names) {
    Map<String, Set<ColumnSource>> before = new LinkedHashMap<>(columns);
    columns.clear();
    before.forEach((name, from) -> columns.put(names.getOrDefault(name, name), from));
  }

  private void computed(Iterable<String> names) {
    for (String name : names) {
      columns.computeIfPresent(
          name,
          (same, from) -> {
            Set<ColumnSource> made = new TreeSet<>();
            from.forEach(source -> made.add(source.then(Relation.TRANSFORMATION)));
            return made;
          });
    }
  }

  private void derive(String name, String sql) {
    columns.put(name, sources.of(expression(sql)));
  }

  private void deduplicate(Step.Deduplicate step) {
    for (String key : step.keys()) {
      columns.getOrDefault(key, Set.of()).forEach(source -> rows.add(source.as(Relation.GROUP_BY)));
    }
    for (String order : step.order()) {
      ordering(order)
          .forEach(expression -> rows.addAll(sources.deciding(expression, Relation.SORT)));
    }
  }

  private void protect(String name, Protection how) {
    if (how == Protection.DROP) {
      columns.remove(name);
    } else {
      columns.computeIfPresent(
          name,
          (same, from) -> {
            Set<ColumnSource> masked = new TreeSet<>();
            from.forEach(source -> masked.add(source.behindMask()));
            return masked;
          });
    }
  }

  private Expression expression(String sql) {
    try {
      return parser.parseExpression(sql);
    } catch (ParseException e) {
      throw new IllegalStateException("the steps were run, and their SQL cannot be read", e);
    }
  }

  private List<Expression> ordering(String sql) {
    try {
      return JavaConverters.seqAsJavaList(
          parser.parsePlan("SELECT 1 ORDER BY " + sql).expressions());
    } catch (ParseException e) {
      throw new IllegalStateException("the steps were run, and their SQL cannot be read", e);
    }
  }

  /** Columns are found as Spark finds them: in any case, and by the first part of a path. */
  private Set<ColumnSource> named(Attribute attribute) {
    String name =
        attribute instanceof UnresolvedAttribute unresolved
            ? unresolved.nameParts().apply(0)
            : attribute.name();
    return columns.entrySet().stream()
        .filter(
            column ->
                column.getKey().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElse(Set.of());
  }
}
