package dev.assay.cli;

import dev.assay.contracts.ContractCheck;
import dev.assay.model.ExitKind;
import dev.assay.model.RunRecord;
import dev.assay.reports.ContractJUnitReport;
import dev.assay.reports.ContractJson;
import dev.assay.reports.ContractText;
import dev.assay.scores.Ledger;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds the ledger against contracts. */
@Command(
    name = "check",
    description = {
      "Say from the ledger whether contracts are kept; evaluates nothing and starts no Spark.",
      "What counts is the newest published run of the table. Exit code 3 if a contract is broken, 4 if a file is wrong."
    },
    mixinStandardHelpOptions = true)
final class ContractCheckCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Parameters(
      paramLabel = "NAME|FILE",
      arity = "0..*",
      description = "Names of contracts, or their files (default: all of jobs/contracts).")
  List<String> asked = new ArrayList<>();

  @Option(
      names = "--contracts",
      paramLabel = "FOLDER",
      defaultValue = "jobs/contracts",
      description = "Where the contracts are (default: jobs/contracts).")
  Path folder = Path.of("jobs/contracts");

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Option(names = "--junit", paramLabel = "FILE", description = "Write JUnit XML as well.")
  @Nullable Path junit;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    ContractFiles files = ContractFiles.of(asked, folder);
    Ledger ledger = common.ledger();
    Instant now = Instant.now();
    List<RunRecord> runs = ledger.runs();
    List<ContractCheck> checks =
        files.contracts().values().stream()
            .map(contract -> ContractCheck.of(contract, runs, ledger::outcomes, now))
            .toList();
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? ContractJson.of(checks) : ContractText.of(checks));
    files.wrong().values().forEach(spec.commandLine().getErr()::println);
    if (junit != null) {
      ReportFiles.write(junit, ContractJUnitReport.of(checks, files.wrong()));
    }
    return exit(checks, files).code();
  }

  private static ExitKind exit(List<ContractCheck> checks, ContractFiles files) {
    return ExitKind.ofAll(
        List.of(
            files.wrong().isEmpty() ? ExitKind.OK : ExitKind.WRONG_FILES,
            checks.stream().allMatch(ContractCheck::met) ? ExitKind.OK : ExitKind.HELD));
  }
}
