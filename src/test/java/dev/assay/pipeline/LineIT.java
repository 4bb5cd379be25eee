package dev.assay.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.cli.TestProject;
import dev.assay.model.ExitKind;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.TableName;
import dev.assay.pipeline.JobResult.Ending;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The story of a run: what is published, what is held, what a second run does. */
class LineIT {
  private static final TableName CARS = new TableName("prepared", "cars");
  private static final LocalDate FIRST = LocalDate.of(2026, 11, 17);
  private static final LocalDate SECOND = LocalDate.of(2026, 11, 18);

  @TempDir Path folder;

  private TestProject project(String mode, String gate, String rules) {
    return new TestProject(folder)
        .pipeline()
        .job(
            "cars",
            """
            kind: prepare
            name: cars
            inputs:
              cars:
                files: ${root}/raw/${date}*.csv
                format: csv
                columns: {id: {type: int, nullable: false}, name: string}
            output: {table: prepared.cars, mode: %s}
            ruleset: rulesets/prepared/cars.dqdl
            %s
            """
                .formatted(mode, gate),
            rules);
  }

  private List<JobResult> run(TestProject project, LocalDate date) {
    return project.run("jobs/p", date, Map.of());
  }

  @Test
  void publishesWhatPassesAndRemembersIt() {
    TestProject project =
        project("append", "", "RowCount = 2, IsComplete \"name\"")
            .file("raw/2026-11-17.csv", "id,name\n1,a\n2,\n");

    JobResult result = run(project, FIRST).get(0);

    assertThat(result.ending()).isEqualTo(Ending.PUBLISHED);
    assertThat(project.lines("SELECT * FROM lake.prepared.cars ORDER BY id"))
        .containsExactly("1|a|2026-11-17", "2|null|2026-11-17");
    RunRecord kept = project.ledger().runs(CARS).get(0);
    assertThat(kept.state()).isEqualTo(RunState.PUBLISHED);
    assertThat(kept.score().value().orElseThrow()).isEqualByComparingTo("50");
    assertThat(project.ledger().outcomes(kept.runId())).isEqualTo(result.outcomes());
    Table table = project.catalog().find(CARS).orElseThrow();
    assertThat(table.refs().keySet()).containsExactlyInAnyOrder("main", "run_" + kept.runId());
    assertThat(table.properties())
        .containsEntry("assay.score", "50.000000")
        .containsEntry("assay.coverage", "100.000000")
        .containsEntry("assay.snapshot-id", Long.toString(kept.snapshot()))
        .containsEntry("assay.run-id", kept.runId());
  }

  @Test
  void doesNothingWhenTheSameInputWasPublished() {
    TestProject project =
        project("append", "", "RowCount > 0").file("raw/2026-11-17.csv", "id,name\n1,a\n");
    run(project, FIRST);
    long before = project.catalog().find(CARS).orElseThrow().currentSnapshot().snapshotId();

    JobResult again = run(project, FIRST).get(0);

    assertThat(again.ending()).isEqualTo(Ending.UNCHANGED);
    assertThat(project.catalog().find(CARS).orElseThrow().currentSnapshot().snapshotId())
        .isEqualTo(before);
    assertThat(project.ledger().runs(CARS)).hasSize(1);
  }

  @Test
  void replacesADatesRowsWhenALateFileArrives() {
    TestProject project =
        project("append", "", "RowCount > 0")
            .file("raw/2026-11-17.csv", "id,name\n1,a\n")
            .file("raw/2026-11-18.csv", "id,name\n2,b\n");
    run(project, FIRST);
    run(project, SECOND);
    project.file("raw/2026-11-17-late.csv", "id,name\n3,c\n");

    JobResult late = run(project, FIRST).get(0);

    assertThat(late.ending()).isEqualTo(Ending.PUBLISHED);
    assertThat(project.lines("SELECT id, data_date FROM lake.prepared.cars ORDER BY id"))
        .containsExactly("1|2026-11-17", "2|2026-11-18", "3|2026-11-17");
  }

  @Test
  void scoresAgainWithoutWritingWhenOnlyTheRulesetChanged() {
    TestProject project =
        project("append", "", "RowCount > 0").file("raw/2026-11-17.csv", "id,name\n1,a\n");
    run(project, FIRST);
    long before = project.catalog().find(CARS).orElseThrow().currentSnapshot().snapshotId();
    project.file("rulesets/prepared/cars.dqdl", "Rules = [ RowCount > 0, RowCount > 5 ]");

    JobResult rescored = run(project, FIRST).get(0);

    assertThat(rescored.ending()).isEqualTo(Ending.RESCORED);
    assertThat(rescored.run().orElseThrow().score().value().orElseThrow())
        .isEqualByComparingTo("50");
    assertThat(project.catalog().find(CARS).orElseThrow().properties())
        .containsEntry("assay.score", "50.000000");
    int metadata = metadataFiles(project);
    assertThat(project.catalog().find(CARS).orElseThrow().currentSnapshot().snapshotId())
        .isEqualTo(before);
    assertThat(run(project, FIRST).get(0).ending()).isEqualTo(Ending.UNCHANGED);
    assertThat(metadataFiles(project)).as("commits").isEqualTo(metadata);
  }

  private static int metadataFiles(TestProject project) {
    return ((org.apache.iceberg.HasTableOperations) project.catalog().find(CARS).orElseThrow())
        .operations()
        .current()
        .previousFiles()
        .size();
  }

  @Test
  void holdsAFirstLoadWithoutGivingMainASnapshot() {
    TestProject project =
        project("append", "gate: {minimum-score: 100}", "RowCount > 1")
            .file("raw/2026-11-17.csv", "id,name\n1,a\n");

    JobResult held = run(project, FIRST).get(0);

    assertThat(held.ending()).isEqualTo(Ending.HELD);
    assertThat(held.exit()).isEqualTo(ExitKind.HELD);
    assertThat(project.lines("SELECT * FROM lake.prepared.cars")).isEmpty();
    assertThat(project.catalog().find(CARS).orElseThrow().currentSnapshot()).isNull();
    assertThat(run(project, FIRST).get(0).ending()).isEqualTo(Ending.HELD);
    assertThat(project.ledger().runs(CARS)).hasSize(1);
  }

  @Test
  void leavesMainAsItWasWhenItHolds() {
    TestProject project =
        project("append", "gate: {minimum-score: 100}", "IsUnique \"id\"")
            .file("raw/2026-11-17.csv", "id,name\n1,a\n")
            .file("raw/2026-11-18.csv", "id,name\n1,b\n");
    run(project, FIRST);
    var before = project.catalog().find(CARS).orElseThrow();
    long snapshot = before.currentSnapshot().snapshotId();
    Map<String, String> properties = before.properties();

    JobResult held = run(project, SECOND).get(0);

    assertThat(held.run().orElseThrow().gateReasons())
        .containsExactly("Score 0 is below the minimum of 100.");
    var after = project.catalog().find(CARS).orElseThrow();
    assertThat(after.currentSnapshot().snapshotId()).isEqualTo(snapshot);
    assertThat(after.properties()).isEqualTo(properties);
    assertThat(project.lines("SELECT id, name FROM lake.prepared.cars")).containsExactly("1|a");
  }

  @Test
  void holdsWhenARuleHasNoAnswer() {
    TestProject project =
        project("replace", "", "RowCount > 0, IsComplete \"nmae\"")
            .file("raw/2026-11-17.csv", "id,name\n1,a\n");

    JobResult held = run(project, FIRST).get(0);

    assertThat(held.ending()).isEqualTo(Ending.HELD);
    assertThat(held.outcomes().get(1).message())
        .isEqualTo("There is no column 'nmae'. Did you mean 'name'?");
    assertThat(held.run().orElseThrow().score().value().orElseThrow()).isEqualByComparingTo("100");
    assertThat(held.run().orElseThrow().score().coverage()).isEqualByComparingTo("50");
  }

  @Test
  void stagesAgainWhenMainMovedMeanwhile() {
    TestProject project =
        project("append", "", "RowCount > 0").file("raw/2026-11-17.csv", "id,name\n1,a\n");
    run(project, FIRST);
    project.file("raw/2026-11-18.csv", "id,name\n2,b\n");
    boolean[] moved = {false};
    project.listener(
        (table, point) -> {
          if (point == RunListener.Point.GATED && !moved[0]) {
            moved[0] = true;
            project.sql("INSERT INTO lake.prepared.cars VALUES (9, 'other', DATE'2026-11-01')");
          }
        });

    JobResult result = run(project, SECOND).get(0);

    assertThat(result.ending()).isEqualTo(Ending.PUBLISHED);
    assertThat(project.lines("SELECT id FROM lake.prepared.cars ORDER BY id"))
        .containsExactly("1", "2", "9");
    assertThat(project.ledger().outcomes(result.run().orElseThrow().runId())).hasSize(1);
  }

  @Test
  void aRunThatAnotherOneOvertookDoesNotAddWhatThatOneAdded() {
    TestProject project =
        project("append", "", "RowCount > 0").file("raw/2026-11-17.csv", "id,name\n1,a\n");
    String job = read("jobs/p/cars.yaml");
    project.file(
        "jobs/p/cars.yaml",
        job.replace("${date}*.csv", "*.csv")
            .replace("format: csv", "format: csv\n    read: new-files"));
    run(project, FIRST);
    project.file("raw/2026-11-18.csv", "id,name\n2,b\n");
    boolean[] overtaken = {false};
    project.listener(
        (table, point) -> {
          if (point == RunListener.Point.INPUT_FOUND && !overtaken[0]) {
            overtaken[0] = true;
            assertThat(run(project, SECOND).get(0).ending()).isEqualTo(Ending.PUBLISHED);
          }
        });

    JobResult result = run(project, SECOND).get(0);

    assertThat(result.ending()).as(result.message()).isEqualTo(Ending.UNCHANGED);
    assertThat(project.lines("SELECT id FROM lake.prepared.cars ORDER BY id"))
        .containsExactly("1", "2");
  }

  @Test
  void aTableHasOneJob() {
    TestProject project =
        project("replace", "", "RowCount > 0").file("raw/2026-11-17.csv", "id,name\n1,a\n");
    run(project, FIRST);
    project.file("jobs/p/cars.yaml", read("jobs/p/cars.yaml").replace("name: cars", "name: autos"));

    JobResult other = run(project, FIRST).get(0);

    assertThat(other.exit()).isEqualTo(ExitKind.WRONG_FILES);
    assertThat(other.message())
        .contains("prepared.cars was last written by job cars of pipeline p", "--force");
    assertThat(project.run("jobs/p", FIRST, Map.of(), RunOption.FORCE).get(0).ending())
        .isEqualTo(Ending.PUBLISHED);
    assertThat(run(project, FIRST).get(0).ending()).isEqualTo(Ending.UNCHANGED);
  }

  @Test
  void aJobWithoutInputStopsNobody() {
    TestProject project =
        project("replace", "", "RowCount > 0")
            .file("raw/2026-11-17.csv", "id,name\n1,a\n")
            .file(
                "jobs/p/names.yaml",
                """
                kind: build
                name: names
                inputs: {cars: prepared.cars}
                sql: SELECT name, count(*) AS cars FROM cars GROUP BY name
                output: {table: semantic.names, mode: replace}
                ruleset: none
                """);
    project.file(
        "jobs/p/cars.yaml",
        read("jobs/p/cars.yaml").replace("format: csv", "format: csv\n    on-missing: skip"));
    project.run("jobs/p/cars.yaml", FIRST, Map.of());

    List<JobResult> results = run(project, SECOND);

    assertThat(results)
        .extracting(JobResult::ending)
        .containsExactly(Ending.SKIPPED, Ending.PUBLISHED);
    assertThat(PipelineRun.exitOf(results)).isEqualTo(ExitKind.OK);
  }

  @Test
  void sqlIsOneQueryOverTheDeclaredInputs() {
    TestProject project =
        project("replace", "", "RowCount > 0").file("raw/2026-11-17.csv", "id,name\n1,a\n");
    run(project, FIRST);

    assertThat(built(project, "SELECT c.id FROM cars c, ${lake}.prepared.cars other").message())
        .contains("the sql reads", "prepared.cars, which is not among the job's inputs");
    assertThat(
            built(project, "SELECT id FROM cars WHERE id IN (SELECT id FROM ${lake}.prepared.cars)")
                .message())
        .contains("which is not among the job's inputs");
    assertThat(built(project, "DROP TABLE ${lake}.prepared.cars").message())
        .contains("the sql is no query");
    assertThat(project.hasTable("prepared.cars")).isTrue();
    assertThat(
            built(
                    project,
                    "WITH n AS (SELECT id FROM cars) SELECT n.id, v.x FROM n JOIN VALUES (1, 2) AS v(id, x) ON n.id = v.id WHERE EXISTS (SELECT 1 FROM cars)")
                .ending())
        .isEqualTo(Ending.PUBLISHED);
  }

  private JobResult built(TestProject project, String sql) {
    project.file(
        "jobs/p/built.yaml",
        """
        kind: build
        name: built
        inputs: {cars: prepared.cars}
        sql: "%s"
        output: {table: semantic.built, mode: replace}
        ruleset: none
        """
            .formatted(sql));
    return project
        .run(
            "jobs/p/built.yaml",
            FIRST,
            Map.of("lake", project.catalog().sparkName(CARS).split("\\.")[0]))
        .get(0);
  }

  @Test
  void whatTheTableCannotBecomeIsRefused() {
    TestProject project =
        project("append", "", "RowCount > 0").file("raw/2026-11-17.csv", "id,name\n1,a\n");
    run(project, FIRST);
    String job = read("jobs/p/cars.yaml");

    project.file(
        "jobs/p/cars.yaml", job.replace("mode: append}", "mode: append, partition: [id]}"));
    JobResult otherPartitions = run(project, FIRST).get(0);
    project.file("jobs/p/cars.yaml", job.replace("name: string", "data_date: string"));
    project.file("raw/2026-11-18.csv", "id,data_date\n1,a\n");
    JobResult ownDate = run(project, SECOND).get(0);

    assertThat(otherPartitions.exit()).isEqualTo(ExitKind.WRONG_FILES);
    assertThat(otherPartitions.message())
        .contains("output.partition is [id], and the table is partitioned by");
    assertThat(ownDate.exit()).isEqualTo(ExitKind.WRONG_FILES);
    assertThat(ownDate.message()).contains("data_date, which mode append adds itself");
  }

  @Test
  void skipsJobsWhoseInputIsHeld() {
    TestProject project =
        project("replace", "gate: {minimum-score: 100}", "RowCount > 5")
            .file("raw/2026-11-17.csv", "id,name\n1,a\n")
            .file(
                "jobs/p/names.yaml",
                """
                kind: build
                name: names
                inputs: {cars: prepared.cars}
                sql: SELECT name, count(*) AS cars FROM cars GROUP BY name
                output: {table: semantic.names, mode: replace}
                ruleset: none
                """);

    List<JobResult> results = run(project, FIRST);

    assertThat(results).extracting(JobResult::ending).containsExactly(Ending.HELD, Ending.SKIPPED);
    assertThat(results.get(1).message()).isEqualTo("prepared.cars is held.");
    assertThat(project.hasTable("semantic.names")).isFalse();
    assertThat(PipelineRun.exitOf(results)).isEqualTo(ExitKind.HELD);
  }

  @Test
  void mergesByKeyAndCountsWhatItDid() {
    TestProject project =
        merging()
            .file("raw/2026-11-17.csv", "id,name,gone\n1,a,false\n2,b,false\n3,c,false\n")
            .file(
                "raw/2026-11-18.csv", "id,name,gone\n1,a,false\n2,B,false\n3,c,true\n4,d,false\n");
    run(project, FIRST);

    JobResult result = run(project, SECOND).get(0);

    assertThat(result.ending()).as(result.message()).isEqualTo(Ending.PUBLISHED);
    assertThat(result.run().orElseThrow().merged())
        .contains(new dev.assay.model.MergeCounts(1, 1, 1, 1));
    assertThat(project.lines("SELECT id, name FROM lake.prepared.cars ORDER BY id"))
        .containsExactly("1|a", "2|B", "4|d");
  }

  @Test
  void mergesADeleteOfAnUnknownKeyAsUnchanged() {
    TestProject project =
        merging()
            .file("raw/2026-11-17.csv", "id,name,gone\n1,a,false\n8,x,true\n")
            .file("raw/2026-11-18.csv", "id,name,gone\n2,b,\n9,y,true\n8,x,true\n");

    JobResult first = run(project, FIRST).get(0);
    JobResult second = run(project, SECOND).get(0);

    assertThat(first.run().orElseThrow().merged())
        .as("into a new table")
        .contains(new dev.assay.model.MergeCounts(1, 0, 0, 1));
    assertThat(second.run().orElseThrow().merged())
        .contains(new dev.assay.model.MergeCounts(1, 0, 0, 2));
    assertThat(second.run().orElseThrow().counts().written()).isEqualTo(3);
    assertThat(project.lines("SELECT id, name FROM lake.prepared.cars ORDER BY id"))
        .containsExactly("1|a", "2|b");
  }

  private TestProject merging() {
    return new TestProject(folder)
        .pipeline()
        .job(
            "cars",
            """
            kind: prepare
            name: cars
            inputs:
              cars:
                files: ${root}/raw/${date}.csv
                format: csv
                columns: {id: int, name: string, gone: boolean}
            output: {table: prepared.cars, mode: merge, keys: [id], deletes: gone}
            ruleset: none
            """,
            "RowCount > 0");
  }

  @Test
  void failsWithoutInputUnlessToldToSkip() {
    TestProject project = project("append", "", "RowCount > 0");

    JobResult failed = run(project, FIRST).get(0);

    assertThat(failed.exit()).isEqualTo(ExitKind.INPUT_MISSING);
    assertThat(failed.message())
        .endsWith(
            "raw/2026-11-17*.csv: there is nothing to read. Check the path, the variables and the data date; on-missing: skip makes it no error.");
  }

  @Test
  void readsCorrectedRecordsWithTheRawFilesOfTheirDate() throws Exception {
    TestProject project =
        project("append", "", "RowCount > 0").file("raw/2026-11-17.csv", "id,name\n1,a\nx,b\n");
    RunRecord first = run(project, FIRST).get(0).run().orElseThrow();
    project.file("corrected.csv", "id,name\n2,b\n");

    new dev.assay.lake.iceberg.Requeue(project.catalog())
        .keep(CARS, first.dataDate(), folder.resolve("corrected.csv"));
    JobResult again = run(project, FIRST).get(0);

    assertThat(again.ending()).isEqualTo(Ending.PUBLISHED);
    assertThat(project.lines("SELECT id, name FROM lake.prepared.cars ORDER BY id"))
        .containsExactly("1|a", "2|b");
    assertThat(run(project, FIRST).get(0).ending()).isEqualTo(Ending.UNCHANGED);
  }

  @Test
  void readsEveryChangeOfATableOnce() {
    TestProject project =
        new TestProject(folder)
            .pipeline()
            .job(
                "visits",
                """
                kind: prepare
                name: visits
                inputs: {visits: {table: raw.visits, read: changes}}
                output: {table: prepared.visits, mode: append}
                ruleset: rulesets/prepared/visits.dqdl
                gate: {minimum-score: 100}
                """,
                "ColumnValues \"id\" != 13");
    project.sql("CREATE NAMESPACE lake.raw");
    project.sql("CREATE TABLE lake.raw.visits (id INT) USING iceberg");
    project.sql("INSERT INTO lake.raw.visits VALUES (1), (2)");
    assertThat(run(project, FIRST).get(0).ending()).isEqualTo(Ending.PUBLISHED);
    assertThat(run(project, FIRST).get(0).ending()).isEqualTo(Ending.UNCHANGED);
    project.sql("INSERT INTO lake.raw.visits VALUES (3)");
    project.sql("INSERT INTO lake.raw.visits VALUES (13)");

    JobResult held = run(project, FIRST).get(0);
    new Decisions(project.catalog(), project.ledger(), java.time.Clock.systemUTC())
        .discard(held.run().orElseThrow().runId(), "somebody", "unlucky");
    project.file("rulesets/prepared/visits.dqdl", "Rules = [ RowCount > 0 ]");
    JobResult published = run(project, FIRST).get(0);

    assertThat(held.ending()).isEqualTo(Ending.HELD);
    assertThat(published.run().orElseThrow().counts().read()).isEqualTo(2);
    assertThat(project.lines("SELECT id FROM lake.prepared.visits ORDER BY id"))
        .containsExactly("1", "2", "3", "13");

    project.sql("DELETE FROM lake.raw.visits WHERE id = 1");
    JobResult refused = run(project, SECOND).get(0);
    assertThat(refused.exit()).isEqualTo(ExitKind.INPUT_MISSING);
    assertThat(refused.message())
        .contains("changed or deleted rows")
        .contains("set on-rewrite: ignore");
  }

  @Test
  void saysWhatToDoWhenTheStartOfTheChangesHasExpired() {
    TestProject project =
        new TestProject(folder)
            .pipeline()
            .job(
                "visits",
                """
                kind: prepare
                name: visits
                inputs: {visits: {table: raw.visits, read: changes}}
                output: {table: prepared.visits, mode: append}
                ruleset: none
                """,
                "RowCount > 0");
    project.sql("CREATE NAMESPACE lake.raw");
    project.sql("CREATE TABLE lake.raw.visits (id INT) USING iceberg");
    project.sql("INSERT INTO lake.raw.visits VALUES (1)");
    run(project, FIRST);
    project.sql("INSERT INTO lake.raw.visits VALUES (2)");
    var raw = project.catalog().find(new TableName("raw", "visits")).orElseThrow();
    raw.expireSnapshots().expireOlderThan(System.currentTimeMillis()).commit();

    JobResult refused = run(project, SECOND).get(0);

    assertThat(refused.exit()).isEqualTo(ExitKind.INPUT_MISSING);
    assertThat(refused.message()).contains("has expired").contains("read: latest and mode merge");
    assertThat(project.lines("SELECT id FROM lake.prepared.visits")).containsExactly("1");
  }

  @Test
  void readsNewFilesOnly() {
    TestProject project =
        new TestProject(folder)
            .pipeline()
            .job(
                "cars",
                """
                kind: prepare
                name: cars
                inputs:
                  cars: {files: "${root}/raw/*.csv", format: csv, columns: {id: int}, read: new-files}
                output: {table: prepared.cars, mode: append}
                ruleset: none
                """,
                "RowCount > 0")
            .file("raw/a.csv", "id\n1\n");
    run(project, FIRST);
    project.file("raw/b.csv", "id\n2\n");

    JobResult second = run(project, SECOND).get(0);

    assertThat(second.run().orElseThrow().counts().read()).isEqualTo(1);
    assertThat(project.lines("SELECT id FROM lake.prepared.cars ORDER BY id"))
        .containsExactly("1", "2");
    assertThat(run(project, SECOND).get(0).ending()).isEqualTo(Ending.UNCHANGED);
    project.file("raw/a.csv", "id\n1\n7\n");
    assertThat(run(project, SECOND).get(0).message()).contains("would write its rows twice");
  }

  @Test
  void treatsNewColumnsAsTheJobSays() {
    String columns = "{id: {type: int, nullable: false}, name: string}";
    TestProject project =
        project("replace", "", "RowCount > 0")
            .file("raw/2026-11-17.csv", "id,name\n1,a\n")
            .file("raw/2026-11-18.csv", "id,name,age\n1,a,7\n");
    run(project, FIRST);
    String job = read("jobs/p/cars.yaml").replace(columns, "{id: bigint, name: string, age: int}");

    project.file("jobs/p/cars.yaml", job);
    assertThat(run(project, SECOND).get(0).message()).contains("new column 'age' int");
    project.file(
        "jobs/p/cars.yaml", job.replace("mode: replace", "mode: replace, drift: after-review"));
    JobResult waiting = run(project, SECOND).get(0);
    assertThat(run(project, SECOND).get(0).run().orElseThrow().runId())
        .as("the same input asks once")
        .isEqualTo(waiting.run().orElseThrow().runId());
    assertThat(project.ledger().runs(CARS).get(0).state()).isEqualTo(RunState.HELD);
    assertThatThrownBy(
            () ->
                new Decisions(project.catalog(), project.ledger(), java.time.Clock.systemUTC())
                    .approve(waiting.run().orElseThrow().runId(), "somebody", "why not"))
        .hasMessageContaining("held before its rows were staged");
    JobResult reviewed = project.run("jobs/p", SECOND, Map.of(), RunOption.ACCEPT_DRIFT).get(0);

    assertThat(waiting.ending()).isEqualTo(Ending.HELD);
    assertThat(waiting.exit()).isEqualTo(ExitKind.HELD);
    RunRecord review = waiting.run().orElseThrow();
    assertThat(review.gateReasons().get(0))
        .contains("Held before staging")
        .contains("new column 'age' int")
        .contains("--accept-drift");
    assertThat(project.ledger().run(review.runId()).orElseThrow().state())
        .isEqualTo(RunState.DISCARDED);
    assertThat(project.ledger().run(review.runId()).orElseThrow().note())
        .contains("staged by run " + reviewed.run().orElseThrow().runId());
    assertThat(reviewed.ending()).isEqualTo(Ending.PUBLISHED);
    assertThat(reviewed.run().orElseThrow().note())
        .isEqualTo(
            "taken in, and visible on main since staging: new column 'age' int, column 'id' is now long");
    assertThat(project.lines("SELECT * FROM lake.prepared.cars")).containsExactly("1|a|7");
    project.file(
        "jobs/p/cars.yaml",
        job.replace("name: string, ", "").replace("mode: replace", "mode: replace, drift: evolve"));
    project.file("raw/2026-11-18.csv", "id,age\n1,7\n");
    assertThat(run(project, SECOND).get(0).message()).contains("the column 'name' is gone");
  }

  private String read(String path) {
    try {
      return java.nio.file.Files.readString(folder.resolve(path));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void twoRunsOfTheSameJobAtOncePublishOnce() throws Exception {
    TestProject project =
        project("append", "", "RowCount > 0").file("raw/2026-11-17.csv", "id,name\n1,a\n");
    java.util.concurrent.ExecutorService pool =
        java.util.concurrent.Executors.newFixedThreadPool(2);
    java.util.concurrent.Callable<Ending> job = () -> run(project, FIRST).get(0).ending();

    List<Ending> endings = new java.util.ArrayList<>();
    for (var ended : pool.invokeAll(List.of(job, job))) {
      endings.add(ended.get());
    }
    pool.shutdown();

    assertThat(endings).containsExactlyInAnyOrder(Ending.PUBLISHED, Ending.UNCHANGED);
    assertThat(project.lines("SELECT id, name FROM lake.prepared.cars")).containsExactly("1|a");
    assertThat(run(project, FIRST).get(0).ending()).isEqualTo(Ending.UNCHANGED);
  }

  @Test
  void appendedRowsAreLookedAtWithTheirDate() {
    TestProject project =
        project("append, drift: after-review", "", "RowCount > 0")
            .file("raw/2026-11-17.csv", "id,name\n1,a\n")
            .file("raw/2026-11-18.csv", "id,name\n2,b\n");

    run(project, FIRST);

    assertThat(run(project, SECOND).get(0).ending()).isEqualTo(Ending.PUBLISHED);
  }

  @Test
  void noRowsForAnyPartitionAreARunOfTheirOwn() {
    TestProject project =
        project("overwrite-partitions, partition: [id]", "", "RowCount > 0")
            .file("raw/2026-11-17.csv", "id,name\n1,a\n")
            .file("raw/2026-11-18.csv", "id,name\n");
    long first = run(project, FIRST).get(0).run().orElseThrow().snapshot();

    JobResult second = run(project, SECOND).get(0);

    assertThat(second.ending()).as(second.message()).isEqualTo(Ending.PUBLISHED);
    assertThat(second.run().orElseThrow().counts().written()).isZero();
    assertThat(second.run().orElseThrow().snapshot()).isNotEqualTo(first);
    assertThat(project.lines("SELECT id, name FROM lake.prepared.cars")).containsExactly("1|a");
    assertThat(run(project, SECOND).get(0).ending()).isEqualTo(Ending.UNCHANGED);
  }

  @Test
  void aLabelThatNoRuleHasStopsTheRun() {
    TestProject project =
        project(
                "append",
                "gate: {must-pass: {level: must}}",
                "RowCount > 5 labels=[\"level\"=\"msut\"]")
            .file("raw/2026-11-17.csv", "id,name\n1,a\n");

    assertThatThrownBy(() -> run(project, FIRST))
        .hasMessageContaining("no rule of")
        .hasMessageContaining("'level: must'");
  }

  @Test
  void aMergeIntoKeysThatTheTableHoldsTwiceIsRefused() {
    TestProject project =
        merging()
            .file("raw/2026-11-17.csv", "id,name,gone\n1,a,false\n")
            .file("raw/2026-11-18.csv", "id,name,gone\n1,b,\n");
    run(project, FIRST);
    project.sql("INSERT INTO lake.prepared.cars VALUES (1, 'c', false)");

    JobResult refused = run(project, SECOND).get(0);

    assertThat(refused.exit()).isEqualTo(ExitKind.WRONG_FILES);
    assertThat(refused.message()).contains("of which it holds more than one row");
  }

  @Test
  void publishesAgainWhenAnInputIsWhatItWasBeforeTheLast() {
    TestProject project = project("replace", "", "RowCount > 0");
    project.file("raw/2026-11-17.csv", "id,name\n1,a\n");
    String first = read("jobs/p/cars.yaml");
    run(project, FIRST);
    project.file("jobs/p/cars.yaml", first + "steps: [{filter: id > 1}]\ngate: {empty: pass}\n");
    run(project, FIRST);
    assertThat(project.lines("SELECT id FROM lake.prepared.cars")).isEmpty();
    project.file("jobs/p/cars.yaml", first);

    JobResult back = run(project, FIRST).get(0);

    assertThat(back.ending()).isEqualTo(Ending.PUBLISHED);
    assertThat(project.lines("SELECT id FROM lake.prepared.cars")).containsExactly("1");
  }

  @Test
  void decidesAgainWhenAReferenceChanged() {
    TestProject project =
        project(
                "replace",
                "references: {known: raw.known}\ngate: {minimum-score: 100}",
                "ReferentialIntegrity \"id\" \"known.id\" = 1.0")
            .file("raw/2026-11-17.csv", "id,name\n5,a\n");
    project.sql("CREATE NAMESPACE lake.raw");
    project.sql("CREATE TABLE lake.raw.known (id INT) USING iceberg");
    project.sql("INSERT INTO lake.raw.known VALUES (1)");
    assertThat(run(project, FIRST).get(0).ending()).isEqualTo(Ending.HELD);
    project.sql("INSERT INTO lake.raw.known VALUES (5)");

    RunRecord published = run(project, FIRST).get(0).run().orElseThrow();
    assertThat(published.state()).isEqualTo(RunState.PUBLISHED);
    assertThat(project.ledger().run(published.runId()).orElseThrow().references())
        .isEqualTo(
            Map.of(
                "known",
                "raw.known@"
                    + project
                        .catalog()
                        .find(new TableName("raw", "known"))
                        .orElseThrow()
                        .currentSnapshot()
                        .snapshotId()));
  }

  @Test
  void saysWhyAnOldDateIsNotPutBack() {
    TestProject project =
        project("replace", "", "RowCount > 0")
            .file("raw/2026-11-17.csv", "id,name\n1,a\n")
            .file("raw/2026-11-18.csv", "id,name\n2,b\n");
    run(project, FIRST);
    assertThat(run(project, FIRST).get(0).message()).isEmpty();
    RunRecord second = run(project, SECOND).get(0).run().orElseThrow();

    JobResult old = run(project, FIRST).get(0);
    JobResult forced = project.run("jobs/p", FIRST, Map.of(), RunOption.FORCE).get(0);

    assertThat(old.ending()).isEqualTo(Ending.UNCHANGED);
    assertThat(old.message())
        .isEqualTo(
            "the rows of 2026-11-17 were published before, and main holds those of 2026-11-18 since (run %s). To put those of 2026-11-17 in their place, run it with --force."
                .formatted(second.runId().substring(0, 8)));
    assertThat(forced.ending()).isEqualTo(Ending.PUBLISHED);
    assertThat(project.lines("SELECT id FROM lake.prepared.cars")).containsExactly("1");
  }

  @Test
  void refusesToMergeRowsWithoutAKeyOfTheirOwn() {
    TestProject project =
        new TestProject(folder)
            .pipeline()
            .job(
                "cars",
                """
                kind: prepare
                name: cars
                inputs:
                  cars: {files: "${root}/raw/*.csv", format: csv, columns: {id: int, present: string}}
                output: {table: prepared.cars, mode: merge, keys: [id]}
                ruleset: none
                """,
                "RowCount > 0")
            .file("raw/a.csv", "id,present\n1,a\n1,b\n,c\n");

    JobResult refused = run(project, FIRST).get(0);
    project.file("raw/a.csv", "id,present\n1,b\n");
    JobResult mended = run(project, FIRST).get(0);

    assertThat(refused.exit()).isEqualTo(ExitKind.WRONG_FILES);
    assertThat(refused.message())
        .contains("1 rows have a NULL in it, 1 keys stand more than once")
        .contains("Add a deduplicate step");
    assertThat(mended.ending()).as(mended.message()).isEqualTo(Ending.PUBLISHED);
  }

  @Test
  void aFailedFirstRunDoesNotFixTheColumns() {
    TestProject project =
        new TestProject(folder)
            .pipeline()
            .job(
                "cars",
                """
                kind: prepare
                name: cars
                inputs:
                  cars: {files: "${root}/raw/*.csv", format: csv, columns: {id: int, old: string}}
                steps: [{derive: {wrong: "CAST(old AS INT)"}}]
                output: {table: prepared.cars, mode: merge, keys: [id]}
                ruleset: none
                """,
                "RowCount > 0")
            .file("raw/a.csv", "id,old\n1,1\n1,2\n");
    assertThat(run(project, FIRST).get(0).ending()).isEqualTo(Ending.FAILED);
    project.file("jobs/p/cars.yaml", read("jobs/p/cars.yaml").replace("old", "fresh"));
    project.file("raw/a.csv", "id,fresh\n1,1\n");

    JobResult result = run(project, FIRST).get(0);

    assertThat(result.ending()).as(result.message()).isEqualTo(Ending.PUBLISHED);
  }

  @Test
  void oneRuleThatBreaksLeavesTheOthersTheirAnswers() {
    TestProject project =
        project(
                "replace",
                "gate: {unanswered: ignore}",
                """
                RowCount = 2,
                RowCount = 2 where "id > 1) AND (id < 4",
                RowCount = 2 where "raise_error('boom') IS NULL",
                IsComplete "id"
                """)
            .file("raw/2026-11-17.csv", "id,name\n1,a\n2,b\n");

    JobResult result = run(project, FIRST).get(0);

    assertThat(result.outcomes())
        .extracting(outcome -> outcome.verdict().name())
        .containsExactly("PASSED", "UNANSWERED", "UNANSWERED", "PASSED");
    assertThat(result.ending()).isEqualTo(Ending.PUBLISHED);
  }

  @Test
  void namesTheStepWithATypingError() {
    TestProject project = project("replace", "steps: [{filter: nmae = 'x'}]", "RowCount > 0");
    project.file("raw/2026-11-17.csv", "id,name\n1,a\n");

    JobResult result = run(project, FIRST).get(0);

    assertThat(result.exit()).isEqualTo(ExitKind.WRONG_FILES);
    assertThat(result.message())
        .startsWith("Step 1, filter: Spark cannot read the SQL:")
        .contains("nmae");
  }

  @Test
  void sqlThatFailsForAValueIsItsAuthorsTurnAndHasAPlace() {
    TestProject project = project("replace", "", "RowCount > 0");
    project.file("raw/2026-11-17.csv", "id,name\n1,a\n0,secret\n");
    project.file(
        "jobs/p/zshares.yaml",
        """
        kind: build
        name: zshares
        inputs: {cars: prepared.cars}
        sql: |
          SELECT
            id, 6 div id AS share
          FROM cars
        output: {table: semantic.shares, mode: replace}
        ruleset: none
        """);

    JobResult failed = run(project, FIRST).get(1);
    project.file(
        "jobs/p/zshares.yaml",
        read("jobs/p/zshares.yaml").replace("6 div id", "CAST(name AS INT)"));
    JobResult cast = run(project, FIRST).get(1);

    assertThat(failed.exit()).isEqualTo(ExitKind.WRONG_FILES);
    assertThat(failed.message())
        .isEqualTo(
            "%s/jobs/p/zshares.yaml:6:9: the SQL fails for a value (DIVIDE_BY_ZERO), and nothing was published. Write it so that no value can break it: try_divide(…, …) gives NULL instead."
                .formatted(folder));
    assertThat(cast.message())
        .contains("6:9: ", "(CAST_INVALID_INPUT)", "try_cast")
        .doesNotContain("secret");
    assertThat(project.catalog().find(new TableName("semantic", "shares")).orElseThrow())
        .extracting(Table::currentSnapshot)
        .isNull();
  }

  @Test
  void sqlThatFailsWhateverTheRowIsRefused() {
    TestProject project =
        project("replace", "steps: [{derive: {broken: 1 div 0}}]", "RowCount > 0")
            .file("raw/2026-11-17.csv", "id,name\n1,a\n");

    JobResult result = run(project, FIRST).get(0);

    assertThat(result.exit()).isEqualTo(ExitKind.WRONG_FILES);
    assertThat(result.message())
        .isEqualTo("Step 1, derive 'broken': the SQL fails for every row (DIVIDE_BY_ZERO).");
  }

  @Test
  void aRowWhoseEncryptedValueIsTheSameIsUnchanged() {
    TestProject project =
        new TestProject(folder)
            .pipeline()
            .job(
                "cars",
                """
                kind: prepare
                name: cars
                inputs:
                  cars:
                    files: ${root}/raw/${date}.csv
                    format: csv
                    columns: {id: int, driver: string, mail: string}
                steps:
                  - protect: {driver: encrypt, mail: encrypt}
                  - rename: {mail: address}
                output: {table: prepared.cars, mode: merge, keys: [id]}
                ruleset: none
                """,
                "RowCount > 0")
            .file("raw/2026-11-17.csv", "id,driver,mail\n1,Ann,a@b\n2,Bob,\n3,Cid,c@d\n")
            .file("raw/2026-11-18.csv", "id,driver,mail\n1,Ann,a@b\n2,Bob,\n3,Cid,new@d\n");
    new dev.assay.keys.files.KeyFile(project.profile().keyFile().orElseThrow())
        .save(dev.assay.keys.KeyRing.create());
    run(project, FIRST);
    List<String> before =
        project.lines("SELECT driver, address FROM lake.prepared.cars WHERE id < 3 ORDER BY id");

    JobResult again = run(project, SECOND).get(0);

    assertThat(again.ending()).as(again.message()).isEqualTo(Ending.PUBLISHED);
    assertThat(again.run().orElseThrow().merged())
        .contains(new dev.assay.model.MergeCounts(0, 1, 0, 2));
    assertThat(
            project.lines(
                "SELECT driver, address FROM lake.prepared.cars WHERE id < 3 ORDER BY id"))
        .isEqualTo(before);
  }
}
