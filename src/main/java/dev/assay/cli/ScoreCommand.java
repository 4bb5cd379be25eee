package dev.assay.cli;

import dev.assay.api.Assay;
import dev.assay.api.Scorecard;
import dev.assay.lake.iceberg.Staging;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.TableName;
import dev.assay.reports.ScoreText;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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
    description = "Score a table, now or as of a snapshot, with any ruleset. Nothing is written.",
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

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    TableName name = Arguments.table(table);
    ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr());
    progress.say("starting Spark");
    try (SparkSession spark = Wiring.spark(common.profile())) {
      Assay assay = Assay.on(spark);
      for (Map.Entry<String, String> reference : references.entrySet()) {
        TableName other = Arguments.table(reference.getValue());
        assay = assay.withReference(reference.getKey(), rows(spark, other, null));
      }
      progress.say(name + ": scoring");
      Scorecard card = assay.score(rows(spark, name, asOf), ruleset);
      progress.clear();
      spec.commandLine()
          .getOut()
          .println(ScoreText.of(name.toString(), card.score(), card.outcomes()));
      boolean below =
          failBelow != null
              && card.score().value().map(score -> score.compareTo(failBelow) < 0).orElse(true);
      return below ? ExitKind.HELD.code() : ExitKind.OK.code();
    }
  }

  private Dataset<Row> rows(SparkSession spark, TableName name, @Nullable Long snapshot) {
    org.apache.iceberg.Table found =
        common
            .catalog()
            .find(name)
            .orElseThrow(
                () ->
                    new AssayException(
                        ExitKind.INPUT_MISSING, "There is no table %s.".formatted(name)));
    if (snapshot != null && found.snapshot(snapshot) == null) {
      throw new AssayException(
          ExitKind.INPUT_MISSING,
          "%s has no snapshot %d; it may have expired. 'assay history %s --json' lists those of its runs."
              .formatted(name, snapshot, name));
    }
    return snapshot == null
        ? spark.read().table(common.catalog().sparkName(name))
        : Staging.read(spark, common.catalog(), name, snapshot);
  }
}
