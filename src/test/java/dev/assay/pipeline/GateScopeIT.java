package dev.assay.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.ForkedJvm;
import dev.assay.cli.TestProject;
import dev.assay.model.AssayException;
import dev.assay.model.RuleOutcome;
import dev.assay.model.RunRecord;
import dev.assay.model.ScoreScope;
import dev.assay.model.TableName;
import dev.assay.model.UnansweredReason;
import dev.assay.pipeline.JobResult.Ending;
import dev.assay.reports.RunHistory;
import dev.assay.reports.RunJson;
import dev.assay.reports.RunSummary;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gates that look at what a run wrote, and gates that go on without bad rules. */
@Tag("long")
class GateScopeIT {
  private static final TableName CARS = new TableName("prepared", "cars");
  private static final LocalDate FIRST = LocalDate.of(2026, 11, 17);
  private static final LocalDate SECOND = LocalDate.of(2026, 11, 18);
  private static final String GOOD = "id,name\n1,a\n2,b\n3,c\n4,d\n5,e\n6,f\n7,g\n8,h\n";

  @TempDir Path folder;

  private TestProject project(String gate, String rules) {
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
            output: {table: prepared.cars, mode: append}
            ruleset: rulesets/prepared/cars.dqdl
            gate: %s
            """
                .formatted(gate),
            rules);
  }

  private static JobResult run(TestProject project, LocalDate date) {
    return project.run("jobs/p", date, Map.of()).get(0);
  }

  @Test
  void aBadBatchIsHeldHoweverGoodTheTableIs() {
    TestProject project =
        project("{minimum-score: 100, scope: batch}", "Completeness \"name\" > 0.7, RowCount < 5")
            .file("raw/2026-11-17.csv", "id,name\n1,a\n2,b\n3,c\n4,d\n")
            .file("raw/2026-11-18.csv", "id,name\n9,\n");
    assertThat(run(project, FIRST).ending()).isEqualTo(Ending.PUBLISHED);

    JobResult second = run(project, SECOND);

    assertThat(second.ending()).isEqualTo(Ending.HELD);
    assertThat(second.outcomes().get(0).failingRows()).isEmpty();
    assertThat(second.outcomes()).extracting(RuleOutcome::passed).containsExactly(false, true);
    assertThat(second.outcomes().get(0).measured()).contains(0.0);
    List<RunRecord> runs = project.ledger().runs(CARS);
    assertThat(runs).extracting(RunRecord::scope).containsOnly(ScoreScope.BATCH);
    assertThat(runs.get(0).runId()).isEqualTo(second.run().orElseThrow().runId());
    assertThat(RunSummary.of("p", SECOND, List.of(second)).text()).contains("50 (batch)");
    assertThat(RunHistory.of(runs)).contains("(batch)");
    assertThat(RunJson.of(runs)).contains("\"scope\" : \"BATCH\"");
    assertThat(project.lines("SELECT DISTINCT scope FROM lake.assay.runs"))
        .containsExactly("BATCH");
  }

  @Test
  void aGoodBatchPassesHoweverBadTheTableIs() throws Exception {
    TestProject project =
        project("{scope: batch}", "RowCount > 0")
            .file("raw/2026-11-17.csv", "id,name\n1,\n2,\n3,\n")
            .file("raw/2026-11-18.csv", GOOD);
    assertThat(run(project, FIRST).ending()).isEqualTo(Ending.PUBLISHED);
    project.job(
        "cars",
        java.nio.file.Files.readString(folder.resolve("jobs/p/cars.yaml"))
            .replace("{scope: batch}", "{scope: batch, minimum-score: 100}"),
        "IsComplete \"name\", RowCount = last() + 5");

    JobResult second = run(project, SECOND);

    assertThat(second.outcomes()).allMatch(RuleOutcome::passed);
    assertThat(second.ending()).isEqualTo(Ending.PUBLISHED);
    commandLine(second.run().orElseThrow().snapshot());
  }

  /** The same from the command line, in a JVM that ends its own session. */
  private void commandLine(long snapshot) {
    String[] score = {
      "score", "--verify", "prepared.cars", "--ruleset", "rulesets/prepared/cars.dqdl"
    };
    ForkedJvm.Ended batch = assay(score, "--scope", "batch", "--as-of", Long.toString(snapshot));
    assertThat(batch.output())
        .contains("prepared.cars, what snapshot %d wrote: score 100,".formatted(snapshot))
        .contains("Verified: reading 1 of 1 data files again gives the same; --verify all");
    assertThat(batch.code()).isZero();

    ForkedJvm.Ended all =
        assay(new String[] {"score", "prepared.cars", "--ruleset", score[4], "--verify", "all"});
    assertThat(all.output())
        .contains("prepared.cars: score 0,")
        .contains("Verified: reading every row gives the same.");
  }

  private ForkedJvm.Ended assay(String[] arguments, String... more) {
    List<String> all = new java.util.ArrayList<>(List.of(arguments));
    all.addAll(List.of(more));
    all.addAll(List.of("--home", folder.resolve("home").toString()));
    return ForkedJvm.run(
        folder,
        Map.of("assay.log", folder.resolve("assay.log").toString()),
        dev.assay.cli.Main.class,
        all.toArray(String[]::new));
  }

  @Test
  void aBadRuleIsUnansweredWhereTheJobSaysSoAndRefusesTheRulesetElsewhere() {
    String rules = "IsCmplete \"name\", RowCount = 8, RowCount > > 1";
    TestProject project =
        project("{unanswered: ignore, on-bad-rule: unanswered}", rules)
            .file("raw/2026-11-17.csv", GOOD);

    JobResult result = run(project, FIRST);

    assertThat(result.ending()).isEqualTo(Ending.PUBLISHED);
    assertThat(result.outcomes())
        .extracting(RuleOutcome::reason)
        .containsExactly(
            java.util.Optional.of(UnansweredReason.BAD_RULE),
            java.util.Optional.empty(),
            java.util.Optional.of(UnansweredReason.BAD_RULE));
    assertThat(result.outcomes().get(0).message())
        .isEqualTo("Line 1, column 11: unknown rule type 'IsCmplete'. Did you mean 'IsComplete'?");
    assertThat(result.outcomes().get(2).rule()).isEqualTo("RowCount > > 1");
    assertThat(result.run().orElseThrow().score().value().orElseThrow())
        .isEqualByComparingTo("100");
    assertThat(result.run().orElseThrow().score().coverage()).isEqualByComparingTo("33.333333");
    assertThat(project.ledger().outcomes(result.run().orElseThrow().runId()))
        .isEqualTo(result.outcomes());

    TestProject strict = project("{unanswered: ignore}", rules);
    Assertions.assertThatThrownBy(() -> run(strict, FIRST))
        .isInstanceOf(AssayException.class)
        .hasMessageContaining("cars.dqdl:1:");
  }
}
