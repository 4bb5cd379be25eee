package dev.assay.rules.evaluate;

import dev.assay.model.AssayException;
import dev.assay.model.RuleOutcome;
import dev.assay.model.UnansweredReason;
import dev.assay.rules.evidence.ActiveSession;
import dev.assay.rules.evidence.BufferedEvidence;
import dev.assay.rules.evidence.Collected;
import dev.assay.rules.evidence.EvidenceCollector;
import dev.assay.rules.evidence.EvidenceOptions;
import dev.assay.rules.evidence.EvidenceStore;
import dev.assay.rules.evidence.Fact;
import dev.assay.rules.evidence.SettledTable;
import dev.assay.rules.evidence.SlicedTable;
import dev.assay.rules.evidence.WholeDataset;
import dev.assay.rules.evidence.keys.KeyCounter;
import dev.assay.rules.parse.Ruleset;
import dev.assay.rules.plan.Composite;
import dev.assay.rules.plan.Finding;
import dev.assay.rules.plan.Measure;
import dev.assay.rules.plan.Measured;
import dev.assay.rules.plan.MetricHistory;
import dev.assay.rules.plan.MetricNames;
import dev.assay.rules.plan.PlanContext;
import dev.assay.rules.plan.PlannedRule;
import dev.assay.rules.plan.RulePlanner;
import dev.assay.rules.plan.TableShape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a ruleset to a table: plan, gather evidence, answer. */
public final class RulesetEvaluator {
  private static final Logger LOG = LoggerFactory.getLogger(RulesetEvaluator.class);

  private final EvidenceStore store;
  private final EvidenceOptions options;
  private final RawFiles files;

  /**
   * Looks at no files: rules about files stay unanswered.
   *
   * @param store where evidence is kept between scorings
   */
  public RulesetEvaluator(EvidenceStore store, EvidenceOptions options) {
    this(store, options, RawFiles.NONE);
  }

  /**
   * @param store where evidence is kept between scorings
   * @param files what rules about files speak of
   */
  public RulesetEvaluator(EvidenceStore store, EvidenceOptions options, RawFiles files) {
    this.store = store;
    this.options = options;
    this.files = files;
  }

  /**
   * Answers every rule.
   *
   * @param references by alias, the tables that rules compare with
   * @param evaluationInstant what {@code now()} means, in SQL too
   * @param history what earlier runs measured
   * @return the outcomes, and the numbers behind them
   */
  public Evaluation evaluate(
      SlicedTable scored,
      Ruleset ruleset,
      Map<String, SlicedTable> references,
      Instant evaluationInstant,
      MetricHistory history) {
    try (ActiveSession active = ActiveSession.of(scored)) {
      return evaluation(
          SettledTable.at(evaluationInstant, scored),
          ruleset,
          references,
          evaluationInstant,
          history);
    }
  }

  private Evaluation evaluation(
      SlicedTable table,
      Ruleset ruleset,
      Map<String, SlicedTable> references,
      Instant evaluationInstant,
      MetricHistory history) {
    Map<String, TableShape> shapes = new HashMap<>();
    references.forEach((alias, reference) -> shapes.put(alias, reference.shape()));
    RulePlanner planner =
        new RulePlanner(
            table.shape(),
            new PlanContext(shapes, evaluationInstant, history, new DeequAnomalies()));
    List<PlannedRule> planned = planner.plan(ruleset);
    Set<Measure> wanted = new LinkedHashSet<>(planner.measures(ruleset));
    planned.forEach(rule -> rule.leaves().forEach(leaf -> wanted.addAll(leaf.measures())));
    List<Measure.UniqueComplete> made = UniqueCompleteRows.among(wanted);
    made.forEach(measure -> wanted.addAll(measure.parts()));
    wanted.removeAll(made);
    Map<Measure, Measured> measured = measure(wanted, table, references);
    made.forEach(measure -> measured.put(measure, UniqueCompleteRows.of(measure, measured)));
    List<String> silent = planner.silentAnalyzers(ruleset);
    silent.forEach(LOG::warn);
    return new Evaluation(
        planned.stream().map(rule -> outcome(rule, measured)).toList(),
        MetricNames.of(measured),
        silent);
  }

  /**
   * The rows that break rules about single rows, such as ColumnValues and IsComplete.
   *
   * @throws IllegalArgumentException if no rule is about single rows
   */
  public static FailingRows failingRows(
      Dataset<Row> rows, Ruleset ruleset, Instant evaluationInstant) {
    return failingRows(new WholeDataset(rows), ruleset, evaluationInstant);
  }

  /**
   * The rows of a table that break rules about single rows.
   *
   * @throws IllegalArgumentException if no rule is about single rows
   */
  public static FailingRows failingRows(
      SlicedTable scored, Ruleset ruleset, Instant evaluationInstant) {
    PlanContext context =
        new PlanContext(Map.of(), evaluationInstant, MetricHistory.NONE, new DeequAnomalies());
    SlicedTable table = SettledTable.at(evaluationInstant, scored);
    try (ActiveSession active = ActiveSession.of(scored)) {
      return FailingRows.of(table, new RulePlanner(table.shape(), context).plan(ruleset));
    }
  }

  private Map<Measure, Measured> measure(
      Set<Measure> wanted, SlicedTable table, Map<String, SlicedTable> references) {
    try (BufferedEvidence evidence = new BufferedEvidence(store);
        SqlMeasurer sql = new SqlMeasurer(table, references, evidence, options)) {
      return measure(wanted, table, evidence, sql);
    }
  }

  private Map<Measure, Measured> measure(
      Set<Measure> wanted, SlicedTable table, EvidenceStore evidence, SqlMeasurer sql) {
    FactMeasures facts = new FactMeasures(table.shape());
    Map<Measure, PlainAggregate> aggregates = aggregates(wanted, table);
    Set<Fact> needed = new LinkedHashSet<>();
    wanted.forEach(measure -> needed.addAll(facts.facts(measure)));
    aggregates.values().forEach(aggregate -> needed.addAll(aggregate.facts()));
    Collected collected = new EvidenceCollector(table, evidence, options).collect(needed);
    Map<Measure, Measured> measured = new HashMap<>();
    List<Measure> keys = new ArrayList<>();
    FileMeasurer ofFiles = new FileMeasurer(files);
    for (Measure measure : wanted) {
      PlainAggregate aggregate = aggregates.get(measure);
      if (measure instanceof Measure.Known known) {
        measured.put(measure, Measured.Value.count(known.value()));
      } else if (measure instanceof Measure.OfFiles asked) {
        measured.put(measure, ofFiles.measure(asked));
      } else if (aggregate != null) {
        measured.put(measure, aggregate.number(collected));
      } else if (SqlMeasurer.takes(measure)) {
        measured.put(measure, sql.measure(measure));
      } else if (FactMeasures.keyColumns(measure).isPresent()) {
        keys.add(measure);
      } else {
        measured.put(measure, facts.number(measure, collected));
      }
    }
    if (!keys.isEmpty()) {
      KeyCounter counter = new KeyCounter(table, evidence, options);
      measured.putAll(new KeyMeasures(facts, collected, counter, table).take(keys));
    }
    return measured;
  }

  /** Custom SQL that is made of facts. */
  static Map<Measure, PlainAggregate> aggregates(Collection<Measure> wanted, SlicedTable table) {
    Map<Measure, PlainAggregate> aggregates = new LinkedHashMap<>();
    for (Measure measure : wanted) {
      if (measure instanceof Measure.SqlNumber number) {
        PlainAggregate.of(number.sql(), table)
            .ifPresent(aggregate -> aggregates.put(measure, aggregate));
      }
    }
    return aggregates;
  }

  /** One rule that we cannot answer costs no other its answer. */
  private static Finding finding(PlannedRule.Leaf leaf, Map<Measure, Measured> measured) {
    try {
      return leaf.answer().apply(measured);
    } catch (AssayException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("A rule could not be answered", e);
      return Finding.unanswered(
          UnansweredReason.ERROR,
          "Answering the rule failed with %s, which is our fault. Please report it with the rule."
              .formatted(e.getClass().getSimpleName()));
    }
  }

  private static RuleOutcome outcome(PlannedRule planned, Map<Measure, Measured> measured) {
    List<Finding> findings =
        planned.leaves().stream().map(leaf -> finding(leaf, measured)).toList();
    Finding finding = Composite.join(planned.entry().expression(), findings);
    List<String> columns =
        planned.leaves().stream().flatMap(leaf -> leaf.columns().stream()).distinct().toList();
    String type =
        planned.leaves().size() == 1 ? planned.leaves().get(0).rule().type() : "Composite";
    return new RuleOutcome(
        planned.entry().ordinal(),
        planned.entry().text(),
        type,
        columns,
        planned.entry().labels(),
        finding.verdict(),
        finding.reason(),
        finding.observed(),
        finding.measured(),
        finding.message(),
        finding.failingRows(),
        Cost.of(planned, measured));
  }
}
