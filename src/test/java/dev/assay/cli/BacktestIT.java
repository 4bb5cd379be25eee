package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.ProfileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Past snapshots are compared with what there was when they were committed. */
@Tag("long")
class BacktestIT {
  @TempDir private static Path folder;

  private static final List<Long> TRIPS = new ArrayList<>();

  /** A vehicle, its trips; another vehicle, trips of both; a trip of nobody's, then its vehicle. */
  @BeforeAll
  static void tables() throws IOException, InterruptedException {
    try (SparkSession spark = Wiring.spark(ProfileReader.load("local", home()))) {
      String lake = ProfileReader.load("local", home()).catalog();
      spark.sql("CREATE NAMESPACE %s.prepared".formatted(lake));
      spark.sql(
          "CREATE TABLE %s.prepared.trips (vin INT, at TIMESTAMP) USING iceberg".formatted(lake));
      spark.sql("CREATE TABLE %s.prepared.vehicles (vin INT) USING iceberg".formatted(lake));
      insert(spark, lake + ".prepared.vehicles", "1");
      insert(spark, lake + ".prepared.trips", "1, current_timestamp()");
      insert(spark, lake + ".prepared.vehicles", "2");
      insert(spark, lake + ".prepared.trips", "2, current_timestamp()");
      insert(spark, lake + ".prepared.trips", "3, current_timestamp()");
      insert(spark, lake + ".prepared.vehicles", "3");
      spark
          .sql(
              "SELECT snapshot_id FROM %s.prepared.trips.snapshots ORDER BY committed_at"
                  .formatted(lake))
          .collectAsList()
          .forEach(row -> TRIPS.add(row.getLong(0)));
    }
    Files.writeString(
        folder.resolve("r.dqdl"),
        """
        Rules = [
          ReferentialIntegrity "vin" "vehicles.vin" = 1.0,
          RowCountMatch "vehicles" = 1.0,
          CustomSql "select count(*) from primary where at > now() - interval 1500 milliseconds" = 1,
          CustomSql "select (unix_micros(now()) - unix_micros(max(at))) / 1000 from primary" < 1500,
          CustomSql "select count(distinct vin) from primary where at > current_timestamp - interval 1500 milliseconds" = 1,
          RowCount = 1 where "at > now() - interval 1500 milliseconds",
          Uniqueness "vin" = 1 where "at > now() - interval 1500 milliseconds"
        ]
        """);
  }

  /** So that a second and a half tells them apart. */
  private static void insert(SparkSession spark, String table, String values)
      throws InterruptedException {
    Thread.sleep(1_600);
    spark.sql("INSERT INTO %s VALUES (%s)".formatted(table, values));
  }

  @Test
  void referencesAndThePresentAreThoseOfTheCommit() {
    ForkedJvm.Ended all =
        assay("backtest", "r.dqdl", "--table", "prepared.trips", "--reference", vehicles());

    assertThat(all.code()).as(all.output()).isZero();
    assertThat(all.output().lines().filter(line -> line.contains(" 100.000000 "))).hasSize(2);
    assertThat(all.output())
        .contains("The first of them is %d of ".formatted(TRIPS.get(2)))
        .containsPattern(
            "%d +71.428571 +2 +ReferentialIntegrity .*, RowCountMatch".formatted(TRIPS.get(2)));

    ForkedJvm.Ended first =
        assay(
            "backtest",
            "r.dqdl",
            "--table",
            "prepared.trips",
            "--reference",
            vehicles(),
            "--first-failing");

    assertThat(first.output())
        .containsPattern(
            "%d +ReferentialIntegrity .* %d: passes".formatted(TRIPS.get(2), TRIPS.get(1)))
        .containsPattern("%d +RowCountMatch .* %d: passes".formatted(TRIPS.get(2), TRIPS.get(1)));
  }

  @Test
  void aPastSnapshotIsScoredAsItWasThen() {
    ForkedJvm.Ended past =
        assay(
            "score",
            "prepared.trips",
            "--ruleset",
            "r.dqdl",
            "--reference",
            vehicles(),
            "--as-of",
            Long.toString(TRIPS.get(0)));

    assertThat(past.output()).contains("prepared.trips: score 100,");
    assertThat(past.code()).isZero();
  }

  @Test
  void whatWasNotThereYetIsNotCompared() {
    String later = "vehicles=prepared.later";
    try (SparkSession spark = Wiring.spark(ProfileReader.load("local", home()))) {
      String lake = ProfileReader.load("local", home()).catalog();
      spark.sql("CREATE TABLE %s.prepared.later USING iceberg AS SELECT 1 AS vin".formatted(lake));
    }

    ForkedJvm.Ended past =
        assay(
            "backtest", "r.dqdl", "--table", "prepared.trips", "--reference", later, "--last", "1");

    assertThat(past.output())
        .contains("No snapshot of vehicles (prepared.later) is left that was there at ")
        .contains("rules that compare with it are unanswered.");
  }

  private static String vehicles() {
    return "vehicles=prepared.vehicles";
  }

  private static Path home() {
    return folder.resolve("home");
  }

  private static ForkedJvm.Ended assay(String... arguments) {
    return ForkedJvm.run(
        folder,
        Map.of("assay.log", folder.resolve("assay.log").toString()),
        Main.class,
        Stream.concat(Stream.of(arguments), Stream.of("--home", home().toString()))
            .toArray(String[]::new));
  }
}
