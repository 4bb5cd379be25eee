package dev.assay.pipeline;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.jobs.JobFiles;
import dev.assay.model.AssayException;
import dev.assay.model.job.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobSqlTest {
  private static final String PREPARE =
      """
      kind: prepare
      name: cars
      inputs: {cars: {files: raw/*.csv, format: csv, columns: {id: int}}}
      steps:
        - filter: id > 0
        - derive:
            twice: "id * 2"
        - row-rules:
            small: >
              id < 10
      output: {table: prepared.cars, mode: replace}
      ruleset: none
      """;

  private static final String BUILD =
      """
      kind: build
      name: counts
      inputs: {cars: {table: prepared.cars}}
      sql: |
        SELECT colour,
               count(*) AS cars
        FROM cars
        GROUP BY colour
      output: {table: semantic.counts, mode: replace}
      ruleset: none
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "filter: id > 0 | filter: id > > 0 | 5:18",
        "id * 2 | id * ) 2 | 7:20",
        // YAML made one line of several: only its start is known
        "id < 10 | id < < 10 | 9:14",
      })
  void namesLineAndColumnOfAStep(String right, String wrong, String place) throws IOException {
    assertThatCode(() -> JobSql.check(job(PREPARE))).doesNotThrowAnyException();

    assertThatThrownBy(() -> JobSql.check(job(PREPARE.replace(right, wrong))))
        .isInstanceOf(AssayException.class)
        .hasMessageContaining("job.yaml:" + place + ": Spark cannot read the SQL: ")
        .hasMessageEndingWith("Correct it near here.");
  }

  @Test
  void namesLineAndColumnInAStatementOfSeveralLines() throws IOException {
    assertThatCode(() -> JobSql.check(job(BUILD))).doesNotThrowAnyException();

    assertThatThrownBy(() -> JobSql.check(job(BUILD.replace("AS cars", "AS AS cars"))))
        .hasMessageContaining("job.yaml:6:25: Spark cannot read the SQL: ");
    assertThatThrownBy(() -> JobSql.check(job(BUILD.replace("GROUP BY", "GRUOP BY"))))
        .hasMessageContaining("job.yaml:8:");
  }

  private Job job(String text) throws IOException {
    Files.writeString(folder.resolve("pipeline.yaml"), "name: p\nowner: me@example.com\n");
    Files.writeString(folder.resolve("job.yaml"), text);
    return new JobFiles(Clock.systemUTC(), Map.of(), Optional.empty()).load(folder).chosen().get(0);
  }
}
