package dev.assay.lake.files;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_json;

import dev.assay.model.RowMark;
import dev.assay.model.SourceFile;
import dev.assay.model.Sql;
import dev.assay.model.job.ColumnSpec;
import dev.assay.model.job.Input;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of Avro and Parquet files, whose columns are looked at file by file before any row is read
 * ({@link TypedColumns}). Declared columns come as text, as those of text formats do, so that every
 * value is read as its declared type exactly or goes to the quarantine.
 */
final class TypedFiles {
  /** Spark would leave out what is below a millisecond. */
  private static final Map<String, String> EXACTLY =
      Map.of(
          "timestampFormat",
          "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX",
          "timestampNTZFormat",
          "yyyy-MM-dd'T'HH:mm:ss.SSSSSS");

  private final SparkSession spark;
  private final Input.Files input;

  TypedFiles(SparkSession spark, Input.Files input) {
    this.spark = spark;
    this.input = input;
  }

  /**
   * The rows, lazily.
   *
   * @throws dev.assay.lake.UnreadableInputException if a file is damaged or its columns do not fit
   */
  Dataset<Row> read(List<SourceFile> files) {
    Configuration configuration = spark.sessionState().newHadoopConf();
    Map<SourceFile, StructType> columns = FileColumns.of(files, input.format(), configuration);
    TypedColumns compared = new TypedColumns(input);
    if (input.columns().isEmpty()) {
      return rows(compared.ofMost(columns), files);
    }
    List<Dataset<Row>> parts = new ArrayList<>();
    compared
        .groups(columns)
        .forEach((carried, group) -> parts.add(asTexts(rows(carried, group), carried)));
    return parts.stream().reduce(Dataset::union).orElseThrow();
  }

  private Dataset<Row> rows(StructType columns, List<SourceFile> files) {
    String[] paths = files.stream().map(SourceFiles::literal).toArray(String[]::new);
    Dataset<Row> rows =
        spark
            .read()
            .schema(columns)
            .format(input.format().name().toLowerCase(Locale.ROOT))
            .load(paths);
    return input.format() == Input.Format.AVRO
        ? numbered(rows)
        : FileRows.marked(rows, col("_metadata.file_path"), col("_metadata.row_index"));
  }

  private static Dataset<Row> numbered(Dataset<Row> rows) {
    List<Column> all =
        new ArrayList<>(Arrays.stream(rows.columns()).map(name -> col(Sql.column(name))).toList());
    all.add(col("_metadata.file_path").as(RowMark.FILE));
    all.add(col("_metadata.file_block_start").as(RowMark.OFFSET));
    return FileRows.marked(
        AvroOrdinals.in(rows.select(all.toArray(Column[]::new))),
        Arrays.asList(rows.columns()),
        col(RowMark.FILE),
        col(RowMark.OFFSET));
  }

  /** All declared columns, those that the files do not carry as NULL, and the marks. */
  private Dataset<Row> asTexts(Dataset<Row> rows, StructType carried) {
    List<Column> columns = new ArrayList<>();
    List<String> names = Arrays.asList(carried.fieldNames());
    for (ColumnSpec column : input.columns()) {
      Column text =
          names.contains(column.name())
              ? text(column.name(), carried.apply(column.name()).dataType())
              : lit(null).cast("string");
      columns.add(text.as(column.name()));
    }
    RowMark.ALL.forEach(mark -> columns.add(col(mark)));
    return rows.select(columns.toArray(Column[]::new));
  }

  private static Column text(String column, DataType type) {
    Column value = col(Sql.column(column));
    return TypedColumns.isNested(type) ? to_json(value, EXACTLY) : value.cast("string");
  }
}
