package dev.assay.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.TestProject;
import dev.assay.model.QuarantineCount;
import dev.assay.model.RuleOutcome;
import dev.assay.pipeline.JobResult.Ending;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents with structs on their way through a job. */
@Tag("long")
class NestedFieldsIT {
  @TempDir Path folder;

  @Test
  void rowRulesQuarantineByFieldsAndRulesScoreThem() {
    TestProject project =
        new TestProject(folder)
            .pipeline()
            .job(
                "people",
                """
                kind: prepare
                name: people
                inputs:
                  people:
                    files: ${root}/raw/*.jsonl
                    format: json
                    columns:
                      id: int
                      address: "struct<city:string,zip:string>"
                steps:
                  - row-rules:
                      zip_is_known: address.zip IS NOT NULL
                output: {table: prepared.people, mode: replace}
                ruleset: rulesets/prepared/people.dqdl
                """,
                "ColumnValues \"address.zip\" matches \"[0-9]{5}\", Completeness \"address.city\" = 0.5, IsUnique \"address.zip\"")
            .file(
                "raw/a.jsonl",
                """
                {"id": 1, "address": {"city": "A", "zip": "00001"}}
                {"id": 2, "address": {"zip": "00002"}}
                {"id": 3, "address": {"city": "C"}}
                {"id": 4}
                """);

    JobResult result = project.run("jobs/p", java.time.LocalDate.of(2026, 11, 18), Map.of()).get(0);

    assertThat(result.ending()).isEqualTo(Ending.PUBLISHED);
    assertThat(result.outcomes()).allMatch(RuleOutcome::passed);
    assertThat(result.outcomes().get(1).columns()).containsExactly("address.city");
    assertThat(result.quarantine())
        .extracting(QuarantineCount::detail, QuarantineCount::rows)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("zip_is_known", 2L));
  }
}
