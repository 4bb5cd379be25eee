package dev.assay.cli;

import dev.assay.model.ExitKind;
import dev.assay.model.Score;
import dev.assay.model.TableName;
import dev.assay.pipeline.LedgerHistory;
import dev.assay.reports.ScoreText;
import dev.assay.rules.evaluate.Evaluation;
import dev.assay.rules.evaluate.RulesetEvaluator;
import dev.assay.rules.evaluate.Verification;
import dev.assay.rules.evidence.EvidenceOptions;
import dev.assay.rules.evidence.EvidenceStore;
import dev.assay.rules.evidence.SlicedTable;
import dev.assay.rules.parse.Ruleset;
import dev.assay.rules.parse.RulesetParser;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Scores anything without a job. */
@Command(
    name = "score",
    description =
        "Score a table, now or as of a snapshot, with any ruleset. Nothing is written but evidence, which later scorings use.",
    mixinStandardHelpOptions = true)
final class ScoreCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Parameters(paramLabel = "TABLE", description = "For example prepared.trips.")
  String table = "";

  @Option(names = "--ruleset", required = true, paramLabel = "FILE", description = "A DQDL file.")
  Path ruleset = Path.of("");

  @Option(names = "--as-of", paramLabel = "SNAPSHOT", description = "A snapshot id of the table.")
  @Nullable Long asOf;

  @Option(
      names = "--reference",
      paramLabel = "ALIAS=TABLE",
      description = "A table that rules compare with.")
  Map<String, String> references = new LinkedHashMap<>();

  @Option(
      names = "--fail-below",
      paramLabel = "SCORE",
      description = "End with exit code 3 if the score is lower, or there is none.")
  @Nullable BigDecimal failBelow;

  @Option(
      names = "--verify",
      description = "Also read every row, and fail if that gives anything else.")
  boolean verify;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    TableName name = Arguments.table(table);
    TablesOfCatalog tables = new TablesOfCatalog(common.catalog());
    ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr());
    progress.say("starting Spark");
    try (SparkSession spark = Wiring.spark(common.profile())) {
      Map<String, SlicedTable> compared = new LinkedHashMap<>();
      references.forEach(
          (alias, other) -> compared.put(alias, tables.newest(spark, Arguments.table(other))));
      SlicedTable scored =
          asOf == null ? tables.newest(spark, name) : tables.asOf(spark, name, asOf);
      progress.say(name + ": scoring");
      Ruleset rules = RulesetParser.parse(ruleset);
      Instant instant = asOf == null ? Clock.systemUTC().instant() : tables.committed(name, asOf);
      LedgerHistory history = LedgerHistory.of(common.ledger(), name, instant);
      Evaluation card =
          new RulesetEvaluator(common.evidence(), EvidenceOptions.ALL)
              .evaluate(scored, rules, compared, instant, history);
      if (verify) {
        progress.say(name + ": reading everything, to compare");
        Verification.require(
            card,
            new RulesetEvaluator(EvidenceStore.NONE, EvidenceOptions.SCAN_ONLY)
                .evaluate(scored, rules, compared, instant, history));
      }
      Score score = Score.of(card.outcomes());
      progress.clear();
      spec.commandLine().getOut().println(ScoreText.of(name.toString(), score, card.outcomes()));
      if (verify) {
        spec.commandLine().getOut().println("Verified: reading every row gives the same.");
      }
      boolean below =
          failBelow != null
              && score.value().map(value -> value.compareTo(failBelow) < 0).orElse(true);
      return below ? ExitKind.HELD.code() : ExitKind.OK.code();
    }
  }
}
