package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SparkDefaultsTest {
  private static final String FILES = "spark.hadoop.fs.file.impl";

  @Test
  void whatSparkSubmitWasGivenWinsOverTheProfile() {
    SparkConf given = new SparkConf(false).set("spark.master", "spark://host:7077");

    SparkConf merged =
        SparkDefaults.merged(
            Map.of("spark.master", "local[*]", "spark.ui.enabled", "false"), given);

    assertThat(merged.get("spark.master")).isEqualTo("spark://host:7077");
    assertThat(merged.get("spark.ui.enabled")).isEqualTo("false");
  }

  @Test
  void nothingChangesWhatResultsDependOn() {
    SparkConf given = new SparkConf(false).set("spark.sql.ansi.enabled", "false");

    SparkConf merged = SparkDefaults.merged(Map.of("spark.sql.ansi.enabled", "true"), given);

    assertThat(merged.get("spark.sql.ansi.enabled")).isEqualTo("true");
  }

  @Test
  void ourFileSystemIsForSparkInOneProcess() {
    Map<String, String> ours = Map.of("spark.master", "local[*]", FILES, "ours");
    SparkConf cluster = new SparkConf(false).set("spark.master", "spark://host:7077");

    assertThat(SparkDefaults.merged(ours, new SparkConf(false)).get(FILES)).isEqualTo("ours");
    assertThat(SparkDefaults.merged(ours, cluster).contains(FILES)).isFalse();
    assertThat(SparkDefaults.merged(ours, cluster.clone().set(FILES, "theirs")).get(FILES))
        .isEqualTo("theirs");
  }

  @Test
  void extensionsOfBothAreLoadedOnce() {
    SparkConf given = new SparkConf(false).set("spark.sql.extensions", "a.B, c.D");

    SparkConf merged = SparkDefaults.merged(Map.of("spark.sql.extensions", "c.D,e.F"), given);

    assertThat(merged.get("spark.sql.extensions")).isEqualTo("a.B,c.D,e.F");
  }
}
