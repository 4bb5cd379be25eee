package dev.assay.reports;

import dev.assay.model.Metric;
import dev.assay.model.QuarantineCount;
import dev.assay.model.RuleOutcome;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.TableName;
import dev.assay.scores.Explanation;
import dev.assay.scores.Ledger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is to be said of one run of a table.
 *
 * @param previous the published run of the same scope before it
 * @param history runs of the table up to this one, newest first
 * @param samples quarantined records with their reasons, masked
 * @param metrics of the table's runs, by run
 * @param messages of a table of verdicts, those that need attention
 */
public record TableReport(
    RunRecord run,
    List<RuleOutcome> outcomes,
    Explanation explanation,
    Optional<RunRecord> previous,
    List<RunRecord> history,
    List<QuarantineCount> quarantine,
    List<Sample> samples,
    Map<String, List<Metric>> metrics,
    List<Message> messages) {
  /** A message that may not be sent or waits for a person; personal data is masked. */
  public record Message(String decision, String why, String text) {}

  /** A quarantined record: where it stood, its shape, why. */
  public record Sample(String source, String shape, String reasons) {}

  /** Runs shown in a trend. */
  private static final int MOST_RUNS = 60;

  /**
   * Puts a report together from the ledger.
   *
   * @param samples looks up quarantined records of a run
   * @param messages looks up messages of a run; asked only if its table holds verdicts
   */
  public static TableReport of(
      Ledger ledger,
      RunRecord run,
      Function<RunRecord, List<Sample>> samples,
      Function<RunRecord, List<Message>> messages) {
    TableName table = run.table();
    List<RunRecord> history =
        ledger.runs(table).stream()
            .filter(other -> !other.startedAt().isAfter(run.startedAt()))
            .filter(other -> other.state() != RunState.STAGED)
            .limit(MOST_RUNS)
            .toList();
    Optional<RunRecord> previous =
        history.stream()
            .filter(other -> other.state() == RunState.PUBLISHED)
            // the ledger keeps microseconds: by its start a run may come before itself
            .filter(other -> !other.runId().equals(run.runId()))
            .filter(other -> other.startedAt().isBefore(run.startedAt()))
            // the score of a batch is not a change of the table's
            .filter(other -> other.scope() == run.scope())
            .findFirst();
    List<RuleOutcome> outcomes = ledger.outcomes(run.runId());
    List<RuleOutcome> before =
        previous.map(other -> ledger.outcomes(other.runId())).orElse(List.of());
    Map<String, List<Metric>> metrics = ledger.metrics(table);
    boolean verdicts =
        metrics.getOrDefault(run.runId(), List.of()).stream()
            .anyMatch(metric -> metric.name().equals("Verdicts"));
    return new TableReport(
        run,
        outcomes,
        Explanation.of(outcomes, before),
        previous,
        history,
        ledger.quarantineCounts(run.runId()),
        run.counts().quarantined() == 0 ? List.of() : samples.apply(run),
        metrics,
        verdicts ? messages.apply(run) : List.of());
  }
}
