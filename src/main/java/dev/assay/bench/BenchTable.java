package dev.assay.bench;

import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.model.TableName;
import dev.assay.rules.evidence.SlicedTable;
import dev.assay.rules.evidence.iceberg.IcebergTable;
import java.util.Objects;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;

/** A measured table: made anew, changed in ways that occur, and put back as it was. */
final class BenchTable {
  static final int FILES = 16;

  private final SparkSession spark;
  private final LakeCatalog catalog;
  private final TableName name;
  private final Layout layout;

  BenchTable(SparkSession spark, LakeCatalog catalog, String name, Layout layout) {
    this.spark = spark;
    this.catalog = catalog;
    this.name = new TableName("bench", name);
    this.layout = layout;
  }

  /** Makes the table anew. */
  BenchTable fill(long rows) {
    catalog.ensureNamespace(name);
    sql("DROP TABLE IF EXISTS %s PURGE");
    spark.conf().set("spark.sql.iceberg.aggregate-push-down.enabled", "false");
    try {
      layout
          .rows(spark.range(0), 1)
          .writeTo(sparkName())
          .using("iceberg")
          .tableProperty("format-version", "2")
          .tableProperty("write.distribution-mode", "none")
          .tableProperty("write.delete.mode", "merge-on-read")
          .tableProperty("write.target-file-size-bytes", "1073741824")
          .create();
    } catch (TableAlreadyExistsException e) {
      throw new IllegalStateException("the table was dropped a moment ago", e);
    }
    append(0, rows, FILES);
    return this;
  }

  /** Adds the rows of a range of ids, in so many files. */
  void append(long from, long to, int files) {
    append(from, to, files, layout);
  }

  /** Adds rows that look different from the others. */
  void append(long from, long to, int files, Layout different) {
    try {
      different.rows(spark.range(from, to, 1, files), files).writeTo(sparkName()).append();
    } catch (NoSuchTableException e) {
      throw new IllegalStateException("the table was made a moment ago", e);
    }
  }

  /** Runs a statement in which {@code %s} is the table. */
  void sql(String statement) {
    spark.sql(statement.formatted(sparkName()));
  }

  /** Puts files of about the same size in the place of all files. */
  void compact() {
    long size = bytes() / FILES + 1;
    spark.sql(
        "CALL %s.system.rewrite_data_files(table => '%s', options => map('rewrite-all', 'true', 'target-file-size-bytes', '%d'))"
            .formatted(sparkName().split("\\.", -1)[0], name, size));
  }

  /** Makes an earlier snapshot the newest again and drops what came after it. */
  void restore(long snapshot) {
    Table table = iceberg();
    if (snapshot == snapshot()) {
      return;
    }
    table.manageSnapshots().rollbackTo(snapshot).commit();
    table.refresh();
    table.expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();
  }

  long snapshot() {
    return newest(iceberg()).snapshotId();
  }

  /** Bytes of the newest snapshot's files. */
  long bytes() {
    return Long.parseLong(newest(iceberg()).summary().getOrDefault("total-files-size", "0"));
  }

  Dataset<Row> rows() {
    return spark.read().table(sparkName());
  }

  String sparkName() {
    return catalog.sparkName(name);
  }

  Table iceberg() {
    return catalog.find(name).orElseThrow();
  }

  private static Snapshot newest(Table table) {
    return Objects.requireNonNull(table.currentSnapshot(), "snapshot");
  }

  /** Plans the newest snapshot. */
  SlicedTable slices() {
    Table table = iceberg();
    return new IcebergTable(spark, sparkName(), table, newest(table).snapshotId());
  }
}
