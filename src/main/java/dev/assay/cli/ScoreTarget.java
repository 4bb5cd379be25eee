package dev.assay.cli;

import dev.assay.folders.Folder;
import dev.assay.folders.FolderTable;
import dev.assay.rules.evaluate.Evaluation;
import dev.assay.rules.evaluate.RawFiles;
import dev.assay.rules.evaluate.RulesetEvaluator;
import dev.assay.rules.evidence.EvidenceOptions;
import dev.assay.rules.evidence.EvidenceStore;
import dev.assay.rules.evidence.SlicedTable;
import dev.assay.rules.parse.Ruleset;
import dev.assay.rules.plan.MetricHistory;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;

/**
 * What is scored without a job.
 *
 * @param seed decides which slices a verification reads
 * @param tidy after a score that was reported
 */
record ScoreTarget(
    String title,
    SlicedTable table,
    Ruleset rules,
    RawFiles files,
    Instant instant,
    MetricHistory history,
    long seed,
    Runnable tidy,
    Runnable release)
    implements AutoCloseable {

  static ScoreTarget folder(
      SparkSession spark, Folder folder, Ruleset rules, EvidenceStore evidence) {
    FolderTable files = FolderTable.open(spark, folder, evidence);
    TreeSet<String> slices = new TreeSet<>();
    files.slices().forEach(slice -> slices.add(slice.id().toString()));
    return new ScoreTarget(
        folder.path(),
        files,
        files.counting(rules),
        files.rawFiles(),
        Clock.systemUTC().instant(),
        MetricHistory.NONE,
        slices.hashCode(),
        files::tidyEvidence,
        () -> {});
  }

  /** The same with other rules. */
  ScoreTarget with(Ruleset others) {
    return new ScoreTarget(title, table, others, files, instant, history, seed, tidy, release);
  }

  /** Puts the rules to this table, or a part of it. */
  Evaluation score(
      SlicedTable part,
      Map<String, SlicedTable> compared,
      EvidenceStore store,
      EvidenceOptions options) {
    return new RulesetEvaluator(store, options, files)
        .evaluate(part, rules, compared, instant, history);
  }

  @Override
  public void close() {
    release.run();
  }
}
