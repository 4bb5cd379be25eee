package dev.assay.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.TestProject;
import dev.assay.pipeline.JobResult.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The shipped pipeline for AdventureWorks gives exact numbers, and its rulesets pass. */
class AdventureWorksIT {
  @TempDir Path folder;

  @Test
  void countsChangesOncePerDepartmentOfCurrentEmployees() throws IOException {
    TestProject project = new TestProject(folder);
    AdventureWorks.SMALL.forEach((name, text) -> project.file("raw/" + name, text));

    List<JobResult> results = run(project, folder.resolve("raw"));

    // a table of two departments is smaller than real ones, but every rule fits it
    assertThat(results).extracting(JobResult::ending).containsOnly(Ending.PUBLISHED);
    assertThat(project.lines(AdventureWorks.STATEMENT)).isEqualTo(AdventureWorks.SMALL_RESULT);
    assertThat(AdventureWorks.expected(folder.resolve("raw")))
        .isEqualTo(AdventureWorks.SMALL_RESULT);
    assertThat(
            project.lines("DESCRIBE lake.semantic.rate_changes_by_department_year").subList(0, 4))
        .extracting(line -> line.substring(0, line.lastIndexOf('|')))
        .containsExactly(
            "department_name|string",
            "rate_change_year|int",
            "shift_name|string",
            "rate_changes|bigint");
  }

  /**
   * The sample itself is not part of this repository; give its folder with -Dadventureworks.raw.
   */
  @Test
  @EnabledIfSystemProperty(named = "adventureworks.raw", matches = ".+")
  void isExactOnTheWholeSample() throws IOException {
    Path raw = Path.of(System.getProperty("adventureworks.raw")).toAbsolutePath();
    TestProject project = new TestProject(folder);

    List<JobResult> results = run(project, raw);

    assertThat(results).extracting(JobResult::ending).containsOnly(Ending.PUBLISHED);
    assertThat(results)
        .allMatch(result -> result.outcomes().stream().allMatch(outcome -> outcome.passed()));
    assertThat(project.lines(AdventureWorks.STATEMENT))
        .hasSize(70)
        .isEqualTo(AdventureWorks.expected(raw));
    assertThat(results)
        .extracting(result -> result.run().orElseThrow().counts().read())
        .containsExactly(16L, 290L, 3L, 296L, 316L, 70L);
  }

  @Test
  @EnabledIfSystemProperty(named = "adventureworks.raw", matches = ".+")
  void leavesOutEmployeesWhoAreNotCurrent() throws IOException {
    Path raw = Path.of(System.getProperty("adventureworks.raw")).toAbsolutePath();
    TestProject project = new TestProject(folder);
    for (String name : AdventureWorks.SMALL.keySet()) {
      project.file("raw/" + name, Files.readString(raw.resolve(name)));
    }
    String employees =
        Files.readString(raw.resolve("Employee.csv"))
            .replaceAll("(?m)^(\\d*[05],.*),1,([^,]+,[^,]+)$", "$1,0,$2");
    project.file("raw/Employee.csv", employees);

    run(project, folder.resolve("raw"));

    assertThat(project.lines(AdventureWorks.STATEMENT))
        .isEqualTo(AdventureWorks.expected(folder.resolve("raw")))
        .isNotEqualTo(AdventureWorks.expected(raw));
  }

  private static List<JobResult> run(TestProject project, Path raw) throws IOException {
    AdventureWorks.ship(project);
    return project.run(
        "jobs/adventureworks", LocalDate.of(2026, 11, 20), Map.of("raw", raw.toString()));
  }
}
