package dev.assay.cli;

import dev.assay.demo.DemoData;
import dev.assay.jobs.JobFiles;
import dev.assay.keys.KeyRing;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.pipeline.JobResult;
import dev.assay.pipeline.PipelineRun;
import dev.assay.reports.RunSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Three days in the life of a connected-vehicle company. */
@Command(
    name = "demo",
    description =
        "Make raw data of a connected-vehicle company and run jobs/demo for three data dates.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Option(
      names = "--scale",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many times 200 vehicles (default: 1).")
  int scale = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Another seed makes other data with the same defects (default: 1).")
  long seed = 1;

  @Option(
      names = "--leave",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Only make the raw data of the last N of the three dates, and leave running them to you (default: 0).")
  int leave;

  @Option(names = "--pipeline", paramLabel = "FOLDER", defaultValue = "jobs/demo", hidden = true)
  Path pipeline = Path.of("jobs/demo");

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    if (leave < 0 || leave > DemoData.DATES.size()) {
      throw new AssayException(
          ExitKind.USAGE,
          "--leave: %d is not possible. Expected 0 to %d, the demo's dates."
              .formatted(leave, DemoData.DATES.size()));
    }
    List<LocalDate> left =
        DemoData.DATES.subList(DemoData.DATES.size() - leave, DemoData.DATES.size());
    PrintWriter out = spec.commandLine().getOut();
    ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr());
    progress.say("starting Spark");
    int schedulerWouldSee = 0;
    boolean unexpected = false;
    Path report = Path.of("");
    makeKeys();
    bringModel();
    try (SparkSession spark = Wiring.spark(common.profile())) {
      DemoData data =
          new DemoData(spark, common.catalog(), common.home.resolve("demo/raw"), seed, scale);
      for (LocalDate date : DemoData.DATES) {
        progress.say("making the raw data of " + date);
        data.write(date);
        if (left.contains(date)) {
          continue;
        }
        RunOptions options = new RunOptions();
        options.dataDate = date;
        JobFiles.Loaded loaded = options.jobFiles(common.home).load(pipeline);
        List<JobResult> results =
            new PipelineRun(
                    Wiring.lane(
                        common,
                        spark,
                        progress,
                        ContractFiles.beside(pipeline, spec.commandLine().getErr())))
                .run(loaded.chosen(), date, Set.of());
        progress.clear();
        out.println(RunSummary.of(loaded.pipeline().name(), date, results).text());
        out.flush();
        // the report links what was announced
        Delivering.afterRun(common, out);
        report = RunReport.write(common, loaded, results).orElse(report);
        ExitKind exit = PipelineRun.exitOf(results);
        unexpected |= exit != ExitKind.OK && exit != ExitKind.HELD;
        schedulerWouldSee = exit.code();
      }
    }
    if (!left.isEmpty()) {
      out.println(leaving(left));
      return unexpected ? schedulerWouldSee : ExitKind.OK.code();
    }
    out.println(
        closing(
            schedulerWouldSee, report, common.profile().publishing().files().orElse(common.home)));
    return unexpected ? schedulerWouldSee : ExitKind.OK.code();
  }

  /** The demo protects its owners' data, and a demo has no team that brings keys. */
  private void makeKeys() {
    Wiring.keyFile(common.profile())
        .filter(file -> !file.exists())
        .ifPresent(file -> file.save(KeyRing.create()));
  }

  /** The demo brings its trained model, so that nobody waits; 'assay train' makes the same. */
  private void bringModel() {
    Path shipped = pipeline.resolve("models");
    Path models = common.home.resolve("models");
    if (!Files.isDirectory(shipped) || Files.exists(models.resolve("message_model/current"))) {
      return;
    }
    try (Stream<Path> files = Files.walk(shipped)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = models.resolve(shipped.relativize(file).toString());
        Files.createDirectories(java.util.Objects.requireNonNull(target.getParent()));
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy the demo's model to " + models, e);
    }
  }

  private String leaving(List<LocalDate> left) {
    StringBuilder text = new StringBuilder("Raw data waits. Run it yourself, in this order:\n");
    for (LocalDate date : left) {
      text.append("  ./assay run %s --data-date %s%n".formatted(pipeline, date));
    }
    return text.toString();
  }

  private static String closing(int code, Path report, Path announcements) {
    return """
        The hold is what the third day's data deserves, so the demo ends with 0; a scheduler that runs
        'assay run jobs/demo' for that day sees exit code %d (3: held).

        Report: %s   (open it in a browser)

        Next:
          ./assay held                                      what waits for a decision, and why
          ./assay history semantic.odometer_statement       its scores, run by run
          ./assay contract check                            what its consumers rely on, and whether they get it
          ./assay query "SELECT text, reasons FROM quarantine.prepared_odometer_readings"
          ls %s
                                                            what a catalog would be told
          ./assay review semantic.message_verdicts          messages that a person has to judge
          less jobs/demo/odometer_readings.yaml             what a job looks like
          less rulesets/semantic/odometer_statement.dqdl    what held it
          ./assay run jobs/demo --data-date 2026-11-18      again: nothing changes
        """
        .formatted(code, report, announcements);
  }
}
