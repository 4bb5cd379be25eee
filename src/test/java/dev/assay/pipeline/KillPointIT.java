package dev.assay.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.ForkedJvm;
import dev.assay.cli.TestProject;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.TableName;
import dev.assay.pipeline.JobResult.Ending;
import dev.assay.pipeline.RunListener.Point;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Killed anywhere and run again, a run ends in the same state: a real JVM really dies. */
class KillPointIT {
  private static final TableName CARS = new TableName("prepared", "cars");
  private static final String JOB =
      """
      kind: prepare
      name: cars
      inputs:
        cars:
          files: ${root}/raw/${date}.csv
          format: csv
          columns: {id: {type: int, nullable: false}, name: string}
      output:
        table: prepared.cars
        mode: append
        owner: fleet
        description: Cars of the fleet.
        comments: {name: what its driver calls it}
      ruleset: rulesets/prepared/cars.dqdl
      gate: {minimum-score: %s}
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"STAGE_RECORDED", "ON_MAIN"})
  void endsInTheSameStateAroundTheCommitPoint(Point point) {
    killAndRunAgain(point);
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"HOLD_RECORDED", "STAGE_RECORDED", "ON_MAIN"})
  void endsInTheSameStateAnywhere(Point point) {
    killAndRunAgain(point);
  }

  private void killAndRunAgain(Point point) {
    TestProject project = project("50", "RowCount = 2, RowCount = 3");

    ForkedJvm.Ended killed = kill(point);

    assertThat(killed.code()).as(killed.output()).isEqualTo(137);
    JobResult result = project.runOne();
    assertThat(result.ending()).as(result.message()).isIn(Ending.PUBLISHED, Ending.UNCHANGED);
    assertThat(project.lines("SELECT id, name FROM lake.prepared.cars ORDER BY id"))
        .containsExactly("1|a", "2|b");
    List<RunRecord> published =
        project.ledger().runs(CARS).stream()
            .filter(run -> run.state() == RunState.PUBLISHED)
            .toList();
    assertThat(published).hasSize(1);
    RunRecord run = published.get(0);
    assertThat(run.snapshot())
        .isEqualTo(project.catalog().find(CARS).orElseThrow().currentSnapshot().snapshotId());
    assertThat(project.ledger().outcomes(run.runId())).hasSize(2);
    assertThat(quarantined(project, run)).containsExactly("bad,c");
    Table table = project.catalog().find(CARS).orElseThrow();
    assertThat(table.properties())
        .containsEntry("owner", "fleet")
        .containsEntry("comment", "Cars of the fleet.");
    assertThat(table.schema().findField("name").doc()).isEqualTo("what its driver calls it");
    maintain(project);
    assertThat(project.catalog().find(CARS).orElseThrow().refs().keySet())
        .containsExactlyInAnyOrder("main", "run_" + run.runId());
    assertThat(project.lines("SELECT text FROM lake.quarantine.prepared_cars"))
        .containsExactly("bad,c");
    assertThat(project.runOne().ending()).isEqualTo(Ending.UNCHANGED);
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource(names = {"STAGED", "GATED", "HOLD_RECORDED"})
  void holdsOnceWhenKilledWhileHolding(Point point) {
    TestProject project = project("100", "RowCount = 3");

    kill(point);
    JobResult result = project.runOne();

    assertThat(result.ending()).isEqualTo(Ending.HELD);
    maintain(project);
    assertThat(project.ledger().runs(CARS))
        .filteredOn(run -> run.state() == RunState.HELD)
        .hasSize(1);
    assertThat(project.catalog().find(CARS).orElseThrow().refs()).hasSize(1);
    assertThat(project.catalog().find(CARS).orElseThrow().currentSnapshot()).isNull();
  }

  private ForkedJvm.Ended kill(Point point) {
    return ForkedJvm.run(
        folder,
        Map.of(),
        KilledRun.class,
        folder.toString(),
        "2026-11-18",
        CARS.toString(),
        point.name());
  }

  private static void maintain(TestProject project) {
    new Maintenance(project.lane()).run(java.time.Duration.ZERO, java.time.Duration.ofDays(30));
  }

  private static List<String> quarantined(TestProject project, RunRecord run) {
    return project.lines(
        "SELECT text FROM lake.quarantine.prepared_cars WHERE run_id = '%s'"
            .formatted(run.runId()));
  }

  private TestProject project(String minimum, String rules) {
    return new TestProject(folder)
        .pipeline()
        .job("cars", JOB.formatted(minimum), rules)
        .file("raw/2026-11-18.csv", "id,name\n1,a\n2,b\nbad,c\n");
  }
}
