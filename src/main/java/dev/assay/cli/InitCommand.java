package dev.assay.cli;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.suggest.ColumnGuesser;
import dev.assay.suggest.Proposal;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** From a strange input to a first score, or from nothing to a team's own repository. */
@Command(
    name = "init",
    description = {
      "Look at a file or table, write a pipeline and a starter ruleset for it, and run it.",
      "Or, with --team, make a team's own repository: profiles, an example that runs, tests, a DAG, and what a CI server does."
    },
    mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @ArgGroup(multiplicity = "1")
  Beginning beginning = new Beginning();

  /** One of two ways to begin. */
  static final class Beginning {
    @ArgGroup(exclusive = false)
    @Nullable Look look;

    @ArgGroup(exclusive = false)
    @Nullable Team team;
  }

  /** After a look at an input. */
  static final class Look {
    @Option(
        names = "--from",
        required = true,
        paramLabel = "FILE|TABLE",
        description = "A CSV, JSON lines, Avro or Parquet file, or a table such as raw.visits.")
    String from = "";

    @Option(
        names = "--name",
        paramLabel = "NAME",
        description = "Name of pipeline and table (default: from the file's name).")
    @Nullable String name;

    @Option(names = "--no-run", description = "Only write the files.")
    boolean noRun;
  }

  /** A repository with an example. */
  static final class Team {
    @Option(
        names = "--team",
        required = true,
        description = "Make a team's repository in FOLDER. Files that are there are left alone.")
    boolean team;

    @Parameters(paramLabel = "FOLDER", description = "The folder of the repository.")
    Path folder = Path.of("");
  }

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (beginning.team != null) {
      TeamFolder.make(beginning.team.folder, out);
      return ExitKind.OK.code();
    }
    return look(Objects.requireNonNull(beginning.look), out);
  }

  private int look(Look look, PrintWriter out) {
    String from = look.from;
    String chosen = look.name == null ? ColumnGuesser.plainName(baseName(from)) : look.name;
    Path folder = Path.of("jobs", chosen);
    Path ruleset = Path.of("rulesets/prepared", chosen + ".dqdl");
    refuseToReplace(folder);
    refuseToReplace(ruleset);
    Proposal proposal = proposal(from, chosen);
    ReportFiles.write(folder.resolve("pipeline.yaml"), proposal.pipelineFile());
    ReportFiles.write(folder.resolve(chosen + ".yaml"), proposal.jobFile());
    ReportFiles.write(ruleset, proposal.ruleset());
    out.println("Written, for you to review:");
    out.println("  " + folder.resolve(chosen + ".yaml"));
    out.println("  " + ruleset);
    out.flush();
    if (look.noRun) {
      return ExitKind.OK.code();
    }
    CommandLine commands = Main.commandLine();
    commands.setOut(out);
    commands.setErr(spec.commandLine().getErr());
    return commands.execute(
        "run",
        folder.toString(),
        "--home",
        common.home.toString(),
        "--profile",
        common.profileName);
  }

  private Proposal proposal(String from, String chosen) {
    if (from.matches("[a-z][a-z0-9_]*\\.[a-z][a-z0-9_]*") && !Files.exists(Path.of(from))) {
      return InputLook.atTable(common, chosen, Arguments.table(from));
    }
    try (SparkSession spark = Wiring.spark(common.profile())) {
      return InputLook.atFile(spark, chosen, from);
    }
  }

  private static void refuseToReplace(Path path) {
    if (Files.exists(path)) {
      throw new AssayException(
          ExitKind.USAGE,
          "%s is there already and is not replaced. Choose another --name.".formatted(path));
    }
  }

  private static String baseName(String from) {
    String last = from.substring(from.lastIndexOf('/') + 1);
    int dot = last.indexOf('.');
    boolean table =
        from.matches("[a-z][a-z0-9_]*\\.[a-z][a-z0-9_]*") && !Files.exists(Path.of(from));
    return table ? last.substring(dot + 1) : dot > 0 ? last.substring(0, dot) : last;
  }
}
