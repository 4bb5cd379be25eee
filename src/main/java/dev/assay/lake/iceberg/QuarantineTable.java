package dev.assay.lake.iceberg;

import static org.apache.spark.sql.functions.lit;

import dev.assay.model.Sql;
import dev.assay.model.TableName;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.spark.CommitMetadata;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.SnapshotUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;

/** The rows of a table's input that were set aside, with every reason. One table per table. */
public final class QuarantineTable {
  /** The namespace of quarantines. */
  public static final String NAMESPACE = "quarantine";

  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(
              1, "run_id", Types.StringType.get(), "the run that set the row aside"),
          Types.NestedField.required(
              2, "data_date", Types.DateType.get(), "the business date of that run"),
          Types.NestedField.optional(
              3, "source_file", Types.StringType.get(), "the file it came from"),
          Types.NestedField.optional(
              4,
              "source_offset",
              Types.LongType.get(),
              "bytes before it in the file, or its number"),
          Types.NestedField.optional(
              5, "source_length", Types.IntegerType.get(), "its length in bytes"),
          Types.NestedField.optional(
              6, "text", Types.StringType.get(), "the record; protected values hidden"),
          Types.NestedField.optional(
              7,
              "sealed_text",
              Types.StringType.get(),
              "the record, encrypted, where values are protected"),
          Types.NestedField.required(
              8,
              "reasons",
              Types.ListType.ofRequired(
                  9,
                  Types.StructType.of(
                      Types.NestedField.optional(10, "kind", Types.StringType.get()),
                      Types.NestedField.optional(11, "column", Types.StringType.get()),
                      Types.NestedField.optional(12, "detail", Types.StringType.get()))),
              "everything that is wrong with it"),
          Types.NestedField.required(13, "quarantined_at", Types.TimestampType.withZone(), "when"));

  /** In a snapshot's summary: the run that wrote it. */
  private static final String RUN = "assay.run-id";

  private final LakeCatalog catalog;

  public QuarantineTable(LakeCatalog catalog) {
    this.catalog = catalog;
  }

  /** The quarantine of a table. */
  public static TableName of(TableName table) {
    return new TableName(NAMESPACE, table.layer() + "_" + table.name());
  }

  /** The quarantines that there are. */
  public static List<TableName> all(LakeCatalog catalog) {
    try {
      return catalog.iceberg().listTables(Namespace.of(NAMESPACE)).stream()
          .map(table -> new TableName(NAMESPACE, table.name()))
          .sorted()
          .toList();
    } catch (NoSuchNamespaceException e) {
      // no run ever set a row aside
      return List.of();
    }
  }

  /**
   * Adds a run's rows in one commit.
   *
   * @return how many Iceberg counted
   */
  public long write(
      TableName table, Dataset<Row> rows, String runId, LocalDate dataDate, Instant at) {
    TableName quarantine = of(table);
    ensure(quarantine);
    Dataset<Row> complete =
        rows.withColumn("run_id", lit(runId))
            .withColumn("data_date", lit(java.sql.Date.valueOf(dataDate)))
            .withColumn("quarantined_at", lit(Timestamp.from(at)));
    try {
      CommitMetadata.withCommitProperties(
          Map.of(RUN, runId),
          () -> {
            complete.writeTo(catalog.sparkName(quarantine)).append();
            return null;
          },
          Exception.class);
    } catch (NoSuchTableException e) {
      throw new IllegalStateException("the quarantine made a moment ago is gone", e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the quarantine cannot be written", e);
    }
    return added(catalog.find(quarantine).orElseThrow(), runId);
  }

  /** Others write too: the newest snapshot may be somebody else's. */
  private static long added(Table table, String runId) {
    long added = 0;
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
      if (runId.equals(snapshot.summary().get(RUN))) {
        added += Long.parseLong(snapshot.summary().getOrDefault("added-records", "0"));
      }
    }
    return added;
  }

  /**
   * Removes rows of runs that are not among those given and were set aside before an instant.
   *
   * @return how many
   */
  public long removeOthers(
      SparkSession spark, TableName table, Set<String> runIds, Instant before) {
    TableName quarantine = of(table);
    if (catalog.find(quarantine).isEmpty()) {
      return 0;
    }
    String kept =
        runIds.isEmpty()
            ? "''"
            : String.join(", ", runIds.stream().sorted().map(Sql::text).toList());
    String name = catalog.sparkName(quarantine);
    String condition =
        "run_id NOT IN (%s) AND quarantined_at < TIMESTAMP'%s'".formatted(kept, before);
    long rows = spark.table(name).where(condition).count();
    if (rows > 0) {
      spark.sql("DELETE FROM %s WHERE %s".formatted(name, condition));
    }
    return rows;
  }

  private void ensure(TableName quarantine) {
    if (catalog.find(quarantine).isPresent()) {
      return;
    }
    catalog.ensureNamespace(quarantine);
    PartitionSpec spec = PartitionSpec.builderFor(SCHEMA).identity("data_date").build();
    try {
      catalog
          .iceberg()
          .createTable(
              LakeCatalog.identifier(quarantine),
              SCHEMA,
              spec,
              Map.of("format-version", "2", "commit.retry.num-retries", "20"));
    } catch (AlreadyExistsException e) {
      // a run at the same time made it
      return;
    }
  }
}
