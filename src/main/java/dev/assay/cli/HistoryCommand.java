package dev.assay.cli;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.RunRecord;
import dev.assay.model.TableName;
import dev.assay.reports.RunHistory;
import dev.assay.reports.RunJson;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The runs of a table. */
@Command(
    name = "history",
    description = "The scores of a table, run by run, newest first.",
    mixinStandardHelpOptions = true)
final class HistoryCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Parameters(paramLabel = "TABLE", description = "For example prepared.trips.")
  String table = "";

  @Option(names = "--last", paramLabel = "N", description = "At most so many runs (default: 30).")
  int last = 30;

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    if (last < 1) {
      throw new AssayException(
          ExitKind.USAGE, "--last is %d. Expected a number of runs from 1.".formatted(last));
    }
    List<RunRecord> runs =
        common.ledger().runs(Arguments.table(table)).stream().limit(last).toList();
    if (runs.isEmpty()) {
      throw new AssayException(
          ExitKind.INPUT_MISSING,
          known().isEmpty()
              ? "The ledger has no run yet. 'assay demo' or 'assay init --from FILE' make the first."
              : "The ledger has no run of %s. Known tables: %s."
                  .formatted(table, String.join(", ", known())));
    }
    spec.commandLine().getOut().println(json ? RunJson.of(runs) : RunHistory.of(runs));
    return ExitKind.OK.code();
  }

  private List<String> known() {
    return common.ledger().runs().stream()
        .map(RunRecord::table)
        .distinct()
        .sorted()
        .map(TableName::toString)
        .toList();
  }
}
