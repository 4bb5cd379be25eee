package dev.assay.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.JobFiles;
import dev.assay.model.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobSyntaxTest {
  private static final String JOB =
      """
      kind: prepare
      name: cars
      inputs: {cars: {files: raw/*.csv, format: csv, columns: {id: int, gone: boolean}}}
      steps:
        - filter: id > 0
        - derive: {twice: id * 2}
        - deduplicate: {keys: [id], order: [id DESC NULLS LAST]}
        - row-rules: {even: id % 2 = 0}
      output: {table: prepared.cars, mode: merge, keys: [id], deletes: gone}
      ruleset: none
      """;

  @TempDir Path folder;

  @Test
  void theJobsOfThisProjectAreFine() {
    for (String pipeline : List.of("jobs/demo", "jobs/adventureworks")) {
      List<Job> jobs =
          new JobFiles(Clock.systemUTC(), Map.of("raw", "raw", "home", "/home"), Optional.empty())
              .load(Path.of(pipeline))
              .chosen();
      assertThat(jobs).isNotEmpty();
      jobs.forEach(JobSyntax::check);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "filter: id > 0 | filter: id > > 0 | step 1, filter",
        "id * 2 | id * * 2 | step 2, derive twice",
        "id DESC NULLS LAST | id DOWN | step 3, deduplicate order",
        "id % 2 = 0 | id % = 0 | step 4, row rule even",
        "deletes: gone | deletes: gone ) | output.deletes"
      })
  void namesThePlaceThatSparkCannotRead(String right, String wrong, String place)
      throws IOException {
    JobSyntax.check(job(JOB));

    assertThatThrownBy(() -> JobSyntax.check(job(JOB.replace(right, wrong))))
        .hasMessageContaining("cars.yaml: " + place + ": Spark cannot read the SQL: ");
  }

  private Job job(String text) throws IOException {
    Files.writeString(folder.resolve("pipeline.yaml"), "name: p\nowner: me@example.com\n");
    Files.writeString(folder.resolve("cars.yaml"), text);
    return new JobFiles(Clock.systemUTC(), Map.of(), Optional.empty()).load(folder).chosen().get(0);
  }
}
