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
    // read once, under another name, because its problems and the column itself both ask for it
    Map<String, Column> readings = new LinkedHashMap<>();
    Problems problems = new Problems();
    Map<String, Column> typed = new LinkedHashMap<>();
    for (ColumnSpec column : columns) {
      String name = Sql.column(column.name());
      if (column.type().equals("string")) {
        missing(problems, column, name, "false");
        typed.put(column.name(), expr("CAST(%s AS STRING)".formatted(name)));
        continue;
      }
      String reading = RowMark.PREFIX + "read_" + readings.size();
      readings.put(reading, expr(new CastExpression(column).sql()));
      String wrong = "%s IS NOT NULL AND %s IS NULL".formatted(name, reading);
      problems.add(ProblemKind.NOT_CASTABLE, column.name(), "is not " + described(column), wrong);
      missing(problems, column, name, wrong);
      typed.put(column.name(), col(reading));
    }
    typed.put(RowMark.PROBLEMS, problems.sum());
    return withColumns(withColumns(rows, readings), typed)
        .drop(readings.keySet().toArray(String[]::new));
  }

  private static void missing(Problems problems, ColumnSpec column, String name, String wrong) {
    if (!column.nullable()) {
      problems.add(
          ProblemKind.MISSING_VALUE,
          column.name(),
          "has no value",
          "%s AND %s IS NULL AND NOT (%s) AND NOT exists(%s, p -> p.column <=> %s)"
              .formatted(RowMark.SPLIT, name, wrong, RowMark.PROBLEMS, Sql.text(column.name())));
    }
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
