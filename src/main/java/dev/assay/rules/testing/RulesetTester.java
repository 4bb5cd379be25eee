package dev.assay.rules.testing;

import dev.assay.model.ruletest.RulesetTest;
import dev.assay.model.ruletest.TestCase;
import dev.assay.rules.evaluate.RulesetEvaluator;
import dev.assay.rules.evidence.EvidenceOptions;
import dev.assay.rules.evidence.EvidenceStore;
import dev.assay.rules.evidence.SlicedTable;
import dev.assay.rules.evidence.WholeDataset;
import dev.assay.rules.parse.Ruleset;
import dev.assay.rules.plan.MetricHistory;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Puts each case's rule to its rows, as a scoring would. */
public final class RulesetTester {
  private final RulesetTest test;
  private final List<Ruleset> chosen;

  /**
   * For the cases of a file.
   *
   * @throws dev.assay.model.AssayException if a case names a rule that the ruleset does not have
   */
  public RulesetTester(RulesetTest test, Ruleset ruleset) {
    this.test = test;
    this.chosen = test.cases().stream().map(each -> ChosenRule.of(each, test, ruleset)).toList();
  }

  public RulesetTest test() {
    return test;
  }

  /**
   * Every case, in the order of the file.
   *
   * @throws dev.assay.model.AssayException if a value is not of its column's type
   */
  public List<CaseResult> run(SparkSession spark, Clock clock) {
    MadeRows made = new MadeRows(spark, test);
    Map<String, SlicedTable> references = new HashMap<>();
    test.references()
        .forEach((alias, rows) -> references.put(alias, new WholeDataset(made.dataset(rows))));
    Instant now = test.now().orElseGet(clock::instant);
    RulesetEvaluator evaluator = new RulesetEvaluator(EvidenceStore.NONE, EvidenceOptions.ALL);
    return java.util.stream.IntStream.range(0, chosen.size())
        .mapToObj(
            index -> {
              TestCase each = test.cases().get(index);
              return new CaseResult(
                  each,
                  evaluator
                      .evaluate(
                          new WholeDataset(made.dataset(each.rows())),
                          chosen.get(index),
                          references,
                          now,
                          MetricHistory.NONE)
                      .outcomes()
                      .get(0));
            })
        .toList();
  }
}
