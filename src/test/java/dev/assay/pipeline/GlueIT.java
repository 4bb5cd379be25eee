package dev.assay.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.Moto;
import dev.assay.cli.TestProject;
import dev.assay.model.RunState;
import dev.assay.model.TableName;
import dev.assay.pipeline.JobResult.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The same pipeline against a Glue catalog and S3: raw files by s3://, tables by S3FileIO. */
class GlueIT {
  @TempDir static Path log;
  @TempDir Path folder;

  private static Moto moto;

  @BeforeAll
  static void startServer() throws IOException, InterruptedException {
    moto = Moto.start(log.resolve("moto.log"));
  }

  @AfterAll
  static void stopServer() throws IOException, InterruptedException {
    moto.close();
    assertThat(Files.readString(log.resolve("moto.log"))).doesNotContain("\" 500 ");
  }

  @Test
  void adventureWorksIsExactOnGlueAndS3() throws IOException {
    TestProject project = onGlue("works");
    try (S3Client s3 = moto.s3()) {
      AdventureWorks.SMALL.forEach(
          (name, text) ->
              s3.putObject(
                  r -> r.bucket("works").key("raw/" + name), RequestBody.fromString(text)));
    }
    AdventureWorks.ship(project);

    List<JobResult> results = run(project, "s3://works/raw");

    assertThat(results).extracting(JobResult::message).containsOnly("");
    assertThat(results).extracting(JobResult::ending).containsOnly(Ending.PUBLISHED);
    assertThat(project.lines(AdventureWorks.STATEMENT)).isEqualTo(AdventureWorks.SMALL_RESULT);
    assertThat(run(project, "s3://works/raw"))
        .extracting(JobResult::ending)
        .containsOnly(Ending.UNCHANGED);
    assertThat(project.ledger().runs(new TableName("semantic", "rate_changes_by_department_year")))
        .singleElement()
        .extracting(run -> run.state())
        .isEqualTo(RunState.PUBLISHED);
  }

  @Test
  void holdsAndQuarantinesOnGlueAndS3() throws IOException {
    TestProject project =
        onGlue("cars")
            .pipeline()
            .job(
                "cars",
                """
                kind: prepare
                name: cars
                inputs:
                  cars:
                    files: s3://cars/raw/*.jsonl
                    format: json
                    columns: {id: {type: int, nullable: false}}
                output: {table: prepared.cars, mode: replace}
                ruleset: rulesets/prepared/cars.dqdl
                gate: {minimum-score: 100}
                """,
                "RowCount > 5");
    try (S3Client s3 = moto.s3()) {
      s3.putObject(
          r -> r.bucket("cars").key("raw/a.jsonl"),
          RequestBody.fromString("{\"id\":1}\n{\"id\":\n"));
    }

    JobResult result = project.runOne();

    assertThat(result.ending()).as(result.message()).isEqualTo(Ending.HELD);
    assertThat(project.lines("SELECT * FROM lake.prepared.cars")).isEmpty();
    assertThat(
            project.lines(
                "SELECT source_file, source_offset, text FROM lake.quarantine.prepared_cars"))
        .containsExactly("s3://cars/raw/a.jsonl|9|{\"id\":");
    new Decisions(project.catalog(), project.ledger(), java.time.Clock.systemUTC())
        .approve(result.run().orElseThrow().runId(), "somebody", "looked at it");
    assertThat(project.lines("SELECT id FROM lake.prepared.cars")).containsExactly("1");
  }

  private TestProject onGlue(String bucket) {
    try (S3Client s3 = moto.s3()) {
      s3.createBucket(r -> r.bucket(bucket));
    }
    return new TestProject(folder, moto.catalog("s3://" + bucket + "/warehouse"), moto.hadoop());
  }

  private static List<JobResult> run(TestProject project, String raw) {
    return project.run("jobs/adventureworks", LocalDate.of(2026, 11, 20), Map.of("raw", raw));
  }
}
