package dev.assay.rules.evaluate;

import dev.assay.model.RuleOutcome;
import dev.assay.rules.parse.Ruleset;
import dev.assay.rules.plan.Composite;
import dev.assay.rules.plan.Finding;
import dev.assay.rules.plan.Measure;
import dev.assay.rules.plan.Measured;
import dev.assay.rules.plan.PlannedRule;
import dev.assay.rules.plan.RulePlanner;
import dev.assay.rules.plan.TableShape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** Puts a ruleset to a table: plan, measure, answer. */
public final class RulesetEvaluator {
  /**
   * Answers every rule.
   *
   * @param data the table's rows
   * @param references by alias, the tables that rules compare with
   * @param evaluationInstant what {@code now()} means
   * @return the outcomes, and the numbers behind them
   */
  public Evaluation evaluate(
      Dataset<Row> data,
      Ruleset ruleset,
      Map<String, Dataset<Row>> references,
      Instant evaluationInstant) {
    List<PlannedRule> planned =
        new RulePlanner(shapeOf(data), references.keySet(), evaluationInstant).plan(ruleset);
    Map<Measure, Measured> measured = measure(planned, data, references);
    return new Evaluation(
        planned.stream().map(rule -> outcome(rule, measured)).toList(), MetricNames.of(measured));
  }

  /** The columns of a dataset as the planner sees them. */
  public static TableShape shapeOf(Dataset<Row> data) {
    Map<String, String> types = new LinkedHashMap<>();
    for (StructField field : data.schema().fields()) {
      types.put(field.name(), field.dataType().simpleString());
    }
    return new TableShape(types);
  }

  private static Map<Measure, Measured> measure(
      List<PlannedRule> planned, Dataset<Row> data, Map<String, Dataset<Row>> references) {
    Set<Measure> wanted = new LinkedHashSet<>();
    planned.forEach(rule -> rule.leaves().forEach(leaf -> wanted.addAll(leaf.measures())));
    Map<Measure, Measured> measured = new HashMap<>();
    List<Measure> shared = new ArrayList<>();
    SqlMeasurer sql = new SqlMeasurer(data, references);
    for (Measure measure : wanted) {
      if (SqlMeasurer.takes(measure)) {
        measured.put(measure, sql.measure(measure));
      } else {
        shared.add(measure);
      }
    }
    measured.putAll(new DeequMeasurer(data).measure(shared));
    return measured;
  }

  private static RuleOutcome outcome(PlannedRule planned, Map<Measure, Measured> measured) {
    List<Finding> findings =
        planned.leaves().stream().map(leaf -> leaf.answer().apply(measured)).toList();
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
        finding.failingRows());
  }
}
