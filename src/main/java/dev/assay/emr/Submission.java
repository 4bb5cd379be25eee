package dev.assay.emr;

import dev.assay.model.TableName;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What somebody wants to have run.
 *
 * @param domain of the pipeline; empty if it names none
 * @param job empty for the whole pipeline
 * @param path of the folder or file on the driver, from the folder that holds {@code jobs}
 * @param profile the name of the profile that the driver loads
 * @param options further arguments of {@code run}
 * @param warehouse of the profile's catalog; empty if it names none
 * @param targets what is to be made
 */
public record Submission(
    String pipeline,
    String domain,
    Optional<String> job,
    String path,
    LocalDate dataDate,
    String profile,
    List<String> options,
    Optional<String> warehouse,
    List<Target> targets) {
  /** A job and its table. */
  public record Target(String job, TableName table) {}

  public Submission {
    options = List.copyOf(options);
    targets = List.copyOf(targets);
  }

  /** What it is to people: {@code demo/trips 2026-11-18}. */
  public String text() {
    return "%s%s %s".formatted(pipeline, job.map(name -> "/" + name).orElse(""), dataDate);
  }

  /** Under which name it is remembered; the same for the same job and date. */
  String folder() {
    return "%s/%s/%s".formatted(pipeline, job.orElse("all-jobs"), dataDate);
  }

  /** The arguments of our jar. */
  List<String> arguments(String result) {
    List<String> arguments =
        new java.util.ArrayList<>(
            List.of("run", path, "--data-date", dataDate.toString(), "--profile", profile));
    arguments.addAll(options);
    arguments.addAll(List.of("--result", result));
    return List.copyOf(arguments);
  }
}
