package dev.assay.cli;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** SQL that somebody typed. */
final class SqlText {
  private SqlText() {}

  static Dataset<Row> run(SparkSession spark, String sql) {
    try {
      return spark.sql(sql);
    } catch (Exception e) {
      // Scala throws Spark's checked AnalysisException without declaring it
      String message = String.valueOf(e.getMessage()).strip().split("\\R", 2)[0];
      throw new AssayException(ExitKind.USAGE, "Spark cannot read the SQL: " + message, e);
    }
  }
}
