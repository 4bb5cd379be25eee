package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.ProfileReader;
import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.TableName;
import dev.assay.scores.Ledger;
import dev.assay.scores.iceberg.IcebergLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a newcomer sees first: the demo holds what it should hold and sets aside what was planted.
 */
class DemoIT {
  @TempDir Path home;

  @Test
  void showsAHeldTableAndExactlyThePlantedDefects() throws Exception {
    ForkedJvm.Ended demo = assay("demo");

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
    assertThat(newest())
        .containsExactlyInAnyOrder(
            "prepared.vehicles 204 1 3 200 100 PUBLISHED",
            "prepared.trips 1009 4 3 1002 88 PUBLISHED",
            "prepared.odometer_readings 204 0 4 200 100 PUBLISHED",
            "prepared.messages 303 1 2 300 100 PUBLISHED",
            "prepared.dealer_visits 25 0 0 25 100 PUBLISHED",
            "semantic.fleet_usage_daily 12 0 0 12 100 PUBLISHED",
            "semantic.message_counts_by_campaign 18 0 0 18 100 PUBLISHED",
            "semantic.message_verdicts 900 0 0 900 100 PUBLISHED",
            "semantic.odometer_statement 200 0 0 200 40 HELD");
    assertThat(reasons("prepared.vehicles"))
        .containsExactlyInAnyOrder(
            "1 has 10 fields; expected 9",
            "1 is not a date written as dd.MM.yyyy",
            "1 vin_has_17_characters");
    assertThat(reasons("prepared.odometer_readings"))
        .containsExactlyInAnyOrder(
            "1 is not JSON at character 41",
            "1 is not JSON at character 56",
            "1 has no value",
            "1 is not a decimal(9,1)");
    assertThat(decisions()).isEqualTo(Map.of("compliant", 895L, "restricted", 3L, "review", 2L));
    // 20 visits a day and five late ones, each once
    assertThat(visits()).isEqualTo(65);

    int runs = ledger().runs().size();
    ForkedJvm.Ended again = assay("run", "jobs/demo", "--data-date", "2026-11-18");

    assertThat(again.code()).as(again.output()).isEqualTo(3);
    assertThat(again.output()).contains("nothing to do");
    assertThat(ledger().runs()).hasSize(runs);
    assertThat(Files.readString(home.resolve("result.json"))).contains("\"exit_kind\" : \"HELD\"");
  }

  private Map<String, Long> decisions() {
    Map<String, Long> decisions = new TreeMap<>();
    ledger()
        .metrics(TableName.parse("semantic.message_verdicts"))
        .get(run("semantic.message_verdicts").runId())
        .stream()
        .filter(metric -> metric.name().equals("Verdicts"))
        .forEach(metric -> decisions.put(metric.detail(), (long) metric.value()));
    return decisions;
  }

  private ForkedJvm.Ended assay(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--home", home.toString()));
    return ForkedJvm.run(
        Path.of("").toAbsolutePath(),
        Map.of(
            "assay.log",
            home.resolve("log/assay.log").toString(),
            "log4j2.configurationFile",
            "assay-log4j2.xml"),
        Main.class,
        all.toArray(String[]::new));
  }

  private Ledger ledger() {
    return new IcebergLedger(catalog().iceberg());
  }

  private LakeCatalog catalog() {
    return LakeCatalog.open(ProfileReader.load("local", home));
  }

  private List<String> newest() {
    List<String> lines = new ArrayList<>();
    ledger().runs().stream()
        .map(RunRecord::table)
        .distinct()
        .forEach(table -> lines.add(line(run(table.toString()))));
    return lines;
  }

  private static String line(RunRecord run) {
    return "%s %d %d %d %d %d %s"
        .formatted(
            run.table(),
            run.counts().read(),
            run.counts().duplicatesTotal(),
            run.counts().quarantined(),
            run.counts().written(),
            run.score().value().orElseThrow().intValue(),
            run.state());
  }

  private RunRecord run(String table) {
    return ledger().runs(TableName.parse(table)).stream()
        .filter(run -> run.state() != RunState.STAGED)
        .findFirst()
        .orElseThrow();
  }

  private List<String> reasons(String table) {
    return ledger().quarantineCounts(run(table).runId()).stream()
        .map(count -> count.rows() + " " + count.detail())
        .toList();
  }

  private long visits() {
    return Long.parseLong(
        catalog()
            .find(new TableName("prepared", "dealer_visits"))
            .orElseThrow()
            .currentSnapshot()
            .summary()
            .get("total-records"));
  }
}
