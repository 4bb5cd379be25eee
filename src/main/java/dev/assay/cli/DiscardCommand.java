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

/** Gives a held run up. */
@Command(
    name = "discard",
    description = "Give a held run up: its branch goes, main stays as it is.",
    mixinStandardHelpOptions = true)
final class DiscardCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Parameters(paramLabel = "RUN", description = "The run's id, or its first digits.")
  String run = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why.")
  String reason = "no reason given";

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    RunRecord discarded =
        new Decisions(common.catalog(), common.ledger(), Clock.systemUTC())
            .discard(run, Arguments.caller(), reason);
    spec.commandLine()
        .getOut()
        .println("%s: run %s is discarded.".formatted(discarded.table(), discarded.runId()));
    return ExitKind.OK.code();
  }
}
