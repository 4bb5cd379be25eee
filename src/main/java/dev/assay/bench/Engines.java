package dev.assay.bench;

import com.amazon.deequ.analyzers.Analyzer;
import com.amazon.deequ.analyzers.Uniqueness;
import com.amazon.deequ.analyzers.runners.AnalysisRunner;
import com.amazon.deequ.dqdl.EvaluateDataQuality;
import com.amazon.deequ.metrics.DoubleMetric;
import com.amazon.deequ.metrics.Metric;
import dev.assay.model.RuleOutcome;
import dev.assay.rules.evaluate.FailingRows;
import dev.assay.rules.evaluate.RulesetEvaluator;
import dev.assay.rules.evidence.EvidenceOptions;
import dev.assay.rules.evidence.EvidenceStore;
import dev.assay.rules.evidence.SlicedTable;
import dev.assay.rules.parse.RulesetParser;
import dev.assay.rules.plan.MetricHistory;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Runs the engines that are compared: ours, Deequ, and SQL. Each says which rules passed. */
final class Engines {
  /** Every slice is read, and what is found is kept. */
  static final EvidenceOptions NO_METADATA = new EvidenceOptions(false, true);

  private static final String ANSI = "spark.sql.ansi.enabled";

  private final SparkSession spark;
  private final EvidenceStore store;

  Engines(SparkSession spark, EvidenceStore store) {
    this.spark = spark;
    this.store = store;
  }

  /** SQL over a view {@code lineitem}; it answers no rules. */
  Map<String, Boolean> sql(BenchTable table, String file) {
    table.rows().createOrReplaceTempView("lineitem");
    spark.sql(Resource.text(file)).collectAsList();
    return Map.of();
  }

  /** Ours. */
  Map<String, Boolean> assay(SlicedTable table, String rules, EvidenceOptions options) {
    Map<String, Boolean> passed = new TreeMap<>();
    for (RuleOutcome outcome :
        new RulesetEvaluator(store, options)
            .evaluate(
                table,
                RulesetParser.parse("bench", rules),
                Map.of(),
                Clock.systemUTC().instant(),
                MetricHistory.NONE)
            .outcomes()) {
      passed.put(outcome.rule().replaceAll("\\s+", ""), outcome.passed());
    }
    return passed;
  }

  /** Ours, for single rows: writes the failing ones, and says how many rows break each rule. */
  Map<String, Long> failingRows(BenchTable table, String rules) {
    FailingRows failing =
        RulesetEvaluator.failingRows(
            table.rows(), RulesetParser.parse("bench", rules), Clock.systemUTC().instant());
    failing.rows().write().format("noop").mode("overwrite").save();
    return failing.counts();
  }

  /** Deequ's DQDL engine. */
  Map<String, Boolean> deequ(BenchTable table, String rules) {
    // Deequ's custom SQL reads a view of this name and does not make it
    table.rows().createOrReplaceTempView("primary");
    return withoutAnsi(
        () -> {
          Map<String, Boolean> passed = new TreeMap<>();
          for (Row row : EvaluateDataQuality.process(table.rows(), rules).collectAsList()) {
            passed.put(
                row.getString(row.fieldIndex("Rule")).replaceAll("\\s+", ""),
                row.getString(row.fieldIndex("Outcome")).equals("Passed"));
          }
          return passed;
        });
  }

  /** Deequ's analyzer alone, without what its DQDL engine adds. */
  Map<String, Boolean> deequUnique(BenchTable table, String column) {
    Uniqueness uniqueness = Uniqueness.apply(column);
    return withoutAnsi(
        () -> {
          Metric<?> metric =
              AnalysisRunner.onData(table.rows())
                  .addAnalyzer(analyzer(uniqueness))
                  .run()
                  .metric(analyzer(uniqueness))
                  .get();
          double unique = (Double) ((DoubleMetric) metric).value().get();
          return Map.of("IsUnique\"%s\"".formatted(column), unique == 1.0);
        });
  }

  @SuppressWarnings("unchecked")
  private static Analyzer<?, Metric<?>> analyzer(Uniqueness uniqueness) {
    // Scala's type arguments of an analyzer are lost on the way to Java
    return (Analyzer<?, Metric<?>>) (Analyzer<?, ?>) uniqueness;
  }

  /** Deequ casts texts of its own to numbers, which ANSI forbids. */
  private Map<String, Boolean> withoutAnsi(Supplier<Map<String, Boolean>> work) {
    spark.conf().set(ANSI, "false");
    try {
      return work.get();
    } finally {
      spark.conf().set(ANSI, "true");
    }
  }
}
