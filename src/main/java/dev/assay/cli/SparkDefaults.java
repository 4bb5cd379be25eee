package dev.assay.cli;

import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.model.job.Profile;
import java.util.LinkedHashMap;
import java.util.Map;

/** The Spark settings of a profile, and those that results depend on. */
final class SparkDefaults {
  private SparkDefaults() {}

  static Map<String, String> of(Profile profile) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(
        "spark.sql.extensions",
        "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions");
    String catalog = "spark.sql.catalog." + profile.catalog();
    settings.put(catalog, "org.apache.iceberg.spark.SparkCatalog");
    LakeCatalog.properties(profile)
        .forEach((key, value) -> settings.put(catalog + "." + key, value));
    // overflow and wrong casts are errors, dates mean the same everywhere
    settings.put("spark.sql.ansi.enabled", "true");
    settings.put("spark.sql.session.timeZone", "UTC");
    settings.put("spark.sql.legacy.timeParserPolicy", "CORRECTED");
    // a damaged page is an error, not other data
    settings.put("spark.sql.files.ignoreCorruptFiles", "false");
    settings.put("spark.hadoop.parquet.page.verify-checksum.enabled", "true");
    // what Spark spills to disk may hold values that are still to be protected
    settings.put("spark.io.encryption.enabled", "true");
    settings.putAll(profile.spark());
    return settings;
  }
}
