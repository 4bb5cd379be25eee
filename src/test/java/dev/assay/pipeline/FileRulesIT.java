package dev.assay.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.Assay;
import dev.assay.cli.Moto;
import dev.assay.cli.TestProject;
import dev.assay.folders.Folder;
import dev.assay.model.RuleOutcome;
import dev.assay.model.Trace;
import dev.assay.model.UnansweredReason;
import dev.assay.pipeline.JobResult.Ending;
import dev.assay.rules.evidence.iceberg.IcebergEvidence;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Rules about files, in jobs and in S3. */
class FileRulesIT {
  private static final String JOB =
      """
      kind: prepare
      name: cars
      inputs:
        cars:
          files: %s
          format: json
          columns: {id: int}
      output: {table: prepared.cars, mode: replace}
      ruleset: rulesets/prepared/cars.dqdl
      """;

  @TempDir static Path log;
  @TempDir Path folder;

  private static Moto moto;

  @BeforeAll
  static void startServer() throws IOException, InterruptedException {
    moto = Moto.start(log.resolve("moto.log"));
  }

  @AfterAll
  static void stopServer() throws InterruptedException {
    moto.close();
  }

  @Test
  void withoutAPathAJobsRulesAreAboutTheFilesThatTheRunRead() {
    TestProject project =
        new TestProject(folder)
            .pipeline()
            .file("raw/a.jsonl", "{\"id\":1}\n")
            .file("raw/b.jsonl", "{\"id\":22}\n")
            .file("other/c.jsonl", "{\"id\":333}\n")
            .job(
                "cars",
                JOB.formatted("${root}/raw/*.jsonl"),
                "FileSize < 11 B, FileUniqueness = 1, FileFreshness > (now() - 1 hours), "
                    + "FileSize \"%s/other\" > 10 B, FileMatch \"%s/raw\" \"%s/other\""
                        .formatted(folder, folder, folder));

    JobResult result = project.runOne();

    assertThat(result.ending()).isEqualTo(Ending.PUBLISHED);
    assertThat(result.outcomes())
        .extracting(RuleOutcome::passed)
        .containsExactly(true, true, true, true, false);
    assertThat(result.outcomes())
        .extracting(RuleOutcome::failingRows)
        .containsOnly(java.util.Optional.empty());
    assertThat(project.lines("SELECT evidence FROM lake.assay.outcomes ORDER BY ordinal"))
        .containsExactly("METADATA", "METADATA", "METADATA", "METADATA", "METADATA");
    assertThat(
            project.lines(
                "SELECT DISTINCT name, value FROM lake.assay.metrics WHERE name = 'FileUniquenessRatio'"))
        .containsExactly("FileUniquenessRatio|1.0");

    // only the ruleset changes: scored again, for the files of the same run
    project.file(
        "rulesets/prepared/cars.dqdl", "Rules = [ FileSize < 10 B with threshold >= 0.5 ]");
    JobResult again = project.runOne();
    assertThat(again.ending()).isEqualTo(Ending.RESCORED);
    assertThat(again.outcomes().get(0).observed())
        .startsWith("1 of 2 files meet it, not ")
        .contains("b.jsonl");
  }

  @Test
  void aTableHasNoFilesThatAnybodyKnows() {
    TestProject project =
        new TestProject(folder)
            .pipeline()
            .file("raw/a.jsonl", "{\"id\":1}\n")
            .job("cars", JOB.formatted("${root}/raw/*.jsonl"), "RowCount = 1");
    project.file(
        "jobs/p/more.yaml",
        """
        kind: build
        name: more
        inputs: {cars: prepared.cars}
        sql: SELECT * FROM cars
        output: {table: semantic.more, mode: replace}
        ruleset: rulesets/semantic/more.dqdl
        """);
    project.file("rulesets/semantic/more.dqdl", "Rules = [ FileSize > 1 B ]");

    RuleOutcome outcome = project.run().get(1).outcomes().get(0);

    assertThat(outcome.reason()).contains(UnansweredReason.MISSING_FILES);
    assertThat(outcome.message()).startsWith("The job reads tables, and no files. Name a path");
  }

  @Test
  void filesInS3AreListedReadAndScored() {
    TestProject project =
        new TestProject(folder, moto.catalog("s3://files/warehouse"), moto.hadoop());
    try (S3Client s3 = moto.s3()) {
      s3.createBucket(r -> r.bucket("files"));
      put(s3, "raw/a.csv", "id\n1\n");
      put(s3, "raw/b.csv", "id\n2\n");
      put(s3, "copy/b.csv", "id\n2\n");
      put(s3, "copy/a.csv", "id\n1\n");
    }
    Assay assay =
        Assay.on(project.spark())
            .withEvidence(new IcebergEvidence(project.catalog().iceberg(), Clock.systemUTC()));
    String rules =
        """
        Rules = [
          FileSize = 5 B,
          FileFreshness "s3://files/raw/" > (now() - 1 hours) with recentFiles = 1,
          FileMatch "s3://files/raw/" "s3://files/copy/" with matchFileName = "true",
          FileMatch "s3://files/raw/a.csv" in ["%s"] with hashAlgorithm = "MD5",
          ColumnValues "id" in ["1", "2"]
        ]
        """
            .formatted("bc9280dfc1d4e67233f138f5bbbf0951");

    List<RuleOutcome> first = assay.score(Folder.of("s3://files/raw"), rules).outcomes();
    try (S3Client s3 = moto.s3()) {
      // the same size within the same second: only the ETag tells
      put(s3, "raw/b.csv", "id\n3\n");
    }
    List<RuleOutcome> changed = assay.score(Folder.of("s3://files/raw"), rules).outcomes();

    assertThat(first)
        .extracting(RuleOutcome::passed)
        .as(first.toString())
        .containsExactly(true, true, true, true, true);
    assertThat(changed)
        .extracting(RuleOutcome::passed)
        .containsExactly(true, true, false, true, false);
    assertThat(changed.get(4).cost().trace())
        .extracting(Trace::storedSlices, Trace::scannedSlices)
        .containsExactly(1, 1);
  }

  private static void put(S3Client s3, String key, String text) {
    s3.putObject(r -> r.bucket("files").key(key), RequestBody.fromString(text));
  }
}
