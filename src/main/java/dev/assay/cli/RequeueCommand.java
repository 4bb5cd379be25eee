package dev.assay.cli;

import dev.assay.lake.files.FormatCheck;
import dev.assay.lake.iceberg.QuarantineSamples;
import dev.assay.lake.iceberg.Requeue;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.RunRecord;
import dev.assay.model.job.Input;
import dev.assay.model.job.Job;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Feeds corrected records back. */
@Command(
    name = "requeue",
    description =
        "Feed corrected quarantined records back: they are read with the raw files of their date.",
    mixinStandardHelpOptions = true)
final class RequeueCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Parameters(paramLabel = "RUN", description = "The run that quarantined them.")
  String run = "";

  @Option(
      names = "--file",
      required = true,
      paramLabel = "FILE",
      description = "The corrected records, in the format of the job's input (with its header).")
  Path file = Path.of("");

  @Option(
      names = "--job",
      paramLabel = "PATH",
      description = "The job's file, or its pipeline folder (default: jobs/PIPELINE of the run).")
  @Nullable Path jobPath;

  @Option(
      names = "--var",
      paramLabel = "NAME=VALUE",
      description = "A value for $${NAME} in job files, as the run had it.")
  Map<String, String> variables = new LinkedHashMap<>();

  @Option(names = "--remove", description = "Take a file of this name back instead.")
  boolean remove;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    RunRecord found =
        common
            .ledger()
            .run(run)
            .orElseThrow(
                () ->
                    new AssayException(
                        ExitKind.USAGE, "There is no single run '%s'.".formatted(run)));
    if (remove) {
      new Requeue(common.catalog()).remove(found.table(), found.dataDate(), file);
      spec.commandLine().getOut().println("Taken back: " + file.getFileName());
      return ExitKind.OK.code();
    }
    check(found);
    Job job = job(found);
    FormatCheck.check(file, input(job));
    String kept = new Requeue(common.catalog()).keep(found.table(), found.dataDate(), file);
    PrintWriter out = spec.commandLine().getOut();
    out.println("Kept as " + kept);
    out.println(
        "Now run the job again: assay run %s --data-date %s"
            .formatted(job.file(), found.dataDate()));
    out.println(
        "To take it back: assay requeue %s --remove --file %s"
            .formatted(found.runId().substring(0, 8), file.getFileName()));
    return ExitKind.OK.code();
  }

  private void check(RunRecord found) {
    if (found.counts().quarantined() == 0) {
      throw new AssayException(
          ExitKind.USAGE,
          "Run %s of %s quarantined nothing.".formatted(found.runId(), found.table()));
    }
    if (!Files.isRegularFile(file)) {
      throw new AssayException(
          ExitKind.INPUT_MISSING, "%s: there is no such file.".formatted(file));
    }
    if (new QuarantineSamples(common.catalog()).anySealed(found.table(), found.runId())) {
      throw new AssayException(
          ExitKind.USAGE,
          "%s protects columns, and a corrected file would lie in the warehouse in clear. Put it beside the raw files instead."
              .formatted(found.table()));
    }
  }

  /** The job as it is now, because that is what reads the file. */
  private Job job(RunRecord found) {
    Path path = jobPath == null ? Path.of("jobs", found.pipeline()) : jobPath;
    if (!Files.exists(path)) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "%s: there is no such file or folder. Expected the job that writes %s, whose input the corrected file must fit: name it with --job."
              .formatted(path, found.table()));
    }
    RunOptions options = new RunOptions();
    options.dataDate = found.dataDate();
    options.variables = variables;
    return options.jobFiles(common.home).load(path).chosen().stream()
        .filter(job -> job.output().table().equals(found.table()))
        .findFirst()
        .orElseThrow(
            () ->
                new AssayException(
                    ExitKind.WRONG_FILES,
                    "%s: no job here writes %s. Name the one that does with --job."
                        .formatted(path, found.table())));
  }

  private static Input.Files input(Job job) {
    return job.inputs().values().stream()
        .filter(Input.Files.class::isInstance)
        .map(Input.Files.class::cast)
        .findFirst()
        .orElseThrow(
            () ->
                new AssayException(
                    ExitKind.USAGE,
                    "%s reads no files, so a corrected file would not be read. Correct the rows in the table that it reads."
                        .formatted(job.file())));
  }
}
