package dev.assay.pipeline;

import dev.assay.model.Metric;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.ScoreScope;
import dev.assay.model.TableName;
import dev.assay.rules.plan.MetricHistory;
import dev.assay.scores.Ledger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What published runs measured on a table before an instant; read when it is first asked for. */
public final class LedgerHistory implements MetricHistory {
  private final Ledger ledger;
  private final TableName table;
  private final Instant before;
  private final ScoreScope scope;
  private @Nullable List<RunRecord> runs;
  private @Nullable Map<String, List<Metric>> metrics;

  private LedgerHistory(Ledger ledger, TableName table, Instant before, ScoreScope scope) {
    this.ledger = ledger;
    this.table = table;
    this.before = before;
    this.scope = scope;
  }

  /**
   * The history that an evaluation at an instant sees, then and whenever it is repeated: runs of
   * the same scope, because a batch and its table are different things to measure.
   */
  public static LedgerHistory of(Ledger ledger, TableName table, Instant before, ScoreScope scope) {
    return new LedgerHistory(ledger, table, before, scope);
  }

  @Override
  public double[] newest(String metric, int number) {
    List<RunRecord> earlier = runs();
    Map<String, List<Metric>> measured = metrics();
    return earlier.stream()
        .flatMap(run -> measured.getOrDefault(run.runId(), List.of()).stream())
        .filter(found -> found.id().equals(metric))
        .mapToDouble(Metric::value)
        .limit(number)
        .toArray();
  }

  private List<RunRecord> runs() {
    if (runs == null) {
      runs =
          ledger.runs(table).stream()
              .filter(run -> run.state() == RunState.PUBLISHED)
              .filter(run -> run.scope() == scope)
              .filter(run -> run.evaluationInstant().isBefore(before))
              .toList();
    }
    return runs;
  }

  private Map<String, List<Metric>> metrics() {
    if (metrics == null) {
      metrics = ledger.metrics(table);
    }
    return metrics;
  }
}
