package dev.assay.cli;

import dev.assay.jobs.JobFiles;
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

  Map<String, String> values(Path home) {
    Map<String, String> values = new LinkedHashMap<>(variables);
    values.putIfAbsent("home", home.toAbsolutePath().normalize().toString());
    return values;
  }
}
