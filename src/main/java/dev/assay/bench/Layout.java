package dev.assay.bench;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How the rows of a measured table come from ids, so that anybody can make the same ones. */
interface Layout {
  /**
   * The rows.
   *
   * @param ids one column {@code id}
   * @param files how many files they are to lie in
   */
  Dataset<Row> rows(Dataset<Long> ids, int files);

  /** The same with one column changed. */
  default Layout with(String column, String sql) {
    return (ids, files) ->
        rows(ids, files).withColumn(column, org.apache.spark.sql.functions.expr(sql));
  }
}
