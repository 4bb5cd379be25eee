package dev.assay.cli;

import dev.assay.catalog.datazone.Registration;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What is defined centrally. */
@Command(
    name = "governance",
    description = "The glossary and the form that all tables are described with.",
    subcommands = GovernanceCommand.Apply.class,
    mixinStandardHelpOptions = true)
final class GovernanceCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Makes it so in the catalog. */
  @Command(
      name = "apply",
      description = {
        "Make the glossary with its terms and the form's type in the profile's DataZone domain, or change what differs.",
        "Terms and fields that the files do not name stay. Starts no Spark."
      },
      mixinStandardHelpOptions = true)
  static final class Apply implements Callable<Integer> {
    @Mixin Common common = new Common();
    @Mixin CatalogOptions catalog = new CatalogOptions();

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Override
    public Integer call() {
      GovernanceFiles files = catalog.files();
      if (files.glossary().isEmpty() && files.form().isEmpty()) {
        throw new AssayException(
            ExitKind.USAGE,
            "There is neither glossary.yaml nor forms.yaml in %s. Write one of them, or say where they are with --governance."
                .formatted(catalog.folder));
      }
      ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr());
      int changes =
          Registration.open(
                  CatalogOptions.dataZone(common),
                  CatalogOptions.account(common),
                  CatalogOptions.registering(common),
                  files.form(),
                  catalog.patience(progress))
              .define(files.glossary());
      progress.clear();
      spec.commandLine()
          .getOut()
          .println(
              changes == 0
                  ? "Nothing to do: the domain has it all."
                  : "%d made or changed.".formatted(changes));
      return ExitKind.OK.code();
    }
  }
}
