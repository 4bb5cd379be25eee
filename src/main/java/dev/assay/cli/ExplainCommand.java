package dev.assay.cli;

import dev.assay.folders.Folder;
import dev.assay.folders.FolderTable;
import dev.assay.model.ExitKind;
import dev.assay.reports.TextTable;
import dev.assay.rules.evaluate.RulesetExplainer;
import dev.assay.rules.evaluate.RulesetExplainer.Explained;
import dev.assay.rules.evidence.EvidenceOptions;
import dev.assay.rules.evidence.SlicedTable;
import dev.assay.rules.parse.Ruleset;
import dev.assay.rules.parse.RulesetParser;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What scoring would read, and why. */
@Command(
    name = "explain",
    description =
        "Print how a ruleset would be answered on a table: per rule the evidence (metadata, stored, scan), passes, columns and bytes. No row is read.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Parameters(paramLabel = "RULESET", description = "A DQDL file.")
  Path ruleset = Path.of("");

  @Option(
      names = "--table",
      required = true,
      paramLabel = "TABLE|PATH",
      description = "For example prepared.trips, or a file, folder, glob or s3:// address.")
  String table = "";

  @Mixin FolderOptions folders = new FolderOptions();

  @Option(
      names = "--reference",
      paramLabel = "ALIAS=TABLE",
      description = "A table that rules compare with.")
  Map<String, String> references = new LinkedHashMap<>();

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    Optional<Folder> folder = folders.folder(table);
    Ruleset rules = RulesetParser.parse(ruleset);
    TablesOfCatalog tables = new TablesOfCatalog(common.catalog());
    if (folder.isEmpty()) {
      tables.find(Arguments.table(table));
    }
    ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr());
    progress.say("starting Spark");
    try (SparkSession spark = Wiring.spark(common.profile())) {
      Map<String, SlicedTable> compared = new LinkedHashMap<>();
      references.forEach(
          (alias, other) -> compared.put(alias, tables.newest(spark, Arguments.table(other))));
      SlicedTable scored =
          folder
              .<SlicedTable>map(found -> FolderTable.open(spark, found, common.evidence()))
              .orElseGet(() -> tables.newest(spark, Arguments.table(table)));
      List<Explained> explained =
          new RulesetExplainer(common.evidence(), EvidenceOptions.ALL)
              .explain(scored, rules, compared, Clock.systemUTC().instant());
      progress.clear();
      spec.commandLine()
          .getOut()
          .println(
              new TextTable<Explained>()
                  .left("rule", Explained::rule)
                  .left("passes", Explained::passes)
                  .right("metadata", line -> count(line.trace().metadataSlices()))
                  .right("stored", line -> count(line.trace().storedSlices()))
                  .right("scan", line -> count(line.trace().scannedSlices()))
                  .right("kB to read", line -> count(line.trace().scannedBytes() / 1_000))
                  .left("columns", line -> String.join(", ", line.columns()))
                  .of(explained));
      spec.commandLine()
          .getOut()
          .printf(
              "%n%s has %d data files; metadata, stored and scan say by how many of them a rule is answered.%n",
              table, scored.slices().size());
    }
    return ExitKind.OK.code();
  }

  private static String count(long number) {
    return number == 0 ? "" : "%,d".formatted(number);
  }
}
