package dev.assay.model.job;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A folder of jobs.
 *
 * @param schedule when it is due
 * @param zone what "yesterday" means
 * @param variables defaults for {@code ${name}} in its jobs
 * @param jobs in the order in which they run
 */
public record Pipeline(
    String name,
    String description,
    Path folder,
    Optional<Schedule> schedule,
    ZoneId zone,
    String owner,
    String domain,
    List<String> tags,
    Map<String, String> variables,
    List<Job> jobs) {
  public Pipeline {
    tags = List.copyOf(tags);
    variables = Map.copyOf(variables);
    jobs = List.copyOf(jobs);
  }
}
