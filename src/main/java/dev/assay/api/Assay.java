package dev.assay.api;

import dev.assay.folders.Folder;
import dev.assay.folders.FolderTable;
import dev.assay.folders.HadoopFiles;
import dev.assay.model.Score;
import dev.assay.rules.evaluate.Evaluation;
import dev.assay.rules.evaluate.FailingRows;
import dev.assay.rules.evaluate.RulesetEvaluator;
import dev.assay.rules.evidence.EvidenceOptions;
import dev.assay.rules.evidence.EvidenceStore;
import dev.assay.rules.evidence.ScoringSession;
import dev.assay.rules.evidence.SlicedTable;
import dev.assay.rules.evidence.WholeDataset;
import dev.assay.rules.parse.Ruleset;
import dev.assay.rules.parse.RulesetParser;
import dev.assay.rules.plan.MetricHistory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Scores datasets in a Spark job of your own:
 *
 * <pre>{@code
 * Scorecard card = Assay.on(spark).score(trips, Path.of("rulesets/prepared/trips.dqdl"));
 * if (card.score().value().isEmpty()) { … }
 * }</pre>
 *
 * <p>Rules mean the same as in a run, whatever the session's settings: they are put in a session of
 * the same catalogs and views in UTC and with ANSI SQL ({@link ScoringSession}). The dataset itself
 * stays what its own session made of it.
 *
 * <p>Immutable; nothing is written but evidence about folders, where {@link #withEvidence} says.
 */
public final class Assay {
  private final SparkSession spark;
  private final Map<String, Dataset<Row>> references;
  private final EvidenceStore evidence;
  private final Clock clock;

  private Assay(
      SparkSession spark,
      Map<String, Dataset<Row>> references,
      EvidenceStore evidence,
      Clock clock) {
    this.spark = spark;
    this.references = Map.copyOf(references);
    this.evidence = evidence;
    this.clock = clock;
  }

  /** On a session. */
  public static Assay on(SparkSession spark) {
    return new Assay(spark, Map.of(), EvidenceStore.NONE, Clock.systemUTC());
  }

  /** With a table that rules such as ReferentialIntegrity may name by this alias. */
  public Assay withReference(String alias, Dataset<Row> rows) {
    Map<String, Dataset<Row>> more = new LinkedHashMap<>(references);
    more.put(alias, rows);
    return new Assay(spark, more, evidence, clock);
  }

  /** With another idea of {@code now()}. */
  public Assay withClock(Clock other) {
    return new Assay(spark, references, evidence, other);
  }

  /**
   * With a store in which evidence about the files of folders is kept, so that the next scoring
   * reads only files that are new or have changed.
   */
  public Assay withEvidence(EvidenceStore store) {
    return new Assay(spark, references, store, clock);
  }

  /**
   * Scores the files of a folder with the rules of a file. Metric {@code RowCount} with detail
   * {@code where _assay_unfit} counts the records of CSV and JSON lines that do not fit.
   *
   * @throws dev.assay.lake.UnreadableInputException if there is no file, or one cannot be read or
   *     does not belong to the others; names it
   * @throws dev.assay.rules.parse.InvalidRulesetException if the file is not a ruleset
   */
  public Scorecard score(Folder folder, Path ruleset) {
    return score(folder, RulesetParser.parse(ruleset));
  }

  /** The same with DQDL text. */
  public Scorecard score(Folder folder, String dqdl) {
    return score(folder, RulesetParser.parse("ruleset", dqdl));
  }

  private Scorecard score(Folder folder, Ruleset ruleset) {
    SparkSession scoring = ScoringSession.of(spark);
    FolderTable table = FolderTable.open(scoring, folder, evidence);
    Evaluation evaluation =
        new RulesetEvaluator(evidence, EvidenceOptions.ALL, table.rawFiles())
            .evaluate(
                table,
                table.counting(ruleset),
                references(scoring),
                clock.instant(),
                MetricHistory.NONE);
    table.tidyEvidence();
    return card(evaluation);
  }

  /**
   * Scores a dataset with the rules of a file.
   *
   * @throws dev.assay.rules.parse.InvalidRulesetException if the file is not a ruleset
   */
  public Scorecard score(Dataset<Row> rows, Path ruleset) {
    return score(rows, RulesetParser.parse(ruleset));
  }

  /**
   * The rows that break rules about single rows (ColumnValues, IsComplete, ColumnLength, …), with
   * the rules that each breaks, found in one pass when they are used. Composites are left out, and
   * so are rules that need other rows to tell (IsUnique, IsPrimaryKey, ReferentialIntegrity) and
   * CustomSql.
   *
   * @throws IllegalArgumentException if no rule is about single rows
   */
  public FailingRows failingRows(Dataset<Row> rows, Path ruleset) {
    return failingRows(rows, RulesetParser.parse(ruleset));
  }

  /** The same with DQDL text. */
  public FailingRows failingRows(Dataset<Row> rows, String dqdl) {
    return failingRows(rows, RulesetParser.parse("ruleset", dqdl));
  }

  private FailingRows failingRows(Dataset<Row> rows, Ruleset ruleset) {
    SparkSession scoring = ScoringSession.of(rows.sparkSession());
    return RulesetEvaluator.failingRows(ScoringSession.in(scoring, rows), ruleset, clock.instant());
  }

  /** Scores a dataset with DQDL text. */
  public Scorecard score(Dataset<Row> rows, String dqdl) {
    return score(rows, RulesetParser.parse("ruleset", dqdl));
  }

  private Scorecard score(Dataset<Row> rows, Ruleset ruleset) {
    SparkSession scoring = ScoringSession.of(rows.sparkSession());
    Evaluation evaluation =
        new RulesetEvaluator(EvidenceStore.NONE, EvidenceOptions.ALL, HadoopFiles.of(rows))
            .evaluate(
                new WholeDataset(ScoringSession.in(scoring, rows)),
                ruleset,
                references(scoring),
                clock.instant(),
                MetricHistory.NONE);
    return card(evaluation);
  }

  /** In the session of what they are compared with: queries see both. */
  private Map<String, SlicedTable> references(SparkSession scoring) {
    Map<String, SlicedTable> tables = new LinkedHashMap<>();
    references.forEach(
        (alias, rows) -> tables.put(alias, new WholeDataset(ScoringSession.in(scoring, rows))));
    return tables;
  }

  private static Scorecard card(Evaluation evaluation) {
    return new Scorecard(
        Score.of(evaluation.outcomes()), evaluation.outcomes(), evaluation.metrics());
  }
}
