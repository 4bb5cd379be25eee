package dev.assay.cli;

import dev.assay.model.ExitKind;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.reports.HeldRun;
import dev.assay.reports.RunJson;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What waits for a decision. */
@Command(
    name = "held",
    description = "The runs that the gate holds, and why.",
    mixinStandardHelpOptions = true)
final class HeldCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<RunRecord> held =
        common.ledger().runs().stream().filter(run -> run.state() == RunState.HELD).toList();
    if (json) {
      out.println(RunJson.of(held));
    } else if (held.isEmpty()) {
      out.println("Nothing is held.");
    } else {
      held.forEach(run -> print(run, out));
    }
    return ExitKind.OK.code();
  }

  private static void print(RunRecord run, PrintWriter out) {
    String id = run.runId().substring(0, 8);
    out.println("%s  %s  %s".formatted(id, run.dataDate(), run.table()));
    HeldRun.reasons(run).forEach(line -> out.println("  " + line));
    out.println("  look:   assay report " + id);
    out.println("  " + HeldRun.decision(run));
  }
}
