package dev.assay.prepare;

import dev.assay.model.RowMark;
import dev.assay.model.RowMark.ProblemKind;
import dev.assay.model.Sql;

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
}
