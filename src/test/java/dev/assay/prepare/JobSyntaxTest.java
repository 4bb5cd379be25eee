package dev.assay.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.JobFiles;
import dev.assay.model.job.Job;
import dev.assay.prepare.JobSyntax.Mistake;
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
      assertThat(jobs).allMatch(job -> JobSyntax.mistake(job).isEmpty());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "filter: id > 0 | filter: id > > 0 | steps/0/filter | 5",
        "id * 2 | id * ) 2 | steps/1/derive/twice | 5",
        "id DESC NULLS LAST | id DESC SOON | steps/2/deduplicate/order/0 | 8",
        "id % 2 = 0 | id % = 0 | steps/3/row-rules/even | 5",
        "deletes: gone | deletes: gone ) | output/deletes | 5"
      })
  void namesThePlaceWhereSparkStopsReading(String right, String wrong, String path, int offset)
      throws IOException {
    assertThat(JobSyntax.mistake(job(JOB))).isEmpty();

    Mistake mistake = JobSyntax.mistake(job(JOB.replace(right, wrong))).orElseThrow();

    assertThat(String.join("/", mistake.path())).isEqualTo(path);
    assertThat(mistake.offset()).isEqualTo(offset);
    assertThat(mistake.found()).startsWith("[PARSE_SYNTAX_ERROR]").doesNotContain("pos");
  }

  private Job job(String text) throws IOException {
    Files.writeString(folder.resolve("pipeline.yaml"), "name: p\nowner: me@example.com\n");
    Files.writeString(folder.resolve("cars.yaml"), text);
    return new JobFiles(Clock.systemUTC(), Map.of(), Optional.empty()).load(folder).chosen().get(0);
  }
}
