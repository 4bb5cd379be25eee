package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.model.RuleOutcome;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.TableName;
import dev.assay.scores.Ledger;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a newcomer sees first: the demo holds what it should hold and sets aside what was planted.
 */
class DemoIT {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

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
    theScoreIsTheSameNumberEverywhere();

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

  /** Ledger, contract check, report, DataZone's form and the table itself, to the digit. */
  private void theScoreIsTheSameNumberEverywhere() throws Exception {
    JsonNode checks = json("contract", "check", "--json");
    assertThat(checks).hasSize(2);
    for (JsonNode check : checks) {
      TableName table = TableName.parse(check.path("table_name").asText());
      RunRecord run =
          demo().ledger().runs(table).stream()
              .filter(one -> one.runId().equals(check.path("run_id").asText()))
              .findFirst()
              .orElseThrow();
      BigDecimal score = run.score().value().orElseThrow();
      JsonNode report = json("report", run.runId(), "--json");
      assertThat(check.path("score").decimalValue()).isEqualByComparingTo(score);
      assertThat(report.findValue("score").decimalValue()).isEqualByComparingTo(score);
      assertThat(demo().property(table, "assay.score")).isEqualTo(score.toPlainString());
      assertThat(demo().property(table, "assay.run-id")).isEqualTo(run.runId());
      assertThat(announcedScores(table))
          .anySatisfy(
              announced ->
                  assertThat(announced.path("passingPercentage").decimalValue())
                      .isEqualByComparingTo(score));
      // what DataZone would get is linked from the report
      assertThat(Files.readString(home.resolve("reports/demo-2026-11-18.html")))
          .contains("announcements/semantic.odometer_statement/");
    }
  }

  private List<JsonNode> announcedScores(TableName table) throws IOException {
    List<JsonNode> announced = new ArrayList<>();
    try (Stream<Path> files = Files.list(home.resolve("announcements").resolve(table.toString()))) {
      for (Path file : files.filter(one -> one.toString().contains("-score-")).toList()) {
        announced.add(JSON.readTree(Files.readString(file)));
      }
    }
    return announced;
  }

  /** What a command prints; run in this process, since it starts no Spark. */
  private JsonNode json(String... command) throws IOException {
    StringWriter out = new StringWriter();
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--home", home.toString()));
    Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(new StringWriter(), true))
        .execute(arguments.toArray(String[]::new));
    return JSON.readTree(out.toString());
  }

  private DemoResult demo() {
    return new DemoResult(home);
  }
}
