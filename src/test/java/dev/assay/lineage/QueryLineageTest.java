package dev.assay.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.JobFiles;
import dev.assay.model.job.Job;
import dev.assay.model.lineage.ColumnLineage;
import dev.assay.semantic.SqlProduct;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The columns of statements, followed back to those of their inputs. */
class QueryLineageTest {
  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "localhost")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void theOdometerStatementColumnByColumn() {
    ColumnLineage lineage =
        shipped(
            "jobs/demo/odometer_statement.yaml",
            Map.of("readings", "vin STRING, read_at TIMESTAMP, odometer_km DECIMAL(9,1)"));

    assertThat(columns(lineage))
        .containsExactlyEntriesOf(
            ordered(
                "month", List.of("TRANSFORMATION readings.read_at"),
                "vin", List.of("IDENTITY readings.vin"),
                "readings", List.of(),
                "first_km", List.of("AGGREGATION readings.odometer_km", "SORT readings.read_at"),
                "last_km", List.of("AGGREGATION readings.odometer_km", "SORT readings.read_at"),
                "rollbacks",
                    List.of(
                        "AGGREGATION readings.odometer_km",
                        "WINDOW readings.read_at",
                        "WINDOW readings.vin")));
    assertThat(StepLineageTest.texts(lineage.rows()))
        .containsExactly("GROUP_BY readings.read_at", "GROUP_BY readings.vin");
  }

  @Test
  void theFleetUsageColumnByColumn() {
    ColumnLineage lineage =
        shipped(
            "jobs/demo/fleet_usage_daily.yaml",
            Map.of(
                "trips", "vin STRING, started_at TIMESTAMP, distance_km DOUBLE, minutes INT",
                "vehicles", "vin STRING, fleet STRING"));

    assertThat(columns(lineage))
        .containsExactlyEntriesOf(
            ordered(
                "day", List.of("TRANSFORMATION trips.started_at"),
                "fleet", List.of("IDENTITY vehicles.fleet"),
                "vehicles", List.of("AGGREGATION trips.vin"),
                "trips", List.of(),
                "distance_km", List.of("AGGREGATION trips.distance_km"),
                "minutes", List.of("AGGREGATION trips.minutes")));
    assertThat(StepLineageTest.texts(lineage.rows()))
        .containsExactly(
            "GROUP_BY trips.started_at",
            "JOIN trips.vin",
            "GROUP_BY vehicles.fleet",
            "JOIN vehicles.vin");
  }

  @Test
  void theRateChangesColumnByColumn() {
    ColumnLineage lineage =
        shipped(
            "jobs/adventureworks/rate_changes_by_department_year.yaml",
            Map.of(
                "department", "departmentid INT, name STRING",
                "shift", "shiftid INT, name STRING",
                "employee", "businessentityid INT, currentflag BOOLEAN",
                "history", "businessentityid INT, departmentid INT, shiftid INT",
                "pay", "businessentityid INT, ratechangedate TIMESTAMP"));

    assertThat(columns(lineage))
        .containsExactlyEntriesOf(
            ordered(
                "department_name", List.of("IDENTITY department.name"),
                "rate_change_year", List.of("TRANSFORMATION pay.ratechangedate"),
                "shift_name", List.of("IDENTITY shift.name"),
                "rate_changes", List.of()));
    assertThat(StepLineageTest.texts(lineage.rows()))
        .contains("JOIN employee.currentflag", "JOIN history.shiftid", "GROUP_BY shift.name");
  }

  @Test
  void namedQueriesUnionsAndSubqueriesAreFollowed() {
    ColumnLineage lineage =
        lineage(
            """
            WITH long AS (SELECT vin, km AS distance FROM trips WHERE km > 100)
            SELECT vin, distance, (SELECT max(fleet) FROM vehicles) AS newest FROM long
            UNION ALL
            SELECT brand, 0.0, model FROM models WHERE id IN (SELECT car FROM cars)
            """,
            Map.of(
                "trips", "vin STRING, km DOUBLE",
                "vehicles", "fleet STRING",
                "models", "id STRING, brand STRING, model STRING",
                "cars", "car STRING"));

    assertThat(columns(lineage))
        .containsExactlyEntriesOf(
            ordered(
                "vin", List.of("IDENTITY models.brand", "IDENTITY trips.vin"),
                "distance", List.of("IDENTITY trips.km"),
                "newest", List.of("IDENTITY models.model", "AGGREGATION vehicles.fleet")));
    assertThat(StepLineageTest.texts(lineage.rows()))
        .containsExactly("FILTER cars.car", "FILTER models.id", "FILTER trips.km");
  }

  @Test
  void explodedArraysAndDistinctRowsAreFollowed() {
    ColumnLineage lineage =
        lineage(
            "SELECT DISTINCT vin, tag FROM trips LATERAL VIEW explode(tags) AS tag",
            Map.of("trips", "vin STRING, tags ARRAY<STRING>"));

    assertThat(columns(lineage))
        .containsExactlyEntriesOf(
            ordered(
                "vin", List.of("IDENTITY trips.vin"),
                "tag", List.of("TRANSFORMATION trips.tags")));
  }

  private static ColumnLineage shipped(String file, Map<String, String> inputs) {
    Job job =
        new JobFiles(Clock.systemUTC(), Map.of("home", "h", "raw", "r"), Optional.empty())
            .load(Path.of(file))
            .chosen()
            .get(0);
    return lineage(job.sql().orElseThrow(), inputs);
  }

  private static ColumnLineage lineage(String sql, Map<String, String> inputs) {
    Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
    inputs.forEach(
        (alias, schema) ->
            tables.put(alias, spark.createDataFrame(List.of(), StructType.fromDDL(schema))));
    Dataset<Row> rows = SqlProduct.build(spark, sql, tables, "test");
    return QueryLineage.of(
        rows.queryExecution().analyzed(), leaf -> SqlProduct.inputOf(leaf, tables));
  }

  private static Map<String, List<String>> columns(ColumnLineage lineage) {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    lineage.columns().forEach((name, from) -> columns.put(name, StepLineageTest.texts(from)));
    return columns;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, List<String>> ordered(Object... pairs) {
    Map<String, List<String>> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], (List<String>) pairs[i + 1]);
    }
    return map;
  }
}
