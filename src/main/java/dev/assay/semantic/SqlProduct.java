package dev.assay.semantic;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The statement of a build job over its inputs. */
public final class SqlProduct {
  private SqlProduct() {}

  /**
   * Analyses the statement; nothing is read until the result is used.
   *
   * @param inputs by the alias under which the statement names them
   * @param place where the statement stands, for messages
   * @throws AssayException if Spark cannot read the statement
   */
  public static Dataset<Row> build(
      SparkSession spark, String sql, Map<String, Dataset<Row>> inputs, String place) {
    // a copy of the session, so that aliases of jobs do not meet
    SparkSession session = spark.cloneSession();
    inputs.forEach(
        (alias, rows) ->
            Dataset.ofRows(session, rows.logicalPlan()).createOrReplaceTempView(alias));
    try {
      return session.sql(sql);
    } catch (Exception e) {
      // Scala throws Spark's checked AnalysisException without declaring it
      String message = e.getMessage() == null ? "" : e.getMessage().strip().split("\\R", 2)[0];
      throw new AssayException(
          ExitKind.WRONG_FILES, "%s: Spark cannot read the sql: %s".formatted(place, message), e);
    }
  }
}
