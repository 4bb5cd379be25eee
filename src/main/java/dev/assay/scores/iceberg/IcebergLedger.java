package dev.assay.scores.iceberg;

import dev.assay.ledger.LedgerTable;
import dev.assay.model.Metric;
import dev.assay.model.QuarantineCount;
import dev.assay.model.RuleOutcome;
import dev.assay.model.RunRecord;
import dev.assay.model.Spending;
import dev.assay.model.TableName;
import dev.assay.model.lineage.RunLineage;
import dev.assay.scores.Ledger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/** The ledger in namespace {@code assay}: one commit per table and call. */
public final class IcebergLedger implements Ledger {
  private final LedgerTable runs;
  private final LedgerTable outcomes;
  private final LedgerTable metrics;
  private final LedgerTable quarantineCounts;
  private final LedgerTable costs;
  private final LedgerTable lineage;

  public IcebergLedger(Catalog catalog) {
    this.runs = LedgerTable.byMonth(catalog, "runs", LedgerSchemas.RUNS);
    this.outcomes = LedgerTable.byMonth(catalog, "outcomes", LedgerSchemas.OUTCOMES);
    this.metrics = LedgerTable.byMonth(catalog, "metrics", LedgerSchemas.METRICS);
    this.quarantineCounts =
        LedgerTable.byMonth(catalog, "quarantine_counts", LedgerSchemas.QUARANTINE_COUNTS);
    this.costs = LedgerTable.byMonth(catalog, "costs", LedgerSchemas.COSTS);
    this.lineage = LedgerTable.byMonth(catalog, "lineage", LedgerSchemas.LINEAGE);
  }

  @Override
  public void recordScoring(
      RunRecord run,
      List<RuleOutcome> ruleOutcomes,
      List<Metric> measured,
      List<QuarantineCount> quarantine) {
    outcomes.append(ruleOutcomes.stream().map(o -> LedgerRows.of(run, o)).toList());
    metrics.append(measured.stream().map(m -> LedgerRows.of(run, m)).toList());
    quarantineCounts.append(quarantine.stream().map(q -> LedgerRows.of(run, q)).toList());
    runs.append(List.of(LedgerRows.of(run)));
  }

  @Override
  public void recordLineage(RunRecord run, RunLineage of) {
    lineage.append(LineageRows.of(run, of));
  }

  @Override
  public Set<String> runsWithLineage() {
    Set<String> ids = new HashSet<>();
    lineage
        .scan(Expressions.equal("kind", LineageRows.INPUT))
        .forEach(row -> ids.add((String) row.getField("run_id")));
    return ids;
  }

  @Override
  public Optional<RunLineage> lineage(String runId) {
    return LineageRows.lineage(lineage.scan(ofRun(runId)));
  }

  @Override
  public void recordState(RunRecord run) {
    runs.append(List.of(LedgerRows.of(run)));
  }

  @Override
  public void recordSpending(Spending spending) {
    costs.append(List.of(LedgerRows.of(spending)));
  }

  @Override
  public boolean recordBill(List<Spending> bill) {
    if (bill.isEmpty()) {
      return false;
    }
    Expression same =
        Expressions.and(
            ofRun(bill.get(0).runId()), Expressions.equal("purpose", bill.get(0).purpose()));
    List<Record> rows = bill.stream().map(LedgerRows::of).toList();
    while (true) {
      AtomicBoolean known = new AtomicBoolean();
      Optional<Long> seen = costs.read(same, row -> known.set(true));
      if (known.get()) {
        return false;
      }
      // otherwise somebody else was first, with this bill or another one
      if (costs.appendUnlessChanged(same, seen, rows).isPresent()) {
        return true;
      }
    }
  }

  @Override
  public List<Spending> spending(Instant from) {
    return costs
        .scan(Expressions.greaterThanOrEqual("at", from.atOffset(ZoneOffset.UTC).toString()))
        .stream()
        .map(LedgerRows::spending)
        .sorted(Comparator.comparing(Spending::at))
        .toList();
  }

  @Override
  public List<RunRecord> runs(TableName table) {
    return newest(runs.scan(Expressions.equal("table_name", table.toString())));
  }

  @Override
  public List<RunRecord> runs() {
    return newest(runs.scan(Expressions.alwaysTrue()));
  }

  @Override
  public Optional<RunRecord> run(String runId) {
    List<RunRecord> found = newest(runs.scan(Expressions.startsWith("run_id", runId)));
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  @Override
  public List<RuleOutcome> outcomes(String runId) {
    return outcomes.scan(ofRun(runId)).stream()
        .map(LedgerRows::outcome)
        .sorted(Comparator.comparingInt(RuleOutcome::ordinal))
        .toList();
  }

  @Override
  public List<QuarantineCount> quarantineCounts(String runId) {
    return quarantineCounts.scan(ofRun(runId)).stream()
        .map(LedgerRows::quarantineCount)
        .sorted()
        .toList();
  }

  @Override
  public Map<String, List<Metric>> metrics(TableName table) {
    Map<String, List<Metric>> byRun = new LinkedHashMap<>();
    for (Record row : metrics.scan(Expressions.equal("table_name", table.toString()))) {
      byRun
          .computeIfAbsent((String) row.getField("run_id"), id -> new ArrayList<>())
          .add(LedgerRows.metric(row));
    }
    return byRun;
  }

  private static Expression ofRun(String runId) {
    return Expressions.equal("run_id", runId);
  }

  /** Of each run its newest state; runs by their start, newest first. */
  private static List<RunRecord> newest(List<Record> rows) {
    Map<String, RunRecord> newest = new LinkedHashMap<>();
    Stream<RunRecord> records = rows.stream().map(LedgerRows::run);
    records.forEach(
        run ->
            newest.merge(
                run.runId(),
                run,
                (one, other) -> other.stateAt().isAfter(one.stateAt()) ? other : one));
    return newest.values().stream()
        .sorted(Comparator.comparing(RunRecord::startedAt).reversed())
        .toList();
  }
}
