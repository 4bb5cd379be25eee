package dev.assay.cli;

import dev.assay.emr.Submission;
import dev.assay.jobs.JobFiles;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.Emr;
import dev.assay.model.job.Job;
import dev.assay.model.job.Profile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is to be run on EMR, as the command line and the profile say. */
final class EmrOptions {
  private static final String JOBS = "jobs";

  @Mixin Common common = new Common();
  @Mixin RunOptions run = new RunOptions();

  @Parameters(
      paramLabel = "PATH",
      description = "A pipeline's folder, or one job file, in a folder named jobs.")
  Path path = Path.of(JOBS);

  @Option(
      names = "--force",
      description = "Run even if the same input was published or held before.")
  boolean force;

  @Option(
      names = "--accept-drift",
      description = "Take in new columns of jobs that say drift: after-review.")
  boolean acceptDrift;

  Emr emr() {
    return common
        .profile()
        .emr()
        .orElseThrow(
            () ->
                new AssayException(
                    ExitKind.WRONG_FILES,
                    "Profile %s does not say how to run on EMR. Add 'emr: {mode: serverless, …}' to it (docs/emr.md)."
                        .formatted(common.profileName)));
  }

  /** Reads the job files, so that what is wrong in them is said before anything is paid. */
  Submission submission() {
    JobFiles.Loaded loaded = run.jobFiles(common.home).load(path);
    return new Submission(
        loaded.pipeline().name(),
        loaded.pipeline().domain(),
        Files.isDirectory(path) ? Optional.empty() : Optional.of(loaded.chosen().get(0).name()),
        onDriver(path)
            .orElseThrow(
                () ->
                    new AssayException(
                        ExitKind.USAGE,
                        "%s lies in no folder named jobs. On EMR the driver has jobs.tar.gz of the profile's emr.files, unpacked as jobs; name a folder or file in yours."
                            .formatted(path))),
        loaded.dataDate(),
        profile(),
        words(),
        Optional.ofNullable(common.profile().catalogProperties().get("warehouse")),
        loaded.chosen().stream().map(EmrOptions::target).toList());
  }

  private static Submission.Target target(Job job) {
    return new Submission.Target(job.name(), job.output().table());
  }

  private String profile() {
    Profile profile = common.profile();
    String name = emr().profile().orElse(profile.name());
    if (!name.endsWith(".yaml")) {
      return name;
    }
    return onDriver(Path.of(name))
        .orElseThrow(
            () ->
                new AssayException(
                    ExitKind.WRONG_FILES,
                    "Profile %s lies in no folder named jobs, so the driver does not have it. Name one that it has: emr: {profile: aws}, or a file in jobs/profiles."
                        .formatted(name)));
  }

  private List<String> words() {
    List<String> words = new ArrayList<>();
    run.variables.forEach((name, value) -> words.addAll(List.of("--var", name + "=" + value)));
    if (force) {
      words.add("--force");
    }
    if (acceptDrift) {
      words.add("--accept-drift");
    }
    return words;
  }

  /** The path from the folder that holds {@code jobs}; empty if it is in none. */
  static Optional<String> onDriver(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    for (int i = absolute.getNameCount() - 1; i >= 0; i--) {
      if (absolute.getName(i).toString().equals(JOBS)) {
        Path found = absolute.subpath(i, absolute.getNameCount());
        return Optional.of(found.toString().replace('\\', '/'));
      }
    }
    return Optional.empty();
  }
}
