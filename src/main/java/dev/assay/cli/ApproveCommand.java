package dev.assay.cli;

import dev.assay.model.ExitKind;
import dev.assay.model.RunRecord;
import dev.assay.pipeline.Decisions;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Publishes a held run. */
@Command(
    name = "approve",
    description = "Publish a held run although the gate held it; the ledger keeps who and why.",
    mixinStandardHelpOptions = true)
final class ApproveCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Parameters(paramLabel = "RUN", description = "The run's id, or its first digits.")
  String run = "";

  @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
  String reason = "";

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    RunRecord published =
        new Decisions(common.catalog(), common.ledger(), Clock.systemUTC())
            .approve(run, Arguments.caller(), reason);
    spec.commandLine()
        .getOut()
        .println(
            "%s: run %s is on main (%s)."
                .formatted(published.table(), published.runId(), published.note()));
    return ExitKind.OK.code();
  }
}
