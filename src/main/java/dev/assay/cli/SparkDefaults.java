package dev.assay.cli;

import dev.assay.lake.files.UnforkedFileSystem;
import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.model.job.Profile;
import dev.assay.rules.evidence.ScoringSession;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.spark.SparkConf;

/** The Spark settings of a profile, and those that results depend on. */
final class SparkDefaults {
  private static final String EXTENSIONS = "spark.sql.extensions";
  private static final String MASTER = "spark.master";
  private static final String LOCAL_FILES = "spark.hadoop." + UnforkedFileSystem.SETTING;

  private static final Map<String, String> MEANING = ScoringSession.MEANING;

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

  /**
   * The settings of a session: those that spark-submit was given win over the profile's, but for
   * those that results depend on. Extensions of both are loaded.
   */
  static SparkConf merged(Map<String, String> ours, SparkConf given) {
    SparkConf merged = given.clone();
    ours.forEach(
        (key, value) -> {
          if (MEANING.containsKey(key) || !given.contains(key)) {
            merged.set(key, value);
          }
        });
    Set<String> extensions = new LinkedHashSet<>();
    for (String one :
        (given.get(EXTENSIONS, "") + "," + ours.getOrDefault(EXTENSIONS, "")).split(",")) {
      if (!one.isBlank()) {
        extensions.add(one.strip());
      }
    }
    if (!inOneProcess(merged.get(MASTER, "")) && !given.contains(LOCAL_FILES)) {
      // executors begin without this product's classes
      merged.remove(LOCAL_FILES);
    }
    return merged.set(EXTENSIONS, String.join(",", extensions));
  }

  private static boolean inOneProcess(String master) {
    return master.equals("local") || master.startsWith("local[");
  }

  static Map<String, String> of(Profile profile) {
    Map<String, String> settings = new LinkedHashMap<>();
    if (inOneProcess(profile.spark().getOrDefault(MASTER, ""))) {
      settings.put(LOCAL_FILES, UnforkedFileSystem.class.getName());
    }
    settings.put(EXTENSIONS, "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions");
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
