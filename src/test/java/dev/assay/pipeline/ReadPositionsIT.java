package dev.assay.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.TestProject;
import dev.assay.keys.KeyRing;
import dev.assay.keys.files.KeyFile;
import dev.assay.lake.iceberg.Housekeeping;
import dev.assay.model.TableName;
import dev.assay.pipeline.JobResult.Ending;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far a job has read is never forgotten, and never believed when main says otherwise. */
class ReadPositionsIT {
  private static final TableName VISITS = new TableName("prepared", "visits");

  @TempDir Path folder;

  private TestProject project;

  @BeforeEach
  void pipeline() {
    project = new TestProject(folder).pipeline();
  }

  private void table() {
    project.sql("CREATE NAMESPACE lake.raw");
    project.sql("CREATE TABLE lake.raw.visits (id INT) USING iceberg");
    project.sql("INSERT INTO lake.raw.visits VALUES (1), (2)");
  }

  private void job(String name, String input, String output) {
    project.job(
        name,
        """
        kind: prepare
        name: %s
        inputs: {%s}
        output: {table: prepared.visits, %s}
        ruleset: none
        """
            .formatted(name, input, output),
        "RowCount > 0");
  }

  private JobResult run(RunOption... options) {
    return project.run("jobs/p", LocalDate.of(2026, 11, 18), Map.of(), options).get(0);
  }

  private List<String> ids() {
    return project.lines("SELECT id FROM lake.prepared.visits ORDER BY id");
  }

  @Test
  void anInputUnderAnotherNameIsReadOnFromWhereItWas() {
    table();
    job("visits", "visits: {table: raw.visits, read: changes}", "mode: append");
    run();
    project.sql("INSERT INTO lake.raw.visits VALUES (3)");
    job("visits", "all: {table: raw.visits, read: changes}", "mode: append");

    assertThat(run().run().orElseThrow().counts().read()).isEqualTo(1);
    assertThat(ids()).containsExactly("1", "2", "3");
  }

  @Test
  void aJobThatTakesTheOthersPlaceReadsOnFromWhereThatWas() {
    table();
    job("visits", "visits: {table: raw.visits, read: changes}", "mode: append");
    run();
    project.sql("INSERT INTO lake.raw.visits VALUES (3)");
    delete("jobs/p/visits.yaml");
    job("guests", "visits: {table: raw.visits, read: changes}", "mode: append");

    assertThat(run().message()).contains("run it once with --force");
    assertThat(run(RunOption.FORCE).ending()).isEqualTo(Ending.PUBLISHED);
    assertThat(ids()).containsExactly("1", "2", "3");
  }

  @Test
  void theRemedyForAnExpiredStartWorks() {
    table();
    job("visits", "visits: {table: raw.visits, read: changes}", "mode: merge, keys: [id]");
    run();
    project.sql("INSERT INTO lake.raw.visits VALUES (3)");
    Table raw = project.catalog().find(new TableName("raw", "visits")).orElseThrow();
    raw.expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();
    assertThat(run().message()).contains("read: latest and mode merge");

    job("visits", "visits: {table: raw.visits}", "mode: merge, keys: [id]");
    assertThat(run().ending()).isEqualTo(Ending.PUBLISHED);
    job("visits", "visits: {table: raw.visits, read: changes}", "mode: merge, keys: [id]");
    project.sql("INSERT INTO lake.raw.visits VALUES (4)");

    assertThat(run().run().orElseThrow().counts().read()).isEqualTo(1);
    assertThat(ids()).containsExactly("1", "2", "3", "4");
  }

  @Test
  void othersCommitsAndTheirExpiryDoNotHideIt() {
    table();
    job("visits", "visits: {table: raw.visits, read: changes}", "mode: append");
    run();
    for (int commit = 0; commit < 3; commit++) {
      project.catalog().find(VISITS).orElseThrow().newFastAppend().commit();
    }
    project.sql("INSERT INTO lake.raw.visits VALUES (3)");

    expire();
    run();

    assertThat(ids()).containsExactly("1", "2", "3");
  }

  @Test
  void theLaterOfTwoJobsSaysHowFarAlsoAfterMaintenance() {
    table();
    job("visits", "visits: {table: raw.visits, read: changes}", "mode: append");
    run();
    project.catalog().find(VISITS).orElseThrow().newFastAppend().commit();
    expire();
    project.sql("INSERT INTO lake.raw.visits VALUES (3)");
    delete("jobs/p/visits.yaml");
    job("guests", "visits: {table: raw.visits, read: changes}", "mode: append");
    run(RunOption.FORCE);
    project.catalog().find(VISITS).orElseThrow().newFastAppend().commit();
    expire();
    project.sql("INSERT INTO lake.raw.visits VALUES (4)");

    assertThat(run().run().orElseThrow().counts().read()).isEqualTo(1);
    assertThat(ids()).containsExactly("1", "2", "3", "4");
    expire();
    long snapshots = main();
    expire();
    assertThat(main()).as("nothing to do").isEqualTo(snapshots);
  }

  private void expire() {
    new Housekeeping(project.spark(), project.catalog())
        .expire(VISITS, Instant.now().plusSeconds(60));
  }

  @Test
  void whatSomebodyRolledBackIsReadAgain() {
    String files =
        "visits: {files: \"${root}/raw/*.csv\", format: csv, columns: {id: int}, read: new-files}";
    project.file("raw/a.csv", "id\n1\n");
    job("visits", files, "mode: append");
    run();
    long first = main();
    project.file("raw/b.csv", "id\n2\n");
    run();
    project.catalog().find(VISITS).orElseThrow().manageSnapshots().rollbackTo(first).commit();
    assertThat(ids()).containsExactly("1");

    assertThat(run().ending()).isEqualTo(Ending.PUBLISHED);
    assertThat(ids()).containsExactly("1", "2");
    assertThat(run().ending()).isEqualTo(Ending.UNCHANGED);
  }

  @Test
  void filesAreKnownUnderNewKeysAndNewNamesOfTheJob() {
    String files =
        "visits: {files: \"${root}/raw/*.csv\", format: csv, columns: {id: int, mail: string}, read: new-files}";
    String plain = "mode: append";
    String protects =
        "mode: append}\nsteps: [{protect: {mail: tokenise}}]\ngate: {minimum-coverage: 100";
    project.file("raw/a.csv", "id,mail\n1,a@b.de\n");
    job("visits", files, plain);
    run();
    KeyFile keys = new KeyFile(folder.resolve("home/keys.json"));
    keys.save(KeyRing.create());

    job("visits", files, protects);
    assertThat(run().ending()).as("protected from now on").isEqualTo(Ending.UNCHANGED);
    project.file("raw/b.csv", "id,mail\n2,c@d.de\n");
    run();
    keys.save(keys.load().rotated());
    assertThat(run().ending()).as("keys rotated").isEqualTo(Ending.UNCHANGED);
    delete("jobs/p/visits.yaml");
    job("guests", files, protects);
    assertThat(run(RunOption.FORCE).ending()).as("renamed").isEqualTo(Ending.RESCORED);
    project.file("raw/c.csv", "id,mail\n3,e@f.de\n");
    run();

    assertThat(ids()).containsExactly("1", "2", "3");
  }

  private long main() {
    return project.catalog().find(VISITS).orElseThrow().currentSnapshot().snapshotId();
  }

  private void delete(String path) {
    try {
      java.nio.file.Files.delete(folder.resolve(path));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
