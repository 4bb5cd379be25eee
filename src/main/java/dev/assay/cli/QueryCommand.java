package dev.assay.cli;

import dev.assay.model.ExitKind;
import dev.assay.reports.QueryResult;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** SQL over the lake and the ledger. */
@Command(
    name = "query",
    description = "Ask the lake and the ledger: layers are schemas, the ledger is schema assay.",
    mixinStandardHelpOptions = true)
final class QueryCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Parameters(
      paramLabel = "SQL",
      description = "For example \"SELECT table_name, score FROM assay.runs\".")
  String sql = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "One of: ${COMPLETION-CANDIDATES} (default: table).")
  QueryResult.Format format = QueryResult.Format.table;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many rows (default: 1000).")
  int limit = 1000;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr());
    progress.say("starting Spark");
    try (SparkSession spark = Wiring.spark(common.profile())) {
      spark.catalog().setCurrentCatalog(common.profile().catalog());
      Dataset<Row> rows = SqlText.run(spark, sql);
      List<Row> found = rows.limit(limit + 1).collectAsList();
      boolean more = found.size() > limit;
      String text = QueryResult.of(rows.columns(), more ? found.subList(0, limit) : found, format);
      progress.clear();
      spec.commandLine().getOut().println(text);
      if (more) {
        spec.commandLine()
            .getErr()
            .println("There are more than these %,d rows; --limit shows more.".formatted(limit));
      }
    }
    return ExitKind.OK.code();
  }
}
