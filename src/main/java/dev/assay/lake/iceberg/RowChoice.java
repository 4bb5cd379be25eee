package dev.assay.lake.iceberg;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Says which rows of a table are to go. Each row is either chosen or among the others. */
public interface RowChoice {
  /** The rows that are to go. */
  Dataset<Row> chosen(Dataset<Row> rows);

  /** The rows that stay, with the columns that they came with. */
  Dataset<Row> others(Dataset<Row> rows);

  /** The rows that meet a condition; where it is NULL a row stays. */
  static RowChoice where(Column condition) {
    Column certain = coalesce(condition, lit(false));
    return new RowChoice() {
      @Override
      public Dataset<Row> chosen(Dataset<Row> rows) {
        return rows.where(certain);
      }

      @Override
      public Dataset<Row> others(Dataset<Row> rows) {
        return rows.where(not(certain));
      }
    };
  }
}
