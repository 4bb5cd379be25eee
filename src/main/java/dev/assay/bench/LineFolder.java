package dev.assay.bench;

import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.model.Fingerprint;
import dev.assay.model.TableName;
import dev.assay.model.job.GatePolicy;
import dev.assay.model.job.Input;
import dev.assay.model.job.Job;
import dev.assay.model.job.JobKind;
import dev.assay.model.job.Output;
import dev.assay.model.job.Publish;
import dev.assay.model.job.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A raw input on disk, the job that reads it, and the table that a plain write goes to. */
final class LineFolder {
  private static final int FILES = 4;

  private final SparkSession spark;
  private final Path folder;
  private final LineInput input;
  private final long rows;
  private final String name;

  LineFolder(SparkSession spark, Path folder, LineInput input, long rows) {
    this.spark = spark;
    this.input = input;
    this.rows = rows;
    this.name = "line_" + input.columns().size();
    this.folder = folder.resolve(name).toAbsolutePath();
  }

  /** Writes the raw files and the ruleset. */
  void make() {
    Dataset<Long> ids = spark.range(0, rows, 1, FILES);
    Dataset<Row> source = input == LineInput.WIDE ? OrderLines.DENSE.rows(ids, FILES) : ids.toDF();
    source
        .selectExpr(input.texts().toArray(String[]::new))
        .write()
        .mode("overwrite")
        .option("header", "true")
        .csv(raw());
    try {
      Files.writeString(rules(), Resource.text(input.rules()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + rules(), e);
    }
  }

  String raw() {
    return folder.resolve("raw").toString();
  }

  private Path rules() {
    return folder.resolve("rules.dqdl");
  }

  /** The columns as Spark's own reader is told. */
  String schema() {
    return input.columns().stream()
        .map(column -> column.name() + " " + column.type())
        .collect(Collectors.joining(", "));
  }

  String plainTable(LakeCatalog catalog) {
    return catalog.sparkName(new TableName("bench", name + "_plain"));
  }

  /** Made with what a job's table is made with. */
  void makePlainTable(LakeCatalog catalog) {
    catalog.ensureNamespace(new TableName("bench", name));
    spark.sql("DROP TABLE IF EXISTS %s PURGE".formatted(plainTable(catalog)));
    spark.sql(
        "CREATE TABLE %s (%s) USING iceberg TBLPROPERTIES ('format-version' = '2')"
            .formatted(plainTable(catalog), schema()));
  }

  Job job() {
    Input.Files files =
        new Input.Files(
            List.of(raw() + "/*.csv"),
            Input.Format.CSV,
            Input.CsvOptions.DEFAULT,
            input.columns(),
            Input.ExtraFields.QUARANTINE,
            Input.OnMissing.FAIL,
            Input.OnCorruptFile.FAIL,
            Input.Files.Read.ALL);
    Output output =
        new Output(
            new TableName("bench", name),
            Output.Mode.REPLACE,
            List.of(),
            Optional.empty(),
            List.of(),
            List.of(),
            Map.of(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Output.Drift.FAIL);
    Fingerprint fingerprint = Fingerprint.of(name, input.toString());
    return new Job(
        "bench",
        "",
        JobKind.PREPARE,
        name,
        "",
        folder.resolve("job.yaml"),
        Map.of("raw", files),
        Map.of(),
        List.of(new Step.RowRules(input.rowRules())),
        Optional.empty(),
        Optional.empty(),
        output,
        Optional.of(rules()),
        GatePolicy.DEFAULT,
        Publish.NOTHING,
        false,
        fingerprint,
        fingerprint);
  }
}
