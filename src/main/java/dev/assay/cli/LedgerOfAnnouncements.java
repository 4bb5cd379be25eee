package dev.assay.cli;

import dev.assay.model.Metric;
import dev.assay.model.RuleOutcome;
import dev.assay.model.RunRecord;
import dev.assay.model.TableName;
import dev.assay.model.lineage.RunLineage;
import dev.assay.publishing.Delivery;
import dev.assay.publishing.History;
import dev.assay.scores.Ledger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The ledger as it is when announcements are first asked for: read once, however many destinations
 * and tables ask. What is added later is told by the next call.
 */
final class LedgerOfAnnouncements implements History {
  private final Ledger ledger;
  private final Supplier<List<Delivery>> deliveries;
  private final Map<TableName, Map<String, List<Metric>>> metrics = new HashMap<>();
  private @Nullable List<RunRecord> runs;
  private @Nullable Set<String> traced;

  /**
   * @param deliveries how deliveries ended; asked for anew each time, since they change while
   *     destinations are told
   */
  LedgerOfAnnouncements(Ledger ledger, Supplier<List<Delivery>> deliveries) {
    this.ledger = ledger;
    this.deliveries = deliveries;
  }

  @Override
  public List<RunRecord> runs() {
    if (runs == null) {
      runs = ledger.runs();
    }
    return runs;
  }

  @Override
  public List<RuleOutcome> outcomes(String runId) {
    return ledger.outcomes(runId);
  }

  @Override
  public Set<String> runsWithLineage() {
    if (traced == null) {
      traced = ledger.runsWithLineage();
    }
    return traced;
  }

  @Override
  public Optional<RunLineage> lineage(String runId) {
    return ledger.lineage(runId);
  }

  @Override
  public long restricted(RunRecord run) {
    return metrics(run).stream()
        .filter(metric -> metric.name().equals("Verdicts"))
        .filter(metric -> metric.detail().equals("restricted"))
        .mapToLong(metric -> (long) metric.value())
        .sum();
  }

  @Override
  public List<String> brokenContracts(RunRecord run) {
    return metrics(run).stream()
        .filter(metric -> metric.name().equals(Metric.BROKEN_CONTRACT))
        .map(Metric::detail)
        .toList();
  }

  @Override
  public List<Delivery> deliveries() {
    return deliveries.get();
  }

  private List<Metric> metrics(RunRecord run) {
    return metrics
        .computeIfAbsent(run.table(), ledger::metrics)
        .getOrDefault(run.runId(), List.of());
  }
}
