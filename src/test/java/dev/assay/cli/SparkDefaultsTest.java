package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SparkDefaultsTest {
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
  void extensionsOfBothAreLoadedOnce() {
    SparkConf given = new SparkConf(false).set("spark.sql.extensions", "a.B, c.D");

    SparkConf merged = SparkDefaults.merged(Map.of("spark.sql.extensions", "c.D,e.F"), given);

    assertThat(merged.get("spark.sql.extensions")).isEqualTo("a.B,c.D,e.F");
  }
}
