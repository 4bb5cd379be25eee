package dev.assay.prepare;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;

import dev.assay.model.RowMark;
import dev.assay.model.RowMark.ProblemKind;
import dev.assay.model.Sql;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Collects what a step finds wrong, and adds it to the rows' marks in one go. */
final class Problems {
  /** Rows whose values could be read, whatever rules they break. */
  static final String READABLE =
      "(%s IS NULL AND NOT exists(%s, p -> p.kind <> '%s'))"
          .formatted(RowMark.FATE, RowMark.PROBLEMS, ProblemKind.ROW_RULE);

  /** Rows with nothing against them so far. */
  static final String SOUND =
      "(%s IS NULL AND size(%s) = 0)".formatted(RowMark.FATE, RowMark.PROBLEMS);

  private final List<Column> found = new ArrayList<>();

  /** A problem for the rows that still go on and meet the condition, which must not be NULL. */
  void add(ProblemKind kind, @Nullable String column, String detail, String condition) {
    String name = column == null ? "CAST(NULL AS STRING)" : Sql.text(column);
    found.add(
        expr(
            "CASE WHEN _assay_fate IS NULL AND %s THEN array(named_struct('kind', '%s', 'column', %s, 'detail', %s)) ELSE CAST(array() AS %s) END"
                .formatted(condition, kind, name, Sql.text(detail), RowMark.PROBLEMS_TYPE)));
  }

  Dataset<Row> addTo(Dataset<Row> rows) {
    if (found.isEmpty()) {
      return rows;
    }
    return rows.withColumn(RowMark.PROBLEMS, sum());
  }

  /** The rows' problems and those found, as one column. */
  Column sum() {
    List<Column> parts = new ArrayList<>();
    parts.add(org.apache.spark.sql.functions.col(RowMark.PROBLEMS));
    parts.addAll(found);
    return concat(parts.toArray(Column[]::new)).cast(RowMark.PROBLEMS_TYPE);
  }
}
