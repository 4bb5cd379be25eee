package dev.assay.cli;

import dev.assay.jobs.ProfileReader;
import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.TableName;
import dev.assay.scores.Ledger;
import dev.assay.scores.iceberg.IcebergLedger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the demo left in its home: what the newest run of each table came to. */
record DemoResult(Path home) {
  static final List<String> EXPECTED =
      List.of(
          "prepared.vehicles 204 1 3 200 100 PUBLISHED",
          "prepared.trips 1009 4 3 1002 88 PUBLISHED",
          "prepared.odometer_readings 204 0 4 200 100 PUBLISHED",
          "prepared.messages 303 1 2 300 100 PUBLISHED",
          "prepared.dealer_visits 25 0 0 25 100 PUBLISHED",
          "semantic.fleet_usage_daily 12 0 0 12 100 PUBLISHED",
          "semantic.message_counts_by_campaign 18 0 0 18 100 PUBLISHED",
          "semantic.message_verdicts 900 0 0 900 100 PUBLISHED",
          "semantic.odometer_statement 200 0 0 200 40 HELD");

  Map<String, Long> decisions() {
    Map<String, Long> decisions = new TreeMap<>();
    ledger()
        .metrics(TableName.parse("semantic.message_verdicts"))
        .get(run("semantic.message_verdicts").runId())
        .stream()
        .filter(metric -> metric.name().equals("Verdicts"))
        .forEach(metric -> decisions.put(metric.detail(), (long) metric.value()));
    return decisions;
  }

  Ledger ledger() {
    return new IcebergLedger(catalog().iceberg());
  }

  /** A property of a table. */
  String property(TableName table, String name) {
    return catalog().find(table).orElseThrow().properties().getOrDefault(name, "(none)");
  }

  private LakeCatalog catalog() {
    return LakeCatalog.open(ProfileReader.load("local", home));
  }

  /** Read, duplicates, quarantined, written, score and state. */
  List<String> newest() {
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

  List<String> reasons(String table) {
    return ledger().quarantineCounts(run(table).runId()).stream()
        .map(count -> count.rows() + " " + count.detail())
        .toList();
  }

  long visits() {
    return Long.parseLong(
        catalog()
            .find(new TableName("prepared", "dealer_visits"))
            .orElseThrow()
            .currentSnapshot()
            .summary()
            .get("total-records"));
  }
}
