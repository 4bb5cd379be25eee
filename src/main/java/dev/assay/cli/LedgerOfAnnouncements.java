package dev.assay.cli;

import dev.assay.model.Metric;
import dev.assay.model.RuleOutcome;
import dev.assay.model.RunRecord;
import dev.assay.model.TableName;
import dev.assay.model.lineage.RunLineage;
import dev.assay.publishing.History;
import dev.assay.scores.Ledger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The ledger, as announcements read it. */
final class LedgerOfAnnouncements implements History {
  private final Ledger ledger;
  private final Map<TableName, Map<String, List<Metric>>> metrics = new HashMap<>();

  LedgerOfAnnouncements(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public List<RunRecord> runs() {
    return ledger.runs();
  }

  @Override
  public List<RuleOutcome> outcomes(String runId) {
    return ledger.outcomes(runId);
  }

  @Override
  public Set<String> runsWithLineage() {
    return ledger.runsWithLineage();
  }

  @Override
  public Optional<RunLineage> lineage(String runId) {
    return ledger.lineage(runId);
  }

  @Override
  public long restricted(RunRecord run) {
    return metrics
        .computeIfAbsent(run.table(), ledger::metrics)
        .getOrDefault(run.runId(), List.of())
        .stream()
        .filter(metric -> metric.name().equals("Verdicts"))
        .filter(metric -> metric.detail().equals("restricted"))
        .mapToLong(metric -> (long) metric.value())
        .sum();
  }
}
