package dev.assay.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/**
 * One table in namespace {@code assay}, written and read without Spark. Several processes may
 * append at once: Iceberg tries again when another one was first.
 */
public final class LedgerTable {
  private static final String NAMESPACE = "assay";

  /** In a snapshot's summary: which call wrote it. */
  private static final String COMMIT = "assay.commit";

  private static final Map<String, String> PROPERTIES =
      Map.of(
          "format-version", "2",
          "commit.retry.num-retries", "30",
          "commit.retry.min-wait-ms", "50",
          "commit.retry.max-wait-ms", "2000");

  /** Old versions of the metadata are of no use to anybody, and each is as large as the newest. */
  private static final Map<String, String> OFTEN =
      Map.of(
          "write.metadata.delete-after-commit.enabled", "true",
          "write.metadata.previous-versions-max", "50");

  private final Catalog catalog;
  private final TableIdentifier identifier;
  private final Schema schema;
  private final PartitionSpec spec;
  private final boolean often;

  private LedgerTable(
      Catalog catalog,
      TableIdentifier identifier,
      Schema schema,
      PartitionSpec spec,
      boolean often) {
    this.catalog = catalog;
    this.identifier = identifier;
    this.schema = schema;
    this.spec = spec;
    this.often = often;
  }

  private static LedgerTable of(
      Catalog catalog, String name, Schema schema, PartitionSpec.Builder spec) {
    return new LedgerTable(
        catalog, TableIdentifier.of(NAMESPACE, name), schema, spec.build(), false);
  }

  /** A table partitioned by the month of its column {@code at}. */
  public static LedgerTable byMonth(Catalog catalog, String name, Schema schema) {
    return of(catalog, name, schema, PartitionSpec.builderFor(schema).month("at"));
  }

  /** A table partitioned by the values of a column. */
  public static LedgerTable byValue(Catalog catalog, String name, Schema schema, String column) {
    return of(catalog, name, schema, PartitionSpec.builderFor(schema).identity(column));
  }

  /**
   * The same table, kept small for thousands of commits: of its history it keeps the last hour, of
   * its rows all.
   */
  public LedgerTable writtenOften() {
    return new LedgerTable(catalog, identifier, schema, spec, true);
  }

  /** Adds records of one partition in one commit. */
  public void append(List<Record> records) {
    if (records.isEmpty()) {
      return;
    }
    Table table = loadOrCreate();
    table.newAppend().appendFile(write(table, records)).commit();
  }

  /**
   * Puts records of one partition in the place of all that meet the filter, which must cover whole
   * partitions. Fails if somebody adds such records meanwhile; then nothing was changed.
   */
  public void replace(Expression filter, List<Record> records) {
    Table table = loadIfPresent();
    if (table == null || table.currentSnapshot() == null) {
      append(records);
      return;
    }
    OverwriteFiles overwrite =
        table
            .newOverwrite()
            .overwriteByRowFilter(filter)
            .validateFromSnapshot(table.currentSnapshot().snapshotId())
            .conflictDetectionFilter(filter)
            .validateNoConflictingData();
    if (!records.isEmpty()) {
      overwrite.addFile(write(table, records));
    }
    overwrite.commit();
  }

  /**
   * Adds records of one partition in one commit, unless somebody else has added any that meet the
   * filter since a snapshot.
   *
   * @param since the snapshot up to which the caller knows the records; empty if it saw none
   * @return the snapshot up to which the caller knows them now; empty if somebody else was first,
   *     or if nobody can tell any more, and then nothing was added
   */
  public Optional<Long> appendUnlessChanged(
      Expression filter, Optional<Long> since, List<Record> records) {
    Table table = loadOrCreate();
    String commit = UUID.randomUUID().toString();
    OverwriteFiles append =
        table
            .newOverwrite()
            .addFile(write(table, records))
            .conflictDetectionFilter(filter)
            .validateNoConflictingData()
            .set(COMMIT, commit);
    since.ifPresent(append::validateFromSnapshot);
    try {
      append.commit();
    } catch (ValidationException e) {
      return Optional.empty();
    }
    table.refresh();
    Optional<Long> ours = Optional.of(written(table, commit));
    if (often) {
      History.shorten(table);
    }
    return ours;
  }

  private long written(Table table, String commit) {
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
      if (commit.equals(snapshot.summary().get(COMMIT))) {
        return snapshot.snapshotId();
      }
    }
    throw new IllegalStateException("a commit to %s is not in its history".formatted(identifier));
  }

  /**
   * Reads the records that meet the filter, one after the other.
   *
   * @return the snapshot that was read; empty if the table was never written
   */
  public Optional<Long> read(Expression filter, Consumer<Record> reader) {
    Table table = loadIfPresent();
    if (table == null || table.currentSnapshot() == null) {
      return Optional.empty();
    }
    long snapshot = table.currentSnapshot().snapshotId();
    try (CloseableIterable<Record> scan =
        IcebergGenerics.read(table).useSnapshot(snapshot).where(filter).build()) {
      scan.forEach(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read ledger table " + identifier, e);
    }
    return Optional.of(snapshot);
  }

  private DataFile write(Table table, List<Record> records) {
    PartitionKey partition = new PartitionKey(table.spec(), table.schema());
    partition.partition(new InternalRecordWrapper(table.schema().asStruct()).wrap(records.get(0)));
    EncryptedOutputFile file =
        OutputFileFactory.builderFor(table, 0, System.nanoTime())
            .format(FileFormat.PARQUET)
            .build()
            .newOutputFile(partition);
    DataWriter<Record> writer =
        new GenericAppenderFactory(table.schema(), table.spec())
            .newDataWriter(file, FileFormat.PARQUET, partition);
    try (writer) {
      records.forEach(writer::write);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to ledger table " + identifier, e);
    }
    return writer.toDataFile();
  }

  /** The records that meet the filter; none if the table was never written. */
  public List<Record> scan(Expression filter) {
    Table table = loadIfPresent();
    if (table == null) {
      return List.of();
    }
    List<Record> records = new ArrayList<>();
    try (CloseableIterable<Record> scan = IcebergGenerics.read(table).where(filter).build()) {
      scan.forEach(records::add);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read ledger table " + identifier, e);
    }
    return records;
  }

  private Table loadOrCreate() {
    Table table = loadIfPresent();
    if (table != null) {
      return withNewColumns(table);
    }
    try {
      if (catalog instanceof SupportsNamespaces namespaces
          && !namespaces.namespaceExists(Namespace.of(NAMESPACE))) {
        namespaces.createNamespace(Namespace.of(NAMESPACE));
      }
    } catch (AlreadyExistsException e) {
      return retryCreate();
    }
    return retryCreate();
  }

  /** A table of an earlier version gets the columns that were added since. */
  private Table withNewColumns(Table table) {
    boolean complete =
        schema.columns().stream()
            .allMatch(column -> table.schema().findField(column.name()) != null);
    if (!complete) {
      table.updateSchema().unionByNameWith(schema).commit();
      table.refresh();
    }
    return table;
  }

  private Table retryCreate() {
    try {
      Map<String, String> properties = new HashMap<>(PROPERTIES);
      properties.putAll(often ? OFTEN : Map.of());
      return catalog.createTable(identifier, schema, spec, properties);
    } catch (AlreadyExistsException e) {
      return catalog.loadTable(identifier);
    }
  }

  private @Nullable Table loadIfPresent() {
    try {
      return catalog.loadTable(identifier);
    } catch (NoSuchTableException e) {
      return null;
    }
  }
}
