package dev.assay.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.TestProject;
import dev.assay.model.RunRecord;
import dev.assay.model.TableName;
import dev.assay.pipeline.JobResult.Ending;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What maintaining frees on the disk, and what it keeps. */
@Tag("long")
class MaintenanceIT {
  private static final TableName CARS = new TableName("prepared", "cars");

  @TempDir Path folder;

  @Test
  void freesWhatNoScoreNeedsAndKeepsWhatOneDoes() {
    TestProject project =
        new TestProject(folder)
            .pipeline()
            .job(
                "cars",
                """
                kind: prepare
                name: cars
                inputs: {cars: {files: "${root}/raw/*.csv", format: csv, columns: {id: int, name: string}}}
                output: {table: prepared.cars, mode: replace}
                ruleset: rulesets/prepared/cars.dqdl
                """,
                "RowCount = 2")
            .file("raw/a.csv", "id,name\n1,a\n2,b\n");
    RunRecord scored = project.runOne().run().orElseThrow();
    for (int id = 10; id < 18; id++) {
      project.sql("INSERT INTO lake.prepared.cars VALUES (%d, 'somebody')".formatted(id));
    }
    List<Path> before = data();
    long bytes = bytes(before);

    List<String> done = new Maintenance(project.lane()).run(Duration.ZERO, Duration.ofDays(30));

    List<Path> after = data();
    assertThat(before).hasSize(9);
    assertThat(after).as("the rows of the score, and all rows in one").hasSize(2);
    assertThat(bytes(after)).isLessThan(bytes / 2);
    assertThat(done)
        .contains("prepared.cars: compacted 9 files into 1")
        .anyMatch(line -> line.startsWith("prepared.cars: freed 8 data files"));
    assertThat(project.lines("SELECT count(*), sum(id) FROM lake.prepared.cars"))
        .containsExactly("10|111");
    Table table = project.catalog().find(CARS).orElseThrow();
    assertThat(table.snapshots())
        .extracting(snapshot -> snapshot.snapshotId())
        .containsExactlyInAnyOrder(scored.snapshot(), table.currentSnapshot().snapshotId());
    assertThat(
            project.lines(
                "SELECT id FROM lake.prepared.cars VERSION AS OF %d ORDER BY id"
                    .formatted(scored.snapshot())))
        .containsExactly("1", "2");

    project.file("rulesets/prepared/cars.dqdl", "Rules = [ RowCount = 2, IsComplete \"id\" ]");
    JobResult again = project.runOne();
    assertThat(again.ending()).as(again.message()).isEqualTo(Ending.RESCORED);
    assertThat(again.run().orElseThrow().snapshot()).isEqualTo(scored.snapshot());
    assertThat(again.run().orElseThrow().score().passed()).isEqualTo(2);
    assertThat(new Maintenance(project.lane()).run(Duration.ZERO, Duration.ofDays(30)))
        .noneMatch(line -> line.startsWith("prepared.cars"));
    assertThat(data()).isEqualTo(after);
  }

  @Test
  void aHeldRunCanStillBeApprovedAfterwards() {
    TestProject project =
        new TestProject(folder)
            .pipeline()
            .job(
                "cars",
                """
                kind: prepare
                name: cars
                inputs: {cars: {files: "${root}/raw/*.csv", format: csv, columns: {id: int, name: string}}}
                output: {table: prepared.cars, mode: replace}
                ruleset: rulesets/prepared/cars.dqdl
                gate: {minimum-score: 100}
                """,
                "RowCount = 2")
            .file("raw/a.csv", "id,name\n1,a\n2,b\n");
    project.runOne();
    for (int id = 10; id < 18; id++) {
      project.sql("INSERT INTO lake.prepared.cars VALUES (%d, 'somebody')".formatted(id));
    }
    project.file("raw/b.csv", "id,name\n3,c\n");
    RunRecord held = project.runOne().run().orElseThrow();

    new Maintenance(project.lane()).run(Duration.ZERO, Duration.ofDays(30));
    new Decisions(project.catalog(), project.ledger(), java.time.Clock.systemUTC())
        .approve(held.runId(), "somebody", "it is right");

    assertThat(project.lines("SELECT count(*) FROM lake.prepared.cars")).containsExactly("3");
    assertThat(new Maintenance(project.lane()).run(Duration.ZERO, Duration.ofDays(30)))
        .anyMatch(line -> line.startsWith("prepared.cars: freed"));
  }

  private List<Path> data() {
    try (Stream<Path> files = Files.walk(folder.resolve("home/warehouse/prepared/cars/data"))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long bytes(List<Path> files) {
    return files.stream().mapToLong(file -> file.toFile().length()).sum();
  }
}
