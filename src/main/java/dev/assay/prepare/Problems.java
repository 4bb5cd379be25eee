package dev.assay.prepare;

import static org.apache.spark.sql.functions.expr;

import dev.assay.model.RowMark;
import dev.assay.model.RowMark.ProblemKind;
import dev.assay.model.RowRule;
import dev.assay.model.Sql;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;

/**
 * Conditions on what is wrong with a row. Without functions over arrays' elements, for which Spark
 * generates no code, and cheap for rows with nothing against them, which nearly all are.
 */
final class Problems {
  /** Rows with a problem, which end in the quarantine. */
  static final String ANY = "size(%s) > 0".formatted(RowMark.PROBLEMS);

  /** Rows whose values could be read, whatever rules they break. */
  static final String READABLE =
      "(%s IS NULL AND (size(%s) = 0 OR size(array_remove(%s.kind, '%s')) = 0))"
          .formatted(RowMark.FATE, RowMark.PROBLEMS, RowMark.PROBLEMS, ProblemKind.ROW_RULE);

  /** Rows with nothing against them so far. */
  static final String SOUND =
      "(%s IS NULL AND size(%s) = 0)".formatted(RowMark.FATE, RowMark.PROBLEMS);

  private Problems() {}

  /** Whether a problem is about a column. */
  static String about(String column) {
    return "(%s AND coalesce(array_contains(%s.column, %s), false))"
        .formatted(ANY, RowMark.PROBLEMS, Sql.text(column));
  }

  /** The rows' problems and the rules that they break, as one column. */
  static Column withBroken(List<RowRule> rules) {
    String kept =
        rules.stream().map(rule -> holds(rule.predicate())).collect(Collectors.joining(" AND "));
    String broken = rules.stream().map(Problems::broken).collect(Collectors.joining(", "));
    return expr(
        "CASE WHEN %s AND NOT (%s) THEN CAST(concat(%s, %s) AS %s) ELSE %s END"
            .formatted(
                READABLE, kept, RowMark.PROBLEMS, broken, RowMark.PROBLEMS_TYPE, RowMark.PROBLEMS));
  }

  private static String broken(RowRule rule) {
    return "CASE WHEN %s THEN CAST(array() AS %s) ELSE array(named_struct('kind', '%s', 'column', CAST(NULL AS STRING), 'detail', %s)) END"
        .formatted(
            holds(rule.predicate()),
            RowMark.PROBLEMS_TYPE,
            ProblemKind.ROW_RULE,
            Sql.text(rule.id()));
  }

  private static String holds(String predicate) {
    return "coalesce(%s, false)".formatted(predicate);
  }
}
