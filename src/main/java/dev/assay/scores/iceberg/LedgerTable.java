package dev.assay.scores.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
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
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.jspecify.annotations.Nullable;

/**
 * One append-only table of the ledger, partitioned by the month of {@code at}. Several processes
 * may append at once: Iceberg tries again when another one was first.
 */
final class LedgerTable {
  private static final String NAMESPACE = "assay";
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "format-version", "2",
          "commit.retry.num-retries", "30",
          "commit.retry.min-wait-ms", "50",
          "commit.retry.max-wait-ms", "2000");

  private final Catalog catalog;
  private final TableIdentifier identifier;
  private final Schema schema;

  LedgerTable(Catalog catalog, String name, Schema schema) {
    this.catalog = catalog;
    this.identifier = TableIdentifier.of(NAMESPACE, name);
    this.schema = schema;
  }

  Schema schema() {
    return schema;
  }

  /** Adds records in one commit; all carry the same {@code at}. */
  void append(List<Record> records) {
    if (records.isEmpty()) {
      return;
    }
    Table table = loadOrCreate();
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
    table.newAppend().appendFile(writer.toDataFile()).commit();
  }

  /** The records that meet the filter; none if the table was never written. */
  List<Record> scan(Expression filter) {
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
      return table;
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

  private Table retryCreate() {
    try {
      PartitionSpec spec = PartitionSpec.builderFor(schema).month("at").build();
      return catalog.createTable(identifier, schema, spec, PROPERTIES);
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
