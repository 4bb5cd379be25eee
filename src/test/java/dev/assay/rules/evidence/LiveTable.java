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
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
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
    return new RulesetEvaluator(store, options)
        .evaluate(slices(), RulesetParser.parse("test", rules), Map.of(), NOW, MetricHistory.NONE);
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
