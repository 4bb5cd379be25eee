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
   * @throws dev.assay.lake.UnreadableInputException if a header is missing or is not as declared
   */
  public static Dataset<Row> read(SparkSession spark, Input.Files input, List<SourceFile> files) {
    return switch (input.format()) {
      case CSV -> csv(spark, input, files);
      case JSON -> json(spark, input, files);
      case AVRO, PARQUET -> typed(spark, input, files);
    };
  }

  private static Dataset<Row> csv(SparkSession spark, Input.Files input, List<SourceFile> files) {
    Input.CsvOptions csv = input.csv();
    CsvRecords format = csvRecords(input, Map.of());
    if (csv.header()) {
      Configuration configuration = spark.sessionState().newHadoopConf();
      boolean allowExtra = input.extraFields() == Input.ExtraFields.IGNORE;
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

  private static Dataset<Row> typed(SparkSession spark, Input.Files input, List<SourceFile> files) {
    String format = input.format().name().toLowerCase(Locale.ROOT);
    for (SourceFile file : files) {
      // Spark would pass over it in silence
      if (file.size() == 0) {
        throw new UnreadableInputException(
            file.path(), "the file is empty", "Expected a file in format %s.".formatted(format));
      }
    }
    if (input.format() == Input.Format.AVRO) {
      Configuration configuration = spark.sessionState().newHadoopConf();
      files.parallelStream().forEach(file -> AvroEnd.check(file, configuration));
    }
    Dataset<Row> rows =
        spark
            .read()
            .format(format)
            .load(files.stream().map(SourceFile::path).toArray(String[]::new));
    boolean numbered = input.format() == Input.Format.PARQUET;
    return marked(
        rows,
        col("_metadata.file_path"),
        numbered ? col("_metadata.row_index") : lit(null).cast("bigint"));
  }

  /** Rows that carry their own types, with marks; their text is JSON. */
  public static Dataset<Row> marked(Dataset<Row> rows, Column file, Column position) {
    Column[] own =
        Arrays.stream(rows.columns()).map(name -> col(Sql.column(name))).toArray(Column[]::new);
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
