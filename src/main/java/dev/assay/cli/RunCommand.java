package dev.assay.cli;

import dev.assay.jobs.JobFiles;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Metric;
import dev.assay.model.RunRecord;
import dev.assay.model.job.Contract;
import dev.assay.model.job.JobKind;
import dev.assay.pipeline.Failures;
import dev.assay.pipeline.JobResult;
import dev.assay.pipeline.PipelineRun;
import dev.assay.pipeline.RunOption;
import dev.assay.reports.RunSummary;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a pipeline, or one job of it. */
@Command(
    name = "run",
    description = "Run a pipeline folder, or one job file: read, stage, score, gate, publish.",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  @Mixin Common common = new Common();
  @Mixin RunOptions options = new RunOptions();

  @Parameters(paramLabel = "PATH", description = "A folder with pipeline.yaml, or a job file.")
  Path path = Path.of("jobs");

  @Option(
      names = "--force",
      description = "Run even if the same input was published or held before.")
  boolean force;

  @Option(
      names = "--accept-drift",
      description = "Take in new columns of jobs that say drift: after-review.")
  boolean acceptDrift;

  @Option(
      names = "--dry-run",
      description =
          "Write nothing: say what classifying the messages that are published now would cost.")
  boolean dryRun;

  @Option(
      names = "--result",
      paramLabel = "FILE",
      description =
          "Where to write result.json, also s3://BUCKET/KEY (default: <home>/result.json). Whoever reads it at an address finds the exit code in it; the command itself then ends with 0.")
  @org.jspecify.annotations.Nullable
  String resultFile;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    ResultPlace result = ResultPlace.of(resultFile, common);
    try {
      return code(run(result), result);
    } catch (RuntimeException e) {
      // a scheduler must not read the result of an earlier run
      AssayException known = Failures.explain(e);
      ResultFile.write(result, known);
      if (!result.isRemote()) {
        throw e;
      }
      return code(new FailureHandler().handle(e, spec.commandLine()), result);
    }
  }

  /** On EMR a run that was held is no job run that failed: its verdict is in the result. */
  private static int code(int code, ResultPlace result) {
    return result.isRemote() ? ExitKind.OK.code() : code;
  }

  private int run(ResultPlace result) {
    JobFiles.Loaded loaded = options.jobFiles(common.home).load(path);
    PrintWriter out = spec.commandLine().getOut();
    List<Contract> contracts =
        ContractFiles.beside(loaded.pipeline().folder(), spec.commandLine().getErr());
    ConsoleProgress console = new ConsoleProgress(spec.commandLine().getErr());
    JobTimes progress = new JobTimes(console);
    console.say("starting Spark");
    try (SparkSession spark = Wiring.spark(common.profile())) {
      List<JobResult> results =
          new PipelineRun(Wiring.lane(common, spark, progress, contracts))
              .run(loaded.chosen(), loaded.dataDate(), runOptions());
      console.clear();
      out.println(
          RunSummary.of(
                  loaded.pipeline().name(),
                  loaded.dataDate(),
                  results,
                  run -> messageMetrics(loaded, run))
              .text());
      out.flush();
      ExitKind exit =
          ExitKind.ofAll(List.of(PipelineRun.exitOf(results), Delivering.afterRun(common, out)));
      ResultFile.write(result, loaded, results, exit, progress.seconds());
      RunReport.write(common, loaded, results).ifPresent(file -> out.println("Report: " + file));
      return exit.code();
    }
  }

  private List<Metric> messageMetrics(JobFiles.Loaded loaded, RunRecord run) {
    return loaded.chosen().stream()
            .anyMatch(
                job -> job.kind() == JobKind.CLASSIFY && job.output().table().equals(run.table()))
        ? common.ledger().metrics(run.table()).getOrDefault(run.runId(), List.of())
        : List.of();
  }

  private Set<RunOption> runOptions() {
    Set<RunOption> asked = EnumSet.noneOf(RunOption.class);
    if (force) {
      asked.add(RunOption.FORCE);
    }
    if (acceptDrift) {
      asked.add(RunOption.ACCEPT_DRIFT);
    }
    if (dryRun) {
      asked.add(RunOption.DRY_RUN);
    }
    return asked;
  }
}
