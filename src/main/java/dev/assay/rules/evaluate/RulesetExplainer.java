package dev.assay.rules.evaluate;

import dev.assay.model.Trace;
import dev.assay.model.UnansweredReason;
import dev.assay.rules.evidence.EvidenceCollector;
import dev.assay.rules.evidence.EvidenceOptions;
import dev.assay.rules.evidence.EvidenceStore;
import dev.assay.rules.evidence.Fact;
import dev.assay.rules.evidence.SlicedTable;
import dev.assay.rules.evidence.SqlAnalysis;
import dev.assay.rules.evidence.keys.KeyCounter;
import dev.assay.rules.parse.Rule;
import dev.assay.rules.parse.RuleExpression;
import dev.assay.rules.parse.Ruleset;
import dev.assay.rules.plan.Finding;
import dev.assay.rules.plan.Measure;
import dev.assay.rules.plan.MetricHistory;
import dev.assay.rules.plan.PlanContext;
import dev.assay.rules.plan.PlannedRule;
import dev.assay.rules.plan.RulePlanner;
import dev.assay.rules.plan.TableShape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Says how a ruleset would be answered, without reading a row. */
public final class RulesetExplainer {
  /**
   * How one rule would be answered, or one analyzer would measure.
   *
   * @param rule as it is written; of an analyzer that too, after the word
   * @param passes what is done for it, in words
   * @param columns that are read for it
   * @param trace where its facts come from; bytes are those that would be read
   */
  public record Explained(String rule, String passes, List<String> columns, Trace trace) {}

  private final EvidenceStore store;
  private final EvidenceOptions options;

  public RulesetExplainer(EvidenceStore store, EvidenceOptions options) {
    this.store = store;
    this.options = options;
  }

  /** One line per rule, in the ruleset's order, and then one per analyzer. */
  public List<Explained> explain(
      SlicedTable table, Ruleset ruleset, Map<String, SlicedTable> references, Instant instant) {
    Map<String, TableShape> shapes = new HashMap<>();
    references.forEach((alias, reference) -> shapes.put(alias, reference.shape()));
    PlanContext context =
        new PlanContext(shapes, instant, MetricHistory.NONE, new DeequAnomalies());
    RulePlanner planner = new RulePlanner(table.shape(), context);
    List<PlannedRule> planned = new ArrayList<>(planner.plan(ruleset));
    ruleset.analyzers().forEach(analyzer -> planned.add(analyzer(analyzer, planner, ruleset)));
    FactMeasures facts = new FactMeasures(table.shape());
    List<Measure> measures =
        planned.stream()
            .flatMap(rule -> rule.leaves().stream())
            .flatMap(leaf -> leaf.measures().stream())
            .distinct()
            .toList();
    Map<Measure, List<Fact>> needed = new HashMap<>();
    measures.forEach(measure -> needed.put(measure, facts.facts(measure)));
    RulesetEvaluator.aggregates(measures, table)
        .forEach((measure, aggregate) -> needed.put(measure, aggregate.facts()));
    EvidenceCollector collector = new EvidenceCollector(table, store, options);
    Map<Fact, Trace> traces =
        collector.foresee(needed.values().stream().flatMap(List::stream).distinct().toList());
    try (SqlMeasurer sql = new SqlMeasurer(table, references, store, options)) {
      Ways ways = new Ways(table, sql, collector, new KeyCounter(table, store, options));
      return planned.stream().map(rule -> explained(rule, needed, traces, ways)).toList();
    }
  }

  /** An analyzer as a rule that asks nothing of what it measures. */
  private static PlannedRule analyzer(Rule analyzer, RulePlanner planner, Ruleset ruleset) {
    List<Measure> measures = planner.measures(analyzer);
    String text = "analyzer " + analyzer.text();
    String silent =
        planner
            .silentAnalyzers(
                new Ruleset(ruleset.file(), List.of(), List.of(analyzer), ruleset.fingerprint()))
            .stream()
            .findFirst()
            .orElse("");
    PlannedRule.Leaf leaf =
        new PlannedRule.Leaf(
            analyzer,
            measures.isEmpty() ? List.of() : analyzer.parameters(),
            measures,
            measured -> Finding.unanswered(UnansweredReason.MISSING_COLUMN, silent));
    return new PlannedRule(
        new Ruleset.Entry(
            0, new RuleExpression.Single(analyzer), text, Map.of(), analyzer.position()),
        List.of(leaf));
  }

  private static Explained explained(
      PlannedRule rule, Map<Measure, List<Fact>> needed, Map<Fact, Trace> traces, Ways ways) {
    Trace trace = Trace.NOTHING;
    Set<String> passes = new TreeSet<>();
    Set<String> columns = new LinkedHashSet<>();
    for (PlannedRule.Leaf leaf : rule.leaves()) {
      columns.addAll(leaf.columns());
      columns.addAll(ways.ofCondition(leaf));
      refused(leaf).ifPresent(passes::add);
      for (Measure measure : leaf.measures()) {
        List<Fact> ofMeasure = needed.getOrDefault(measure, List.of());
        for (Fact fact : ofMeasure) {
          trace = trace.plus(traces.getOrDefault(fact, Trace.NOTHING));
        }
        columns.addAll(ways.sql.columns(measure));
        Optional<Way> own = ways.own(measure, ofMeasure.isEmpty());
        if (own.isPresent()) {
          passes.add(own.get().words());
          trace = trace.plus(own.get().trace());
        }
        List<Fact> scanned =
            ofMeasure.stream()
                .filter(fact -> traces.getOrDefault(fact, Trace.NOTHING).scannedSlices() > 0)
                .toList();
        if (scanned.stream().anyMatch(ways.collector::mayReadAgain)) {
          passes.add("the shared pass, twice if the values lie far from 0");
        } else if (!scanned.isEmpty()) {
          passes.add("the shared pass");
        }
      }
    }
    return new Explained(
        rule.entry().text(),
        passes.isEmpty() ? "none" : String.join(", ", passes),
        new ArrayList<>(columns),
        trace);
  }

  /** A rule that cannot be answered on this table. */
  private static Optional<String> refused(PlannedRule.Leaf leaf) {
    if (!leaf.measures().isEmpty()) {
      return Optional.empty();
    }
    Finding finding = leaf.answer().apply(Map.of());
    return finding.reason().map(reason -> "unanswered: " + finding.message());
  }

  /** What is done for one measure beside the shared pass. */
  private record Way(String words, Trace trace) {}

  /** Everything that can say how a measure would be had. */
  private record Ways(
      SlicedTable table, SqlMeasurer sql, EvidenceCollector collector, KeyCounter keys) {
    Optional<Way> own(Measure measure, boolean madeOfNoFacts) {
      Optional<List<String>> key = FactMeasures.keyColumns(measure);
      if (key.isPresent()) {
        KeyCounter.Foreseen foreseen =
            keys.foresee(
                key.get(), FactMeasures.keyWhere(measure), KeyMeasures.onlyUnique(measure));
        return Optional.of(new Way(foreseen.step(), foreseen.trace()));
      }
      if (!madeOfNoFacts) {
        return Optional.empty();
      }
      if (measure instanceof Measure.OfFiles asked) {
        return Optional.of(
            new Way(
                asked.question().reads()
                    ? "a listing of files, and reading those whose content matters"
                    : "a listing of files",
                Trace.NOTHING));
      }
      if (!SqlMeasurer.takes(measure) || measure instanceof Measure.ReferenceRowCount) {
        return Optional.empty();
      }
      return Optional.of(
          sql.knows(measure)
              ? new Way("its stored answer", sql.stored())
              : new Way("a query of its own", sql.foresee(sql.columns(measure))));
    }

    /** The columns that decide which rows a rule looks at. */
    Set<String> ofCondition(PlannedRule.Leaf leaf) {
      return leaf.rule()
          .where()
          .map(where -> SqlAnalysis.required(SqlAnalysis.of(List.of(where), table.schema()), where))
          .<Set<String>>map(analysed -> new TreeSet<>(analysed.columns()))
          .orElse(Set.of());
    }
  }
}
