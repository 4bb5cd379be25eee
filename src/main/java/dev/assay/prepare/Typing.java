package dev.assay.prepare;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import dev.assay.model.RowMark;
import dev.assay.model.RowMark.ProblemKind;
import dev.assay.model.Sql;
import dev.assay.model.job.ColumnSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Gives columns their declared types. What does not fit becomes a problem and a NULL. */
final class Typing {
  private Typing() {}

  static Dataset<Row> cast(Dataset<Row> rows, List<ColumnSpec> columns) {
    Problems problems = new Problems();
    Map<String, Column> typed = new LinkedHashMap<>();
    for (ColumnSpec column : columns) {
      String name = Sql.column(column.name());
      String value = new CastExpression(column).sql();
      problems.add(
          ProblemKind.NOT_CASTABLE,
          column.name(),
          "is not " + described(column),
          "%s IS NOT NULL AND (%s) IS NULL".formatted(name, value));
      if (!column.nullable()) {
        problems.add(
            ProblemKind.MISSING_VALUE,
            column.name(),
            "has no value",
            "%s AND %s IS NULL AND NOT exists(%s, p -> p.column <=> %s)"
                .formatted(RowMark.SPLIT, name, RowMark.PROBLEMS, Sql.text(column.name())));
      }
      typed.put(column.name(), expr(value));
    }
    typed.put(RowMark.PROBLEMS, problems.sum());
    return withColumns(rows, typed);
  }

  /** One projection for all columns, so that each sees the others as they were. */
  static Dataset<Row> withColumns(Dataset<Row> rows, Map<String, Column> columns) {
    Map<String, Column> rest = new LinkedHashMap<>(columns);
    List<Column> selected = new java.util.ArrayList<>();
    for (String name : rows.columns()) {
      Column replacement = rest.remove(name);
      selected.add(replacement == null ? col(Sql.column(name)) : replacement.as(name));
    }
    rest.forEach((name, column) -> selected.add(column.as(name)));
    return rows.select(selected.toArray(Column[]::new));
  }

  private static String described(ColumnSpec column) {
    String article = column.type().startsWith("int") ? "an " : "a ";
    return article
        + column.type()
        + column.format().map(format -> " written as " + format).orElse("");
  }
}
