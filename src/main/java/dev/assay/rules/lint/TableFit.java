package dev.assay.rules.lint;

import dev.assay.model.UnansweredReason;
import dev.assay.rules.parse.AnomalyStrategy;
import dev.assay.rules.parse.Rule;
import dev.assay.rules.parse.Ruleset;
import dev.assay.rules.plan.AnomalyTest;
import dev.assay.rules.plan.Finding;
import dev.assay.rules.plan.Measure;
import dev.assay.rules.plan.Measured;
import dev.assay.rules.plan.MetricHistory;
import dev.assay.rules.plan.PlanContext;
import dev.assay.rules.plan.PlannedRule;
import dev.assay.rules.plan.RulePlanner;
import dev.assay.rules.plan.TableShape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** Rules that the columns of a table answer before a row is read: the plan says how. */
final class TableFit implements Check {
  /** Any numbers will do that no sensible formula divides by zero with. */
  private static final MetricHistory SOME_RUNS =
      (metric, runs) -> DoubleStream.iterate(1, value -> value + 1).limit(runs).toArray();

  private final TableShape table;
  private final boolean referencesKnown;
  private final RulePlanner planner;

  /**
   * @param references by alias; if there are none, nothing is said of references
   */
  TableFit(TableShape table, Map<String, TableShape> references, Instant now) {
    this.table = table;
    this.referencesKnown = !references.isEmpty();
    this.planner =
        new RulePlanner(table, new PlanContext(references, now, SOME_RUNS, new NoAnomalies()));
  }

  @Override
  public List<Remark> remarks(Ruleset ruleset) {
    List<Remark> remarks = new ArrayList<>();
    for (PlannedRule planned : planner.plan(ruleset)) {
      planned.leaves().forEach(leaf -> remark(leaf).ifPresent(remarks::add));
    }
    for (Rule analyzer : ruleset.analyzers()) {
      remark(analyzer, ruleset).ifPresent(remarks::add);
    }
    return remarks;
  }

  private Optional<Remark> remark(PlannedRule.Leaf leaf) {
    Map<Measure, Measured> known = new HashMap<>();
    for (Measure measure : leaf.measures()) {
      if (!(measure instanceof Measure.Known number)) {
        return Optional.empty();
      }
      known.put(measure, Measured.Value.count(number.value()));
    }
    Finding finding = leaf.answer().apply(known);
    return switch (finding.verdict()) {
      case PASSED -> Optional.empty();
      case FAILED ->
          Optional.of(
              remark(
                  Remark.Kind.FAILS_HERE,
                  leaf.rule(),
                  "it fails on this table as it is",
                  finding.message(),
                  "Correct the rule or the table."));
      case UNANSWERED -> unanswered(leaf.rule(), finding);
    };
  }

  private Optional<Remark> unanswered(Rule rule, Finding finding) {
    UnansweredReason reason = finding.reason().orElse(UnansweredReason.ERROR);
    Remark.Kind kind =
        switch (reason) {
          case MISSING_COLUMN -> Remark.Kind.MISSING_COLUMN;
          case MISSING_REFERENCE -> Remark.Kind.MISSING_REFERENCE;
          default -> Remark.Kind.WRONG_TYPE;
        };
    if (reason == UnansweredReason.UNSUPPORTED
        || (reason == UnansweredReason.MISSING_REFERENCE && !referencesKnown)) {
      return Optional.empty();
    }
    return Optional.of(
        remark(
            kind,
            rule,
            "it will stay unanswered",
            finding.message(),
            "A gate holds unanswered rules unless it is told otherwise."));
  }

  /** An analyzer that fits nothing is silent when it runs. */
  private Optional<Remark> remark(Rule analyzer, Ruleset ruleset) {
    Ruleset alone =
        new Ruleset(ruleset.file(), List.of(), List.of(analyzer), ruleset.fingerprint());
    if (!planner.measures(alone).isEmpty()) {
      return Optional.empty();
    }
    Optional<String> missing =
        analyzer.parameters().stream()
            .filter(name -> table.find(name).isEmpty() && table.collectionOn(name).isEmpty())
            .findFirst();
    return Optional.of(
        missing
            .map(
                name ->
                    remark(
                        Remark.Kind.MISSING_COLUMN,
                        analyzer,
                        "the analyzer will measure nothing",
                        "There is no column '%s'.".formatted(name),
                        table.suggestion(name)))
            .orElseGet(
                () ->
                    remark(
                        Remark.Kind.WRONG_TYPE,
                        analyzer,
                        "the analyzer will measure nothing",
                        "The column's type does not fit.",
                        "Name a column of another type, or take it out.")));
  }

  private static Remark remark(
      Remark.Kind kind, Rule rule, String what, String why, String remedy) {
    return new Remark(kind, rule.position(), rule.text(), what, why, remedy);
  }

  /** Anomalies are asked for with measured numbers only, and none are here. */
  private static final class NoAnomalies implements AnomalyTest {
    @Override
    public int needs(AnomalyStrategy strategy) {
      return 0;
    }

    @Override
    public boolean anomalous(AnomalyStrategy strategy, double[] past, double value) {
      return false;
    }
  }
}
