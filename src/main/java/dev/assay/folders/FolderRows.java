package dev.assay.folders;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import dev.assay.lake.files.FileRows;
import dev.assay.lake.files.SourceFiles;
import dev.assay.model.RowMark;
import dev.assay.model.SourceFile;
import dev.assay.model.Sql;
import dev.assay.model.job.Input;
import dev.assay.prepare.Preparation;
import dev.assay.rules.evidence.SlicedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Reads the files of a folder. */
final class FolderRows {
  private static final long ONE_FILE_PER_TASK = 1L << 40;

  private final SparkSession passes;
  private final Input.Files input;
  private final StructType columns;

  /**
   * @param columns what the files hold, with their types
   */
  FolderRows(SparkSession spark, Input.Files input, StructType columns) {
    this.passes = passes(spark);
    this.input = input;
    this.columns = columns;
  }

  /** Plans that stay as they are, and tasks that read one file each, or a part of one. */
  private static SparkSession passes(SparkSession spark) {
    SparkSession passes = spark.cloneSession();
    passes.conf().set("spark.sql.adaptive.enabled", "false");
    passes.conf().set("spark.sql.files.openCostInBytes", ONE_FILE_PER_TASK);
    return passes;
  }

  private boolean text() {
    return input.format() == Input.Format.CSV || input.format() == Input.Format.JSON;
  }

  /** No rows, but their columns. */
  Dataset<Row> none() {
    StructType schema = columns;
    if (text()) {
      schema = schema.add(FolderTable.UNFIT, DataTypes.BooleanType);
    }
    return passes.createDataFrame(List.of(), schema);
  }

  /** The rows of files, each with the path of its file. */
  Dataset<Row> of(List<SourceFile> files) {
    return text() ? texts(files) : typed(files);
  }

  private Dataset<Row> texts(List<SourceFile> files) {
    Dataset<Row> rows =
        Preparation.typed(
            FileRows.read(passes, input, files), input.columns(), input.allowsExtraFields());
    Column unfit = expr("size(%s) > 0".formatted(RowMark.PROBLEMS)).as(FolderTable.UNFIT);
    return rows.select(with(unfit, col(RowMark.FILE).as(SlicedTable.SLICE_COLUMN)));
  }

  private Dataset<Row> typed(List<SourceFile> files) {
    String format = input.format().name().toLowerCase(Locale.ROOT);
    return passes
        .read()
        .schema(columns)
        .format(format)
        .load(files.stream().map(SourceFiles::literal).toArray(String[]::new))
        .select(with(col("_metadata.file_path").as(SlicedTable.SLICE_COLUMN)));
  }

  /** How Spark names a file in the metadata of rows that carry their types. */
  static String locationOf(SourceFile file) {
    return new Path(file.path()).toUri().toString();
  }

  private Column[] with(Column... more) {
    List<Column> all = new ArrayList<>();
    for (StructField field : columns.fields()) {
      all.add(col(Sql.column(field.name())));
    }
    all.addAll(List.of(more));
    return all.toArray(Column[]::new);
  }
}
