package dev.assay.rules.evidence;

import dev.assay.cli.TestProject;
import dev.assay.model.TableName;
import dev.assay.rules.evaluate.Evaluation;
import dev.assay.rules.evaluate.RulesetEvaluator;
import dev.assay.rules.evidence.iceberg.IcebergEvidence;
import dev.assay.rules.evidence.iceberg.IcebergTable;
import dev.assay.rules.parse.RulesetParser;
import dev.assay.rules.plan.MetricHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A table that changes, and both ways to score it: by evidence, and by reading everything. */
final class LiveTable {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final TableName NAME = new TableName("prepared", "live");

  private final TestProject project;
  private final EvidenceStore store;

  private LiveTable(TestProject project) {
    this.project = project;
    this.store = new IcebergEvidence(project.catalog().iceberg(), Clock.systemUTC());
  }

  /** An empty one in a warehouse of its own. */
  static LiveTable create(String columns, String properties) {
    try {
      LiveTable table = new LiveTable(new TestProject(Files.createTempDirectory("assay-live")));
      table.sql("CREATE NAMESPACE IF NOT EXISTS " + table.catalogName() + ".prepared");
      table.sql("CREATE TABLE %s (%s) USING iceberg TBLPROPERTIES (%s)", columns, properties);
      return table;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SparkSession spark() {
    return project.spark();
  }

  String name() {
    return project.catalog().sparkName(NAME);
  }

  String catalogName() {
    return project.profile().catalog();
  }

  Table iceberg() {
    return project.catalog().find(NAME).orElseThrow();
  }

  EvidenceStore store() {
    return store;
  }

  /** Runs a statement whose first {@code %s} is the table's name. */
  Dataset<Row> sql(String statement, Object... arguments) {
    Object[] all = new Object[arguments.length + 1];
    all[0] = name();
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return spark().sql(statement.contains("%s") ? statement.formatted(all) : statement);
  }

  SlicedTable slices() {
    return slices(iceberg().currentSnapshot());
  }

  SlicedTable slices(Snapshot snapshot) {
    return new IcebergTable(spark(), name(), iceberg(), snapshot.snapshotId());
  }

  Evaluation byEvidence(String rules) {
    return byEvidence(rules, EvidenceOptions.ALL);
  }

  Evaluation byEvidence(String rules, EvidenceOptions options) {
    return byEvidence(rules, options, Map.of());
  }

  Evaluation byEvidence(
      String rules, EvidenceOptions options, Map<String, SlicedTable> references) {
    return new RulesetEvaluator(store, options)
        .evaluate(
            slices(), RulesetParser.parse("test", rules), references, NOW, MetricHistory.NONE);
  }

  /** Another table beside it. */
  SlicedTable beside(String other) {
    Table found = project.catalog().find(new TableName("prepared", other)).orElseThrow();
    return new IcebergTable(
        spark(), besideName(other), found, found.currentSnapshot().snapshotId());
  }

  String besideName(String other) {
    return project.catalog().sparkName(new TableName("prepared", other));
  }

  /** How many jobs Spark runs for something. */
  int jobs(Runnable work) {
    AtomicInteger jobs = new AtomicInteger();
    SparkListener counter =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            jobs.incrementAndGet();
          }
        };
    settle();
    spark().sparkContext().addSparkListener(counter);
    work.run();
    settle();
    spark().sparkContext().removeSparkListener(counter);
    return jobs.get();
  }

  private void settle() {
    try {
      spark().sparkContext().listenerBus().waitUntilEmpty(10_000);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  Evaluation byReadingEverything(String rules) {
    Dataset<Row> rows =
        spark()
            .read()
            .option("snapshot-id", iceberg().currentSnapshot().snapshotId())
            .table(name());
    return new RulesetEvaluator(EvidenceStore.NONE, EvidenceOptions.SCAN_ONLY)
        .evaluate(
            new WholeDataset(rows),
            RulesetParser.parse("test", rules),
            Map.of(),
            NOW,
            MetricHistory.NONE);
  }
}
