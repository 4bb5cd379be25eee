package dev.assay.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What consumers rely on. */
@Command(
    name = "contract",
    description = "What consumers of tables rely on, and whether they get it.",
    mixinStandardHelpOptions = true,
    subcommands = ContractCheckCommand.class)
final class ContractCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
