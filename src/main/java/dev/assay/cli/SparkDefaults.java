package dev.assay.cli;

import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.model.job.Profile;
import java.util.LinkedHashMap;
import java.util.Map;

/** The Spark settings of a profile, and those that results depend on. */
final class SparkDefaults {
  /** Overflow and wrong casts are errors, dates mean the same everywhere. */
  private static final Map<String, String> MEANING =
      Map.of(
          "spark.sql.ansi.enabled", "true",
          "spark.sql.session.timeZone", "UTC",
          "spark.sql.legacy.timeParserPolicy", "CORRECTED");

  private SparkDefaults() {}

  /** Those of a session that knows no catalog and is quick with a handful of rows. */
  static Map<String, String> ofHandful() {
    Map<String, String> settings = new LinkedHashMap<>(MEANING);
    settings.put("spark.master", "local[1]");
    settings.put("spark.ui.enabled", "false");
    settings.put("spark.driver.host", "localhost");
    settings.put("spark.driver.bindAddress", "127.0.0.1");
    settings.put("spark.sql.shuffle.partitions", "1");
    // compiling a query takes longer than a handful of rows
    settings.put("spark.sql.codegen.wholeStage", "false");
    return settings;
  }

  static Map<String, String> of(Profile profile) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(
        "spark.sql.extensions",
        "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions");
    String catalog = "spark.sql.catalog." + profile.catalog();
    settings.put(catalog, "org.apache.iceberg.spark.SparkCatalog");
    LakeCatalog.properties(profile)
        .forEach((key, value) -> settings.put(catalog + "." + key, value));
    settings.putAll(MEANING);
    // Iceberg 1.10 keeps equality deletes as one query read them, and gives them to the next one,
    // which may want their columns in another order
    settings.put("spark.sql.iceberg.executor-cache.delete-files.enabled", "false");
    // a damaged page is an error, not other data
    settings.put("spark.sql.files.ignoreCorruptFiles", "false");
    settings.put("spark.hadoop.parquet.page.verify-checksum.enabled", "true");
    // what Spark spills to disk may hold values that are still to be protected
    settings.put("spark.io.encryption.enabled", "true");
    settings.putAll(profile.spark());
    return settings;
  }
}
