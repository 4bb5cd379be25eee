package dev.assay.bench;

import dev.assay.lake.files.FileRows;
import dev.assay.lake.files.SourceFiles;
import dev.assay.model.RowRule;
import dev.assay.model.SourceFile;
import dev.assay.model.job.ColumnSpec;
import dev.assay.model.job.Input;
import dev.assay.model.job.Step;
import dev.assay.prepare.Preparation;
import dev.assay.prepare.PreparedRows;
import dev.assay.prepare.Protector;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What it costs to tell sound rows from quarantined ones: a CSV file in which one row in a hundred
 * is wrong, read, typed, checked by two row rules, counted and written to Parquet in several ways.
 * The peer is Spark's own reader and one plain write, which checks nothing and loses what it cannot
 * read.
 */
public final class SplitBench {
  private static final int ROUNDS = 3;

  private final SparkSession spark;
  private final Path folder;
  private final long rows;

  public SplitBench(SparkSession spark, Path folder, long rows) {
    this.spark = spark;
    this.folder = folder;
    this.rows = rows;
  }

  /** Seconds by way, the median of three rounds in turn after one that does not count. */
  public Map<String, Double> run() {
    Path raw = folder.resolve("split-" + rows + ".csv");
    generate(raw);
    Map<String, Runnable> ways = new LinkedHashMap<>();
    ways.put("plain Spark read and write", () -> plain(raw));
    ways.put("marked rows, kept, written twice (the line)", () -> split(raw, true));
    ways.put("marked rows, read again for each use", () -> split(raw, false));
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    for (int round = 0; round <= ROUNDS; round++) {
      for (Map.Entry<String, Runnable> way : ways.entrySet()) {
        long start = System.nanoTime();
        way.getValue().run();
        if (round > 0) {
          seconds
              .computeIfAbsent(way.getKey(), key -> new ArrayList<>())
              .add((System.nanoTime() - start) / 1e9);
        }
      }
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    seconds.forEach((way, values) -> medians.put(way, median(values)));
    return medians;
  }

  private void plain(Path raw) {
    write(
        spark
            .read()
            .option("header", "true")
            .schema("id BIGINT, name STRING, amount DECIMAL(12,2), at TIMESTAMP, kind STRING")
            .csv(raw.toString()),
        "plain");
  }

  private void split(Path raw, boolean keep) {
    Input.Files input =
        new Input.Files(
            List.of(raw.toString()),
            Input.Format.CSV,
            Input.CsvOptions.DEFAULT,
            columns(),
            Input.ExtraFields.QUARANTINE,
            Input.OnMissing.FAIL,
            Input.OnCorruptFile.FAIL,
            Input.Files.Read.ALL);
    List<SourceFile> files = SourceFiles.find(input.paths(), spark.sessionState().newHadoopConf());
    List<Step> steps =
        List.of(
            new Step.RowRules(
                List.of(
                    new RowRule("positive", "amount > 0"),
                    new RowRule("kind", "kind IN ('a', 'b', 'c')"))));
    try (PreparedRows prepared =
        new Preparation(columns(), steps, Protector.none(), false)
            .apply(FileRows.read(spark, input, files))) {
      if (!keep) {
        prepared.close();
      }
      prepared.count();
      write(prepared.sound(), "sound");
      write(prepared.quarantined(), "quarantined");
    }
  }

  private void write(Dataset<Row> data, String name) {
    data.write().mode("overwrite").parquet(folder.resolve(name).toString());
  }

  private static List<ColumnSpec> columns() {
    return List.of(
        column("id", "bigint"),
        column("name", "string"),
        column("amount", "decimal(12,2)"),
        column("at", "timestamp"),
        column("kind", "string"));
  }

  private static ColumnSpec column(String name, String type) {
    return new ColumnSpec(name, type, Optional.empty(), true);
  }

  private void generate(Path raw) {
    SplittableRandom random = new SplittableRandom(1);
    try {
      Files.createDirectories(folder);
      try (BufferedWriter out = Files.newBufferedWriter(raw)) {
        out.write("id,name,amount,at,kind\n");
        for (long row = 0; row < rows; row++) {
          boolean wrong = row % 100 == 0;
          out.write(
              "%d,name %d,%s%d.%02d,2026-11-%02dT10:%02d:00Z,%s%n"
                  .formatted(
                      row,
                      random.nextInt(1_000_000),
                      wrong ? "-" : "",
                      1 + random.nextInt(99_999),
                      random.nextInt(100),
                      1 + random.nextInt(28),
                      random.nextInt(60),
                      List.of("a", "b", "c").get(random.nextInt(3))));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + raw, e);
    }
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
