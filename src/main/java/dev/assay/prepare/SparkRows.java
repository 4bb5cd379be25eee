package dev.assay.prepare;

import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.sql.types.StructType;

/** Rows in the form in which Spark works on them, without converting each to objects and back. */
final class SparkRows {
  private SparkRows() {}

  /** The rows; each is valid until the next is asked for. */
  static JavaRDD<InternalRow> of(Dataset<Row> rows) {
    // adaptive plans run their shuffles when they are asked for their rows
    return withSettings(rows.sparkSession(), () -> rows.queryExecution().toRdd().toJavaRDD());
  }

  /** The same, but rows that were made one by one are taken as they are, without being copied. */
  static JavaRDD<InternalRow> asMade(Dataset<Row> rows) {
    return rows.queryExecution().analyzed() instanceof LogicalRDD made
        ? made.rdd().toJavaRDD()
        : of(rows);
  }

  static Dataset<Row> dataset(SparkSession spark, JavaRDD<InternalRow> rows, StructType schema) {
    return spark.internalCreateDataFrame(rows.rdd(), schema, false);
  }

  /** No rows, of a schema: what expressions over such rows are read and planned against. */
  static Dataset<Row> none(SparkSession spark, StructType schema) {
    JavaRDD<InternalRow> none = JavaSparkContext.fromSparkContext(spark.sparkContext()).emptyRDD();
    return dataset(spark, none, schema);
  }

  /**
   * Does something on plain RDDs with the session's settings, which tasks otherwise do not see: how
   * a date is read is one of them.
   */
  static <T> T withSettings(SparkSession spark, Supplier<T> work) {
    return SQLExecution.withSQLConfPropagated(spark, work::get);
  }
}
