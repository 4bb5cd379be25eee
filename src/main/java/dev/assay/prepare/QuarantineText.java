package dev.assay.prepare;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import dev.assay.model.RowMark;
import dev.assay.model.Sql;
import dev.assay.model.job.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What the quarantine keeps of a row's text. Without protected columns, the record as it stood in
 * its file. With them, its columns as JSON with the protected ones hidden, and the record itself
 * only encrypted; a record that could not be split into columns leaves nothing but a hash in clear.
 */
final class QuarantineText {
  /** The record, encrypted, where a job protects columns and has a key to encrypt with. */
  static final String SEALED = RowMark.PREFIX + "sealed";

  private static final String HIDDEN = "***";

  private QuarantineText() {}

  /**
   * Puts it in the place of the rows' texts.
   *
   * @param secret the source columns that are protected
   * @param steps what was done to the rows
   */
  static Dataset<Row> of(
      Dataset<Row> rows,
      Set<String> secret,
      List<Step> steps,
      Protector protector,
      boolean hideFiles) {
    Column wanted = expr(Problems.ANY);
    Column text = col(RowMark.TEXT);
    Column kept = secret.isEmpty() ? text : hidden(rows, secret, steps);
    Column sealed =
        secret.isEmpty() || !protector.canEncrypt()
            ? lit(null).cast("string")
            : udf((UDF1<String, String>) protector::encrypt, DataTypes.StringType).apply(text);
    Column file =
        hideFiles
            ? udf((UDF1<String, String>) protector::encrypt, DataTypes.StringType)
                .apply(col(RowMark.FILE))
            : col(RowMark.FILE);
    return rows.withColumn(SEALED, when(wanted, sealed))
        .withColumn(RowMark.FILE, when(wanted, file))
        .withColumn(RowMark.TEXT, when(wanted, kept))
        .drop(Preparation.SOURCE);
  }

  private static Column hidden(Dataset<Row> rows, Set<String> secret, List<Step> steps) {
    StructType source = (StructType) rows.schema().apply(Preparation.SOURCE).dataType();
    MadeColumns made = MadeColumns.of(Arrays.asList(source.fieldNames()), steps);
    Column[] columns =
        Arrays.stream(source.fieldNames())
            .map(
                name ->
                    ProtectedSources.holds(secret, name)
                        ? lit(HIDDEN).as(name)
                        : unlessWrong(name, made.of(name)).as(name))
            .toArray(Column[]::new);
    return when(col(RowMark.SPLIT), to_json(struct(columns), Map.of("ignoreNullFields", "false")))
        .otherwise(concat(lit("sha256:"), sha2(col(RowMark.TEXT).cast("binary"), 256)));
  }

  /**
   * A value that does not fit its column, or one that is made of it, may belong into a protected
   * one.
   */
  private static Column unlessWrong(String name, Set<String> made) {
    String source = Preparation.SOURCE + "." + Sql.column(name);
    String wrong = made.stream().map(Problems::about).collect(Collectors.joining(" OR "));
    return expr(
        "CASE WHEN %s THEN '%s' ELSE CAST(%s AS STRING) END".formatted(wrong, HIDDEN, source));
  }
}
