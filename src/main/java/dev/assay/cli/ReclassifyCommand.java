package dev.assay.cli;

import dev.assay.jobs.JobFiles;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.Job;
import dev.assay.pipeline.Reclassification;
import dev.assay.reports.ReclassificationText;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What another model would decide. */
@Command(
    name = "reclassify",
    description = {
      "Judge the messages of a classify job by another model, and say which decisions differ.",
      "The published verdicts stay as they are; what the model answers is kept for the run that publishes by it."
    },
    mixinStandardHelpOptions = true)
final class ReclassifyCommand implements Callable<Integer> {
  @Mixin Common common = new Common();
  @Mixin RunOptions options = new RunOptions();

  @Parameters(paramLabel = "FILE", description = "A job file with kind: classify.")
  Path file = Path.of("");

  @Option(
      names = "--model",
      required = true,
      paramLabel = "NAME@VERSION",
      description = "The model to compare with; without a version the one in use.")
  String model = "";

  @Option(names = "--dry-run", description = "Say what it would cost, and stop there.")
  boolean dryRun;

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    JobFiles.Loaded loaded = options.jobFiles(common.home).load(file);
    if (loaded.chosen().size() != 1) {
      throw new AssayException(
          ExitKind.USAGE,
          "%s is a pipeline of %d jobs. Expected the file of one job with kind: classify."
              .formatted(file, loaded.chosen().size()));
    }
    Job job = loaded.chosen().get(0);
    ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr());
    progress.say("starting Spark");
    try (SparkSession spark = Wiring.spark(common.profile())) {
      Reclassification.Result result =
          new Reclassification(Wiring.lane(common, spark, progress))
              .run(job, loaded.dataDate(), model, dryRun);
      progress.clear();
      String table = job.output().table().toString();
      spec.commandLine()
          .getOut()
          .println(
              json
                  ? ReclassificationText.json(table, result.model(), result.changes())
                  : ReclassificationText.of(table, result.model(), result.changes()));
      return ExitKind.OK.code();
    }
  }
}
