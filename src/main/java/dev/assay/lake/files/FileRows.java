package dev.assay.lake.files;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import dev.assay.lake.UnreadableInputException;
import dev.assay.model.RowMark;
import dev.assay.model.SourceFile;
import dev.assay.model.Sql;
import dev.assay.model.job.ColumnSpec;
import dev.assay.model.job.Input;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;

/** Raw files as rows with marks ({@link RowMark}). Text formats give every column as a string. */
public final class FileRows {
  private FileRows() {}

  /**
   * Reads the files lazily, once.
   *
   * @param files the files to read; not empty
   * @throws UnreadableInputException if a file is empty, its header is missing, or its columns are
   *     not as declared or not those of the others
   */
  public static Dataset<Row> read(SparkSession spark, Input.Files input, List<SourceFile> files) {
    files.forEach(file -> refuseEmpty(file, input));
    return switch (input.format()) {
      case CSV -> csv(spark, input, files);
      case JSON -> json(spark, input, files);
      case AVRO, PARQUET -> new TypedFiles(spark, input).read(files);
    };
  }

  /** An export that broke off before its first byte would be read as one without rows. */
  private static void refuseEmpty(SourceFile file, Input.Files input) {
    if (file.size() == 0) {
      boolean header = input.format() == Input.Format.CSV && input.csv().header();
      throw new UnreadableInputException(
          file.path(),
          "the file is empty",
          header
              ? "Expected at least a header line."
              : "Expected a file in format %s."
                  .formatted(input.format().name().toLowerCase(Locale.ROOT)));
    }
  }

  private static Dataset<Row> csv(SparkSession spark, Input.Files input, List<SourceFile> files) {
    Input.CsvOptions csv = input.csv();
    CsvRecords format = csvRecords(input, Map.of());
    if (csv.header()) {
      Configuration configuration = spark.sessionState().newHadoopConf();
      boolean allowExtra = input.allowsExtraFields();
      format = csvRecords(input, CsvHeaders.read(files, format, configuration, allowExtra));
    }
    return rows(spark, input, LineFiles.read(spark, files, format, csv.header(), csv.multiLine()));
  }

  static CsvRecords csvRecords(Input.Files input, Map<String, List<String>> headers) {
    Input.CsvOptions csv = input.csv();
    return new CsvRecords(
        names(input),
        headers,
        csv.delimiter(),
        csv.quote().orElse(null),
        csv.escape().orElse(null),
        csv.encoding(),
        csv.nullText());
  }

  private static Dataset<Row> json(SparkSession spark, Input.Files input, List<SourceFile> files) {
    return rows(spark, input, LineFiles.read(spark, files, jsonRecords(input), false, false));
  }

  /** Spark's own rows, which need no conversion. */
  private static Dataset<Row> rows(
      SparkSession spark, Input.Files input, JavaRDD<InternalRow> records) {
    return spark.internalCreateDataFrame(records.rdd(), RecordSchema.of(names(input)), false);
  }

  static JsonRecords jsonRecords(Input.Files input) {
    return new JsonRecords(
        names(input),
        input.columns().stream()
            .filter(column -> !column.nullable())
            .map(ColumnSpec::name)
            .collect(Collectors.toSet()),
        input.extraFields() == Input.ExtraFields.QUARANTINE);
  }

  /**
   * Rows that carry their own types, with marks; their text is JSON.
   *
   * @param position the number of the record in its file; NULL where there is none, as for tables
   */
  public static Dataset<Row> marked(Dataset<Row> rows, Column file, Column position) {
    return marked(rows, Arrays.asList(rows.columns()), file, position);
  }

  static Dataset<Row> marked(
      Dataset<Row> rows, List<String> columns, Column file, Column position) {
    Column[] own = columns.stream().map(name -> col(Sql.column(name))).toArray(Column[]::new);
    return rows.select(
        java.util.stream.Stream.concat(
                Arrays.stream(own),
                java.util.stream.Stream.of(
                    file.as(RowMark.FILE),
                    position.as(RowMark.OFFSET),
                    lit(null).cast("int").as(RowMark.LENGTH),
                    to_json(struct(own)).as(RowMark.TEXT),
                    lit(true).as(RowMark.SPLIT),
                    expr("CAST(array() AS %s)".formatted(RowMark.PROBLEMS_TYPE))
                        .as(RowMark.PROBLEMS),
                    lit(null).cast("string").as(RowMark.FATE)))
            .toArray(Column[]::new));
  }

  private static List<String> names(Input.Files input) {
    return input.columns().stream().map(ColumnSpec::name).toList();
  }
}
