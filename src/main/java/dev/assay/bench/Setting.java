package dev.assay.bench;

import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.rules.evidence.iceberg.IcebergEvidence;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/** Where is measured, how much and how often; and the tables that parts share. */
final class Setting {
  private final SparkSession spark;
  private final LakeCatalog catalog;
  private final long rows;
  private final int rounds;
  private final Consumer<String> progress;
  private final Map<String, BenchTable> tables = new HashMap<>();

  Setting(
      SparkSession spark, LakeCatalog catalog, long rows, int rounds, Consumer<String> progress) {
    this.spark = spark;
    this.catalog = catalog;
    this.rows = rows;
    this.rounds = rounds;
    this.progress = progress;
  }

  SparkSession spark() {
    return spark;
  }

  LakeCatalog catalog() {
    return catalog;
  }

  long rows() {
    return rows;
  }

  int rounds() {
    return rounds;
  }

  void say(String what) {
    progress.accept(what);
  }

  /** Order lines, made once: whoever changes them puts them back. */
  BenchTable orders(OrderLines layout) {
    return tables.computeIfAbsent(
        "orders_" + layout.name().toLowerCase(java.util.Locale.ROOT),
        name -> table(name, layout, rows));
  }

  /** A table of its own. */
  BenchTable table(String name, Layout layout, long size) {
    say("making table " + name);
    return new BenchTable(spark, catalog, name, layout).fill(size);
  }

  /** Where evidence is kept in earnest. */
  FreshStore store() {
    return new FreshStore(new IcebergEvidence(catalog.iceberg(), Clock.systemUTC()));
  }
}
