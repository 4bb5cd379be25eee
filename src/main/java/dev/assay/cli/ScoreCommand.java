package dev.assay.cli;

import dev.assay.model.ExitKind;
import dev.assay.model.Nearest;
import dev.assay.model.Score;
import dev.assay.model.ScoreScope;
import dev.assay.model.TableName;
import dev.assay.pipeline.LedgerHistory;
import dev.assay.reports.ScoreText;
import dev.assay.rules.evaluate.Evaluation;
import dev.assay.rules.evaluate.RulesetEvaluator;
import dev.assay.rules.evaluate.Verification;
import dev.assay.rules.evidence.EvidenceOptions;
import dev.assay.rules.evidence.EvidenceStore;
import dev.assay.rules.evidence.PartOfTable;
import dev.assay.rules.evidence.Slice;
import dev.assay.rules.evidence.SlicedTable;
import dev.assay.rules.parse.Ruleset;
import dev.assay.rules.parse.RulesetParser;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

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
      names = "--scope",
      paramLabel = "SCOPE",
      converter = ScopeReader.class,
      description =
          "table: all rows (default). batch: only those that the snapshot wrote, compared with its parent.")
  ScoreScope scope = ScoreScope.TABLE;

  @Option(
      names = "--verify",
      arity = "0..1",
      paramLabel = "all",
      converter = VerifyOption.Reader.class,
      parameterConsumer = VerifyOption.Consumer.class,
      description =
          "Also read a tenth of the data files again, others for each snapshot, and fail if that gives anything else; with 'all' every row.")
  @Nullable VerifyOption verify;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    TableName name = Arguments.table(table);
    TablesOfCatalog tables = new TablesOfCatalog(common.catalog());
    long snapshot = asOf == null ? tables.current(name).snapshotId() : asOf;
    Instant instant = asOf == null ? Clock.systemUTC().instant() : tables.committed(name, asOf);
    Ruleset rules = RulesetParser.parse(ruleset);
    ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr());
    progress.say("starting Spark");
    try (SparkSession spark = Wiring.spark(common.profile());
        PartOfTable scored = tables.scope(spark, name, snapshot, scope)) {
      Map<String, SlicedTable> compared = new LinkedHashMap<>();
      references.forEach(
          (alias, other) -> compared.put(alias, tables.newest(spark, Arguments.table(other))));
      LedgerHistory history = LedgerHistory.of(common.ledger(), name, instant, scope);
      Evaluator evaluator =
          (store, options, part) ->
              new RulesetEvaluator(store, options)
                  .evaluate(part, rules, compared, instant, history);
      progress.say(name + ": scoring");
      Evaluation card = evaluator.put(common.evidence(), EvidenceOptions.ALL, scored);
      String verified = "";
      if (verify != null) {
        progress.say(name + ": reading again, to compare");
        verified = verify(verify, card, scored, snapshot, evaluator);
      }
      Score score = Score.of(card.outcomes());
      progress.clear();
      PrintWriter out = spec.commandLine().getOut();
      out.println(ScoreText.of(title(name, snapshot), score, card.outcomes()));
      if (!verified.isEmpty()) {
        out.println(verified);
      }
      boolean below =
          failBelow != null
              && score.value().map(value -> value.compareTo(failBelow) < 0).orElse(true);
      return below ? ExitKind.HELD.code() : ExitKind.OK.code();
    }
  }

  private String title(TableName name, long snapshot) {
    return scope == ScoreScope.BATCH
        ? "%s, what snapshot %d wrote".formatted(name, snapshot)
        : name.toString();
  }

  private String verify(
      VerifyOption how, Evaluation card, PartOfTable scored, long snapshot, Evaluator evaluator) {
    if (how == VerifyOption.ALL) {
      Verification.require(
          card, evaluator.put(EvidenceStore.NONE, EvidenceOptions.SCAN_ONLY, scored));
      return "Verified: reading every row gives the same.";
    }
    List<Slice> sample = Verification.sample(scored.slices(), snapshot);
    try (PartOfTable part = PartOfTable.of(scored, sample)) {
      Verification.require(
          evaluator.put(EvidenceStore.readOnly(common.evidence()), EvidenceOptions.ALL, part),
          evaluator.put(EvidenceStore.NONE, EvidenceOptions.SCAN_ONLY, part));
    }
    return "Verified: reading %d of %d data files again gives the same; --verify all reads every row."
        .formatted(sample.size(), scored.slices().size());
  }

  /** Puts the rules to a part of the table, with some evidence or none. */
  private interface Evaluator {
    Evaluation put(EvidenceStore store, EvidenceOptions options, SlicedTable part);
  }

  /** Scopes are written as in jobs. */
  static final class ScopeReader implements ITypeConverter<ScoreScope> {
    @Override
    public ScoreScope convert(String text) {
      return Arrays.stream(ScoreScope.values())
          .filter(known -> known.word().equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'%s' is no scope. %s"
                          .formatted(
                              text,
                              Nearest.suggestion(
                                  text,
                                  Arrays.stream(ScoreScope.values())
                                      .map(ScoreScope::word)
                                      .toList()))));
    }
  }
}
