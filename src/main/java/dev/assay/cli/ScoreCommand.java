package dev.assay.cli;

import dev.assay.folders.Folder;
import dev.assay.folders.FolderTable;
import dev.assay.folders.HadoopFiles;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Nearest;
import dev.assay.model.Score;
import dev.assay.model.ScoreScope;
import dev.assay.model.TableName;
import dev.assay.pipeline.LedgerHistory;
import dev.assay.reports.ScoreText;
import dev.assay.rules.evaluate.Evaluation;
import dev.assay.rules.evaluate.RawFiles;
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
import java.util.Optional;
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
        "Score a table, now or as of a snapshot, or the files of a path, with any ruleset. Nothing is written but evidence, which later scorings use, and failing rows where they are asked for.",
    mixinStandardHelpOptions = true)
final class ScoreCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Mixin FolderOptions folders = new FolderOptions();

  @Mixin FailingRowsOption failingRows = new FailingRowsOption();

  @Parameters(
      paramLabel = "TABLE|PATH",
      description = "For example prepared.trips, or a file, folder, glob or s3:// address.")
  String table = "";

  @Option(names = "--ruleset", required = true, paramLabel = "FILE", description = "A DQDL file.")
  Path ruleset = Path.of("");

  @Option(names = "--as-of", paramLabel = "SNAPSHOT", description = "A snapshot id of the table.")
  @Nullable Long asOf;

  @Option(
      names = "--reference",
      paramLabel = "ALIAS=TABLE",
      description =
          "A table that rules compare with; with --as-of as it was when the snapshot was committed.")
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
    Optional<Folder> folder = folders.folder(table);
    if (folder.isPresent() && (asOf != null || scope == ScoreScope.BATCH)) {
      throw new AssayException(
          ExitKind.USAGE,
          "Files have no snapshots. Take --as-of and --scope batch out, or score a table.");
    }
    Optional<TableName> name =
        folder.isPresent() ? Optional.empty() : Optional.of(Arguments.table(table));
    TablesOfCatalog tables = new TablesOfCatalog(common.catalog());
    Ruleset rules = RulesetParser.parse(ruleset);
    ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr());
    progress.say("starting Spark");
    try (SparkSession spark = Wiring.spark(common.profile());
        ScoreTarget target =
            folder
                .map(found -> ScoreTarget.folder(spark, found, rules, common.evidence()))
                .orElseGet(() -> ofTable(spark, tables, name.orElseThrow(), rules))) {
      ComparedTables others = new ComparedTables(spark, tables, references);
      Map<String, SlicedTable> compared = asOf == null ? others.now() : others.at(target.instant());
      failingRows.check(spark.sessionState().newHadoopConf());
      progress.say(table + ": scoring");
      Evaluation card =
          target.score(target.table(), compared, common.evidence(), EvidenceOptions.ALL);
      String verified = "";
      if (verify != null) {
        progress.say(table + ": reading again, to compare");
        verified = verify(verify, card, target, compared);
      }
      String written = "";
      if (failingRows.wanted()) {
        progress.say(table + ": writing failing rows");
        written = failingRows.write(target);
      }
      progress.clear();
      int code = report(target, card, verified);
      if (!written.isEmpty()) {
        spec.commandLine().getOut().println(written);
      }
      if (asOf != null) {
        others.missing(target.instant()).ifPresent(spec.commandLine().getOut()::println);
      }
      target.tidy().run();
      return code;
    }
  }

  private ScoreTarget ofTable(
      SparkSession spark, TablesOfCatalog tables, TableName name, Ruleset rules) {
    long snapshot = asOf == null ? tables.current(name).snapshotId() : asOf;
    Instant instant = asOf == null ? Clock.systemUTC().instant() : tables.committed(name, asOf);
    RawFiles files =
        asOf == null
            ? HadoopFiles.ofTable(spark.sessionState().newHadoopConf())
            : RawFiles.unknown(
                "Files are as they are now, and a past snapshot is scored. Score without --as-of.");
    String title =
        scope == ScoreScope.BATCH
            ? "%s, what snapshot %d wrote".formatted(name, snapshot)
            : name.toString();
    PartOfTable part = tables.scope(spark, name, snapshot, scope);
    return new ScoreTarget(
        title,
        part,
        rules,
        files,
        instant,
        LedgerHistory.of(common.ledger(), name, instant, scope),
        snapshot,
        () -> {},
        part::close);
  }

  private int report(ScoreTarget target, Evaluation card, String verified) {
    Score score = Score.of(card.outcomes());
    PrintWriter out = spec.commandLine().getOut();
    out.println(ScoreText.of(target.title(), score, card.outcomes()));
    card.remarks().forEach(out::println);
    long unfit = FolderTable.unfit(card.metrics());
    if (unfit > 0) {
      out.printf(
          "Records that do not fit the format or the columns declared: %,d. Their values that could not be read count as NULL.%n",
          unfit);
    }
    if (!verified.isEmpty()) {
      out.println(verified);
    }
    boolean below =
        failBelow != null
            && score.value().map(value -> value.compareTo(failBelow) < 0).orElse(true);
    return below ? ExitKind.HELD.code() : ExitKind.OK.code();
  }

  private String verify(
      VerifyOption how, Evaluation card, ScoreTarget target, Map<String, SlicedTable> compared) {
    if (how == VerifyOption.ALL) {
      Verification.require(
          card,
          target
              .with(Verification.toBeRead(target.rules(), card, target.table().shape()))
              .score(target.table(), compared, EvidenceStore.NONE, EvidenceOptions.SCAN_ONLY),
          target.table().shape());
      return "Verified: reading every row gives the same.";
    }
    List<Slice> sample = Verification.sample(target.table().slices(), target.seed());
    try (PartOfTable part = PartOfTable.of(target.table(), sample)) {
      Evaluation byEvidence =
          target.score(
              part, compared, EvidenceStore.readOnly(common.evidence()), EvidenceOptions.ALL);
      Verification.require(
          byEvidence,
          target
              .with(Verification.toBeRead(target.rules(), byEvidence, part.shape()))
              .score(part, compared, EvidenceStore.NONE, EvidenceOptions.SCAN_ONLY),
          part.shape());
    }
    return "Verified: reading %d of %d data files again gives the same; --verify all reads every row."
        .formatted(sample.size(), target.table().slices().size());
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
