package dev.assay.rules.testing;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Sql;
import dev.assay.model.ruletest.RulesetTest;
import dev.assay.model.ruletest.TestRows;
import dev.assay.model.ruletest.TestRows.Cell;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows that are written in a test, as a dataset. */
final class MadeRows {
  private final SparkSession spark;
  private final RulesetTest test;

  MadeRows(SparkSession spark, RulesetTest test) {
    this.spark = spark;
    this.test = test;
  }

  Dataset<Row> dataset(TestRows rows) {
    StructType texts = new StructType();
    for (String column : rows.columns().keySet()) {
      texts = texts.add(column, DataTypes.StringType);
    }
    List<Row> written =
        rows.rows().stream()
            .map(row -> RowFactory.create(row.stream().map(cell -> text(cell)).toArray()))
            .toList();
    Dataset<Row> typed =
        spark.createDataFrame(written, texts).selectExpr(expressions(rows.columns()));
    List<Row> values = typed.collectAsList();
    check(rows, values);
    return spark
        .createDataFrame(values, typed.schema())
        .selectExpr(MadeStructs.expressions(rows.columns().keySet()));
  }

  @SuppressWarnings("NullAway") // a row's NULL is null
  private static Object text(Cell cell) {
    return cell.text().orElse(null);
  }

  private static String[] expressions(Map<String, String> columns) {
    return columns.entrySet().stream()
        .map(
            column ->
                "try_cast(%s AS %s) AS %s"
                    .formatted(
                        Sql.column(column.getKey()),
                        column.getValue(),
                        Sql.column(column.getKey())))
        .toArray(String[]::new);
  }

  private void check(TestRows rows, List<Row> values) {
    List<String> columns = List.copyOf(rows.columns().keySet());
    for (int row = 0; row < values.size(); row++) {
      for (int column = 0; column < columns.size(); column++) {
        Cell cell = rows.rows().get(row).get(column);
        if (cell.text().isPresent() && values.get(row).isNullAt(column)) {
          throw new AssayException(
              ExitKind.WRONG_FILES,
              "%s:%d:%d: '%s' is no %s, which column '%s' holds. Correct the value or the type."
                  .formatted(
                      test.file(),
                      cell.position().line(),
                      cell.position().column(),
                      cell.text().get(),
                      rows.columns().get(columns.get(column)),
                      columns.get(column)));
        }
      }
    }
  }
}
