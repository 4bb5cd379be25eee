package dev.assay.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.TestProject;
import dev.assay.model.TableName;
import dev.assay.pipeline.JobResult.Ending;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.iceberg.BlobMetadata;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines are told how many different values columns of a published table have. */
@Tag("long")
class StatisticsIT {
  private static final TableName CARS = TableName.parse("prepared.cars");
  private static final String JOB =
      """
      kind: prepare
      name: cars
      inputs:
        cars: {files: "${root}/raw/*.csv", format: csv, columns: {id: int, colour: string}}
      output: {table: prepared.cars, mode: replace}
      ruleset: rulesets/prepared/cars.dqdl
      publish: {statistics: [id, COLOUR]}
      """;

  @TempDir Path folder;

  @Test
  void belongToTheSnapshotOnMainAndAreMadeOnce() {
    TestProject project = new TestProject(folder).pipeline().job("cars", JOB, "RowCount > 0");
    project.file("raw/a.csv", rows(0, 300));
    assertThat(project.runOne().ending()).isEqualTo(Ending.PUBLISHED);

    Table table = table(project);
    assertThat(distinct(table)).containsExactly("300", "3");
    String file = statistics(table).path();

    assertThat(project.runOne().ending()).isEqualTo(Ending.UNCHANGED);
    assertThat(statistics(table(project)).path()).isEqualTo(file);

    project.file("raw/b.csv", rows(300, 200));
    assertThat(project.runOne().ending()).isEqualTo(Ending.PUBLISHED);
    assertThat(distinct(table(project))).containsExactly("500", "3");
  }

  @Test
  void areMadeByTheNextRunWhenTheOneThatPublishedWasKilled() {
    TestProject project = new TestProject(folder).pipeline().job("cars", JOB, "RowCount > 0");
    project.file("raw/a.csv", rows(0, 10));
    project.runOne();
    Table published = table(project);
    published
        .updateStatistics()
        .removeStatistics(published.currentSnapshot().snapshotId())
        .commit();

    assertThat(project.runOne().ending()).isEqualTo(Ending.UNCHANGED);

    assertThat(distinct(table(project))).containsExactly("10", "3");
  }

  @Test
  void ofAHeldTableAreNotMade() {
    TestProject project = new TestProject(folder).pipeline().job("cars", JOB, "RowCount > 100");
    project.file("raw/a.csv", rows(0, 10));
    project.file("jobs/p/cars.yaml", JOB + "gate: {minimum-score: 100}\n");

    assertThat(project.runOne().ending()).isEqualTo(Ending.HELD);

    assertThat(table(project).statisticsFiles()).isEmpty();
  }

  private static String rows(int from, int count) {
    StringBuilder text = new StringBuilder("id,colour\n");
    IntStream.range(from, from + count)
        .forEach(id -> text.append(id).append(",colour").append(id % 3).append('\n'));
    return text.toString();
  }

  private static Table table(TestProject project) {
    return project.catalog().find(CARS).orElseThrow();
  }

  private static StatisticsFile statistics(Table table) {
    return table.statisticsFiles().stream()
        .filter(file -> file.snapshotId() == table.currentSnapshot().snapshotId())
        .findFirst()
        .orElseThrow();
  }

  private static List<String> distinct(Table table) {
    return statistics(table).blobMetadata().stream()
        .map(BlobMetadata::properties)
        .map(properties -> properties.get("ndv"))
        .toList();
  }
}
