package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.RuleOutcome;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.TableName;
import dev.assay.scores.Ledger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What a newcomer sees first: the demo holds what it should hold and sets aside what was planted.
 */
class DemoIT {
  private final Path home = DemoHome.folder();

  @Test
  void showsAHeldTableAndExactlyThePlantedDefects() throws Exception {
    ForkedJvm.Ended demo = DemoHome.make();

    assertThat(demo.code()).as(demo.output()).isZero();
    assertThat(demo.output())
        .contains("sees exit code 3 (3: held)")
        .contains("semantic.odometer_statement is held, main is unchanged")
        .contains("demo-2026-11-18.html");
    assertThat(Files.readString(home.resolve("reports/demo-2026-11-18.html")))
        .contains("Why it is held");
    assertThat(Files.readString(home.resolve("reports/demo-2026-11-18.html")))
        .doesNotContain("@example.com;");
    // read, duplicates, quarantined, written, score, state of the newest run of each table
    assertThat(demo().newest()).containsExactlyInAnyOrderElementsOf(DemoResult.EXPECTED);
    assertThat(demo().reasons("prepared.vehicles"))
        .containsExactlyInAnyOrder(
            "1 has 10 fields; expected 9",
            "1 is not a date written as dd.MM.yyyy",
            "1 vin_has_17_characters");
    assertThat(demo().reasons("prepared.odometer_readings"))
        .containsExactlyInAnyOrder(
            "1 is not JSON at character 41",
            "1 is not JSON at character 56",
            "1 has no value",
            "1 is not a decimal(9,1)");
    assertThat(demo().decisions())
        .isEqualTo(Map.of("compliant", 895L, "restricted", 3L, "review", 2L));
    // 20 visits a day and five late ones, each once
    assertThat(demo().visits()).isEqualTo(65);

    laterDatesReadLessThanTheirTables();

    int runs = demo().ledger().runs().size();
    ForkedJvm.Ended again = DemoHome.assay("run", "jobs/demo", "--data-date", "2026-11-18");

    assertThat(again.code()).as(again.output()).isEqualTo(3);
    assertThat(again.output()).contains("nothing to do");
    assertThat(demo().ledger().runs()).hasSize(runs);
    assertThat(Files.readString(home.resolve("result.json"))).contains("\"exit_kind\" : \"HELD\"");
  }

  /** Of tables that grow, a later date's rules read what is new, as far as they read anything. */
  private void laterDatesReadLessThanTheirTables() {
    Ledger ledger = demo().ledger();
    for (String grows : List.of("prepared.trips", "prepared.messages", "prepared.dealer_visits")) {
      List<RunRecord> oldestFirst =
          ledger.runs(TableName.parse(grows)).stream()
              .filter(run -> run.state() == RunState.PUBLISHED)
              .sorted(Comparator.comparing(RunRecord::dataDate))
              .toList();
      assertThat(oldestFirst).as(grows).hasSize(3);
      long rows = oldestFirst.get(0).counts().written();
      for (RunRecord later : oldestFirst.subList(1, 3)) {
        rows += later.counts().written();
        List<RuleOutcome> outcomes =
            ledger.outcomes(later.runId()).stream()
                .filter(outcome -> !outcome.type().equals("ReferentialIntegrity"))
                .toList();
        long fullScan = rows * outcomes.size();
        long read =
            outcomes.stream().mapToLong(outcome -> outcome.cost().trace().scannedRows()).sum();
        assertThat(read)
            .as("%s of %s: %s", grows, later.dataDate(), outcomes)
            .isLessThan(fullScan / 2);
      }
    }
  }

  private DemoResult demo() {
    return new DemoResult(home);
  }
}
