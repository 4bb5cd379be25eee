package dev.assay.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.TestProject;
import dev.assay.model.RunRecord;
import dev.assay.model.TableName;
import dev.assay.pipeline.JobResult.Ending;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options of inputs, outputs and gates, several in a run, by what becomes of the rows. */
@Tag("long")
class OptionsIT {
  private static final TableName VISITS = new TableName("prepared", "visits");
  private static final LocalDate FIRST = LocalDate.of(2026, 11, 14);
  private static final String ALL =
      "SELECT id, day, dealer, phone, note FROM lake.prepared.visits ORDER BY id";

  private static final String JOB =
      """
      kind: prepare
      name: visits
      inputs:
        visits:
          files: ${root}/raw/${date}.csv
          format: csv
          csv: {null-text: "-"}
          columns: {id: int, day: date, dealer: string, phone: string, note: string}
      steps:
        - normalise: {dealer: upper, phone: digits, note: single-spaces}
      output: {table: prepared.visits, mode: overwrite-partitions, partition: [day], sort: [id]}
      ruleset: rulesets/prepared/visits.dqdl
      gate: {first-publish: review, maximum-quarantine: 30, must-pass: {level: hard}}
      """;

  @TempDir Path folder;

  private TestProject project() {
    return new TestProject(folder)
        .pipeline()
        .job("visits", JOB, "IsComplete \"id\" labels=[\"level\"=\"hard\"], RowCount > 1000");
  }

  private static void raw(TestProject project, LocalDate date, String columns, String... rows) {
    project.file("raw/%s.csv".formatted(date), columns + "\n" + String.join("\n", rows) + "\n");
  }

  private static JobResult run(TestProject project, LocalDate date) {
    return project.run("jobs/p", date, Map.of()).get(0);
  }

  private static Table table(TestProject project) {
    return project.catalog().find(VISITS).orElseThrow();
  }

  @Test
  void filesPartitionsAndGates() {
    TestProject project = project();
    String columns = "id,day,dealer,phone,note";
    raw(
        project,
        FIRST,
        columns,
        "3,2026-11-01,north,+49 (30) 1-2,a   b",
        "1,2026-11-01,-,-,-",
        "2,2026-11-02,south,7,c");

    JobResult first = run(project, FIRST);
    RunRecord waiting = first.run().orElseThrow();
    assertThat(first.ending()).isEqualTo(Ending.HELD);
    assertThat(waiting.gateReasons())
        .containsExactly("It is the first load, and the job asks for a review of it.");
    new Decisions(project.catalog(), project.ledger(), Clock.systemUTC())
        .approve(waiting.runId(), "somebody", "looked at it");
    assertThat(project.lines(ALL))
        .containsExactly(
            "1|2026-11-01|null|null|null",
            "2|2026-11-02|SOUTH|7|c",
            "3|2026-11-01|NORTH|493012|a b");
    assertThat(project.lines("SELECT id FROM lake.prepared.visits WHERE day = '2026-11-01'"))
        .as("in the order of the file")
        .containsExactly("1", "3");

    LocalDate second = FIRST.plusDays(1);
    raw(
        project,
        second,
        columns,
        "9,2026-11-02,east,8,d",
        "8,2026-11-03,east,8,e",
        "6,2026-11-03,east,8,e",
        "x,2026-11-01,bad,1,f");
    JobResult replacing = run(project, second);
    assertThat(replacing.ending()).as(replacing.message()).isEqualTo(Ending.PUBLISHED);
    assertThat(project.lines("SELECT id FROM lake.prepared.visits ORDER BY id"))
        .as("the first day's rows stay, those of the second are others")
        .containsExactly("1", "3", "6", "8", "9");

    LocalDate third = FIRST.plusDays(2);
    raw(project, third, columns, "5,2026-11-04,a,1,a", "x,2026-11-04,a,1,a");
    JobResult tooMany = run(project, third);
    assertThat(tooMany.run().orElseThrow().gateReasons())
        .containsExactly("50 % of the rows are quarantined; at most 30 % may be.");

    LocalDate fourth = FIRST.plusDays(3);
    raw(project, fourth, columns, "-,2026-11-04,a,1,a");
    JobResult mustPass = run(project, fourth);
    assertThat(mustPass.run().orElseThrow().gateReasons())
        .singleElement()
        .asString()
        .startsWith("Must pass, and failed: IsComplete \"id\".");
    assertThat(project.lines("SELECT id FROM lake.prepared.visits ORDER BY id"))
        .containsExactly("1", "3", "6", "8", "9");
  }

  @Test
  void driftAndOrder() {
    TestProject project = project();
    String gate = "gate: {minimum-coverage: 0}\n";
    String job = JOB.substring(0, JOB.indexOf("gate:")) + gate;
    project.file("jobs/p/visits.yaml", job);
    raw(project, FIRST, "id,day,dealer,phone,note", "1,2026-11-01,a,2,x", "2,2026-11-01,a,1,x");
    assertThat(run(project, FIRST).ending()).isEqualTo(Ending.PUBLISHED);
    String wider =
        job.replace("{id: int,", "{id: bigint, km: int,").replace("sort: [id]", "sort: [phone]");
    String columns = "id,km,day,dealer,phone,note";

    LocalDate second = FIRST.plusDays(1);
    raw(project, second, columns, "3,30,2026-11-02,a,2,x", "4,40,2026-11-02,a,1,x");
    project.file(
        "jobs/p/visits.yaml",
        wider.replace("sort:", "drift: warn, sort:").replace("coverage: 0", "score: 99"));
    assertThat(run(project, second).ending()).isEqualTo(Ending.HELD);
    assertThat(table(project).sortOrder().toString()).as("while it is held").contains("(1)");
    project.file("jobs/p/visits.yaml", wider.replace("sort:", "drift: warn, sort:"));
    JobResult warned = project.run("jobs/p", second, Map.of(), RunOption.FORCE).get(0);
    assertThat(warned.ending()).as(warned.message()).isEqualTo(Ending.PUBLISHED);
    assertThat(warned.run().orElseThrow().note())
        .isEqualTo(
            "left out: new column 'km' int; column 'id' is now long, and was written as the table's int");
    assertThat(table(project).schema().findField("km")).isNull();
    int phone = table(project).schema().findField("phone").fieldId();
    assertThat(table(project).sortOrder().fields())
        .singleElement()
        .satisfies(field -> assertThat(field.sourceId()).isEqualTo(phone));

    LocalDate third = FIRST.plusDays(2);
    raw(project, third, columns, "5,50,2026-11-03,a,2,x", "6,60,2026-11-03,a,1,x");
    project.file("jobs/p/visits.yaml", wider.replace("sort:", "drift: evolve, sort:"));
    JobResult evolved = run(project, third);
    assertThat(evolved.ending()).as(evolved.message()).isEqualTo(Ending.PUBLISHED);
    assertThat(evolved.run().orElseThrow().note())
        .startsWith("taken in, and visible on main since staging: new column 'km' int");
    assertThat(project.lines("SELECT id, km FROM lake.prepared.visits ORDER BY id"))
        .containsExactly("1|null", "2|null", "3|null", "4|null", "5|50", "6|60");
    assertThat(project.lines("SELECT id FROM lake.prepared.visits WHERE day = '2026-11-03'"))
        .as("in the new order of the file")
        .containsExactly("6", "5");

    LocalDate fourth = FIRST.plusDays(3);
    raw(project, fourth, columns, "7,99999999999,2026-11-03,a,2,x");
    project.file(
        "jobs/p/visits.yaml",
        wider.replace("km: int", "km: bigint").replace("sort:", "drift: warn, sort:"));
    assertThat(run(project, fourth).message())
        .isEqualTo(
            "%s: a value has no room in its column of prepared.visits (CAST_OVERFLOW_IN_TABLE_INSERT), and nothing was published. Set output.drift: evolve, which lets the column grow, or cast in the job."
                .formatted(folder.resolve("jobs/p/visits.yaml")));
  }

  @Test
  void snapshotsAndRewrittenRowsOfTables() {
    TestProject project = new TestProject(folder).pipeline();
    project.sql("CREATE NAMESPACE lake.raw");
    project.sql("CREATE TABLE lake.raw.visits (id INT) USING iceberg");
    project.sql("INSERT INTO lake.raw.visits VALUES (1), (2)");
    long old = snapshot(project);
    project.job(
        "fixed",
        """
        kind: prepare
        name: fixed
        inputs: {visits: {table: raw.visits, snapshot: "${old}"}}
        output: {table: prepared.fixed, mode: replace}
        ruleset: none
        """,
        "RowCount > 0");
    project.job(
        "news",
        """
        kind: prepare
        name: news
        inputs: {visits: {table: raw.visits, read: changes, on-rewrite: ignore}}
        output: {table: prepared.news, mode: append}
        ruleset: none
        """,
        "RowCount > 0");
    Map<String, String> variables = Map.of("old", Long.toString(old));
    project.run("jobs/p", FIRST, variables);
    project.sql("INSERT INTO lake.raw.visits VALUES (3)");
    project.sql("DELETE FROM lake.raw.visits WHERE id = 1");
    project.sql("INSERT INTO lake.raw.visits VALUES (4)");

    var results = project.run("jobs/p", FIRST.plusDays(1), variables);

    assertThat(results)
        .extracting(JobResult::ending)
        .containsExactly(Ending.UNCHANGED, Ending.PUBLISHED);
    assertThat(results.get(1).run().orElseThrow().counts().read()).isEqualTo(2);
    assertThat(project.lines("SELECT id FROM lake.prepared.fixed ORDER BY id"))
        .containsExactly("1", "2");
    assertThat(project.lines("SELECT id FROM lake.prepared.news ORDER BY id"))
        .containsExactly("1", "2", "3", "4");
  }

  private static long snapshot(TestProject project) {
    return project
        .catalog()
        .find(new TableName("raw", "visits"))
        .orElseThrow()
        .currentSnapshot()
        .snapshotId();
  }
}
