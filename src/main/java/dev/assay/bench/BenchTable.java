package dev.assay.bench;

import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.model.TableName;
import dev.assay.rules.evidence.SlicedTable;
import dev.assay.rules.evidence.iceberg.IcebergTable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The measured table: order lines in sixteen columns and sixteen files. */
final class BenchTable {
  static final int FILES = 16;

  /** Which keys it has, and in which order its rows lie. */
  enum Variant {
    DENSE("id"),
    SHUFFLED("id"),
    RANDOM_KEY("xxhash64(id)"),
    TEXT_KEY(
        "concat(lpad(hex(xxhash64(id, 7)), 16, '0'), '-', lpad(hex(xxhash64(id, 8)), 16, '0'))");

    private final String key;

    Variant(String key) {
      this.key = key;
    }
  }

  private static final String COLUMNS =
      """
      CAST(id DIV 4 AS BIGINT) AS l_orderkey,
      CAST(pmod(hash(id, 1), 200000) AS INT) AS l_partkey,
      CAST(pmod(hash(id, 2), 10000) AS INT) AS l_suppkey,
      CAST(id % 4 + 1 AS INT) AS l_linenumber,
      CAST(1 + pmod(hash(id, 3), 50) AS DECIMAL(15, 2)) AS l_quantity,
      CAST((90000 + pmod(hash(id, 4), 1000000)) / 100 AS DECIMAL(15, 2)) AS l_extendedprice,
      CAST(pmod(hash(id, 5), 11) / 100D AS DOUBLE) AS l_discount,
      CAST(pmod(hash(id, 6), 9) / 100D AS DOUBLE) AS l_tax,
      element_at(array('A', 'N', 'R'), 1 + pmod(hash(id, 7), 3)) AS l_returnflag,
      CASE WHEN pmod(hash(id, 8), 50) = 0 THEN NULL WHEN pmod(hash(id, 8), 2) = 0 THEN 'O' ELSE 'F' END AS l_linestatus,
      date_add(DATE '1992-01-01', pmod(hash(id, 9), 2500)) AS l_shipdate,
      CASE WHEN pmod(hash(id, 10), 100) < 3 THEN NULL ELSE date_add(DATE '1992-02-01', pmod(hash(id, 9), 2500)) END AS l_receiptdate,
      element_at(array('AIR', 'RAIL', 'SHIP', 'TRUCK', 'MAIL', 'FOB', 'REG AIR'), 1 + pmod(hash(id, 11), 7)) AS l_shipmode,
      CASE WHEN pmod(hash(id, 12), 20) = 0 THEN NULL ELSE concat('comment ', CAST(pmod(hash(id, 13), 1000000) AS STRING)) END AS l_comment,
      timestampadd(SECOND, pmod(hash(id, 14), 86400), current_timestamp() - INTERVAL 1 DAY) AS l_ts
      """;

  private final SparkSession spark;
  private final LakeCatalog catalog;
  private final TableName name;
  private final Variant variant;

  BenchTable(SparkSession spark, LakeCatalog catalog, String name, Variant variant) {
    this.spark = spark;
    this.catalog = catalog;
    this.name = new TableName("bench", name);
    this.variant = variant;
  }

  /** Makes the table anew. */
  BenchTable fill(long rows) {
    catalog.ensureNamespace(name);
    spark.sql("DROP TABLE IF EXISTS " + sparkName() + " PURGE");
    spark.conf().set("spark.sql.iceberg.aggregate-push-down.enabled", "false");
    spark.sql(
        "CREATE TABLE %s USING iceberg TBLPROPERTIES ('format-version'='2', 'write.distribution-mode'='none', 'write.delete.mode'='merge-on-read', 'write.target-file-size-bytes'='1073741824') AS %s LIMIT 0"
            .formatted(sparkName(), select(0, 1)));
    append(0, rows, FILES);
    return this;
  }

  /** Adds the rows of a range of ids, in so many files. */
  void append(long from, long to, int files) {
    spark.range(from, to, 1, files).createOrReplaceTempView("assay_bench_ids");
    Dataset<Row> rows = spark.sql(select());
    if (variant == Variant.SHUFFLED) {
      rows =
          rows.repartitionByRange(files, org.apache.spark.sql.functions.expr("hash(l_id, 99)"))
              .sortWithinPartitions(org.apache.spark.sql.functions.expr("hash(l_id, 98)"));
    }
    try {
      rows.writeTo(sparkName()).append();
    } catch (org.apache.spark.sql.catalyst.analysis.NoSuchTableException e) {
      throw new IllegalStateException("the table was made a moment ago", e);
    }
  }

  private String select(long from, long to) {
    spark.range(from, to, 1, 1).createOrReplaceTempView("assay_bench_ids");
    return select();
  }

  private String select() {
    return "SELECT " + variant.key + " AS l_id, " + COLUMNS + " FROM assay_bench_ids";
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

  /** Plans the newest snapshot. */
  SlicedTable slices() {
    Table table = iceberg();
    return new IcebergTable(
        spark,
        sparkName(),
        table,
        Objects.requireNonNull(table.currentSnapshot(), "snapshot").snapshotId());
  }

  static String resource(String file) {
    try (InputStream in =
        Objects.requireNonNull(
            BenchTable.class.getResourceAsStream("/bench/" + file), "resource")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
