package dev.assay.cli;

import dev.assay.jobs.JobFiles;
import dev.assay.jobs.SendReader;
import dev.assay.model.job.Send;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that decide what job files mean. */
final class RunOptions {
  @Option(
      names = "--data-date",
      paramLabel = "YYYY-MM-DD",
      description = "The business date to run for (default: yesterday in the pipeline's zone).")
  @Nullable LocalDate dataDate;

  @Option(
      names = "--var",
      paramLabel = "NAME=VALUE",
      description = "A value for $${NAME} in job files; wins over the pipeline's own.")
  Map<String, String> variables = new LinkedHashMap<>();

  JobFiles jobFiles(Path home) {
    return new JobFiles(Clock.systemUTC(), values(home), Optional.ofNullable(dataDate));
  }

  /** A send job; its {@code ${date}} is yesterday in UTC unless a date is given. */
  Send sendJob(Path file, Path home) {
    LocalDate date = dataDate == null ? LocalDate.now(Clock.systemUTC()).minusDays(1) : dataDate;
    return SendReader.load(file, values(home), date);
  }

  Map<String, String> values(Path home) {
    Map<String, String> values = new LinkedHashMap<>(variables);
    values.putIfAbsent("home", home.toAbsolutePath().normalize().toString());
    return values;
  }
}
