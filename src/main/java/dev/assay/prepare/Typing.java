package dev.assay.prepare;

import static org.apache.spark.sql.functions.col;

import dev.assay.model.Sql;
import dev.assay.model.job.ColumnSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/** Gives columns their declared types. What does not fit becomes a problem and a NULL. */
final class Typing {
  private Typing() {}

  /**
   * Gives columns their types.
   *
   * @param extraFields whether structs may have fields that are not declared
   */
  static Dataset<Row> cast(Dataset<Row> rows, List<ColumnSpec> columns, boolean extraFields) {
    Dataset<Row> texts = asTexts(rows, columns);
    TypedRows typed =
        new TypedRows(texts.schema(), columns, readers(rows.sparkSession(), columns, extraFields));
    return SparkRows.dataset(
        rows.sparkSession(), SparkRows.asMade(texts).mapPartitions(typed), typed.schema());
  }

  /** By column, what reads it; NULL for a text. */
  private static List<@Nullable ColumnReader> readers(
      SparkSession spark, List<ColumnSpec> columns, boolean extraFields) {
    // all at once, for Spark plans them together
    Iterator<ScalarReader> scalars =
        ScalarReader.of(
                spark,
                columns.stream()
                    .filter(column -> !isText(column) && !NestedReader.reads(column))
                    .toList())
            .iterator();
    List<@Nullable ColumnReader> readers = new ArrayList<>();
    for (ColumnSpec column : columns) {
      if (isText(column)) {
        readers.add(null);
      } else {
        readers.add(
            NestedReader.reads(column)
                ? NestedReader.of(spark, column, extraFields)
                : scalars.next());
      }
    }
    return readers;
  }

  private static boolean isText(ColumnSpec column) {
    return column.type().equals("string");
  }

  private static Dataset<Row> asTexts(Dataset<Row> rows, List<ColumnSpec> columns) {
    List<String> already = textsOf(rows);
    Map<String, Column> texts = new LinkedHashMap<>();
    for (ColumnSpec column : columns) {
      if (!already.contains(column.name())) {
        texts.put(column.name(), col(Sql.column(column.name())).cast("string"));
      }
    }
    return texts.isEmpty() ? rows : withColumns(rows, texts);
  }

  private static List<String> textsOf(Dataset<Row> rows) {
    return Arrays.stream(rows.schema().fields())
        .filter(field -> field.dataType().equals(DataTypes.StringType))
        .map(StructField::name)
        .toList();
  }

  /** One projection for all columns, so that each sees the others as they were. */
  static Dataset<Row> withColumns(Dataset<Row> rows, Map<String, Column> columns) {
    Map<String, Column> rest = new LinkedHashMap<>(columns);
    List<Column> selected = new ArrayList<>();
    for (String name : rows.columns()) {
      Column replacement = rest.remove(name);
      selected.add(replacement == null ? col(Sql.column(name)) : replacement.as(name));
    }
    rest.forEach((name, column) -> selected.add(column.as(name)));
    return rows.select(selected.toArray(Column[]::new));
  }
}
