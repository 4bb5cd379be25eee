package dev.assay.emr;

import dev.assay.model.job.Emr;
import dev.assay.model.job.EmrWorker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked of EMR for a submission.
 *
 * @param emr the profile's
 * @param spark settings of Spark, with their reasons
 * @param tags for the bill
 */
public record Plan(
    Emr emr,
    Submission submission,
    Attempt attempt,
    List<Setting> spark,
    Map<String, String> tags) {
  public static final String MAIN_CLASS = "dev.assay.cli.Main";
  private static final String TAG = "assay:";

  /** Reckons it. Asks nobody. */
  public static Plan of(Emr emr, Submission submission, Attempt attempt) {
    Map<String, String> tags = new LinkedHashMap<>(emr.tags());
    tags.put(TAG + "pipeline", submission.pipeline());
    submission.job().ifPresent(job -> tags.put(TAG + "job", job));
    if (!submission.domain().isEmpty()) {
      tags.put(TAG + "domain", submission.domain());
    }
    tags.put(TAG + "data-date", submission.dataDate().toString());
    return new Plan(emr, submission, attempt, Sizing.of(emr, submission), tags);
  }

  /** The first attempt of a submission, for those who only look. */
  public static Attempt firstAttempt(Emr emr, Submission submission) {
    return attempt(emr.results(), submission, 1, Optional.empty());
  }

  /** An attempt in a folder of results. */
  public static Attempt attempt(
      String results, Submission submission, int number, Optional<Attempt.Started> started) {
    return new Attempt("%s/%s/%d".formatted(results, submission.folder(), number), number, started);
  }

  /** The folder of all attempts, in a folder of results. */
  public static String folder(String results, Submission submission) {
    return "%s/%s".formatted(results, submission.folder());
  }

  /** Settings by name, as requests want them. */
  public Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    spark.forEach(setting -> properties.put(setting.name(), setting.value()));
    return properties;
  }

  /** The arguments of our jar. */
  public List<String> arguments() {
    return submission.arguments(attempt.result());
  }

  /** What Spark unpacks beside the driver, and under which names. */
  public String archives() {
    return "%1$s/jobs.tar.gz#jobs,%1$s/rulesets.tar.gz#rulesets".formatted(emr.code().files());
  }

  /** What is asked for beside Spark's settings, and why. */
  public List<Setting> settings() {
    List<Setting> settings = new ArrayList<>();
    long minutes = emr.limits().run().toMinutes();
    if (emr.target() instanceof Emr.Application application) {
      settings.add(
          new Setting(
              "application",
              application.id().or(application::name).orElse(""),
              "%s, auto-stop after 5 minutes and a maximum capacity of %s are to be set there"
                  .formatted(application.architecture(), Sizing.capacity(emr.workers()))));
      settings.add(
          new Setting(
              "executionTimeoutMinutes",
              Long.toString(minutes),
              "a run that hangs ends, and is paid no longer"));
      settings.add(
          new Setting(
              "clientToken",
              attempt.token(),
              "the same until somebody has seen the end, so that a repeat starts no second run"));
    } else if (emr.target() instanceof Emr.Cluster cluster) {
      settings.add(
          new Setting("cluster", cluster.release(), "for this run only; it ends with its step"));
      settings.add(
          new Setting(
              "core nodes",
              "%d × %s".formatted(cluster.coreNodes(), cluster.coreType()),
              "on demand and constant, because they hold data"));
      settings.add(
          new Setting(
              "task nodes",
              "%d × %s".formatted(cluster.taskNodes(), cluster.taskType()),
              "Spot: what they lose is computed again"));
      settings.add(
          new Setting(
              "auto-termination",
              cluster.idle().toMinutes() + " min",
              "the second net, should the cluster be left alone"));
    }
    settings.add(new Setting("entry point", emr.code().jar(), ""));
    settings.add(new Setting("arguments", String.join(" ", arguments()), ""));
    settings.add(new Setting("archives", archives(), "the files of jobs and rules on the driver"));
    emr.logs().ifPresent(logs -> settings.add(new Setting("logs", logs, "")));
    settings.add(
        new Setting(
            "tags",
            String.join(", ", tags.entrySet().stream().map(Object::toString).toList()),
            "the bill can be split by them"));
    return settings;
  }

  /** The most that a run can cost on EMR Serverless; empty without prices, or on a cluster. */
  public Optional<Usage> most() {
    if (!(emr.target() instanceof Emr.Application) || emr.prices().isEmpty()) {
      return Optional.empty();
    }
    Duration run = emr.limits().run();
    double hours = run.toSeconds() / (double) Duration.ofHours(1).toSeconds();
    EmrWorker driver = emr.workers().driver();
    EmrWorker executor = emr.workers().executor();
    int count = emr.workers().mostExecutors();
    return Optional.of(
        Usage.ofServerless(
            hours * (driver.vcpus() + count * executor.vcpus()),
            hours * (driver.memoryGb() + count * executor.memoryGb()),
            hours * (paidDisk(driver) + count * paidDisk(executor)),
            emr.prices()));
  }

  private static int paidDisk(EmrWorker worker) {
    return worker.diskGb() - EmrWorker.LEAST_DISK_GB;
  }
}
