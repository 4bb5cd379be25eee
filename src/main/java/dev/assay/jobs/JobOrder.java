package dev.assay.jobs;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.TableName;
import dev.assay.model.job.Job;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The order of a pipeline's jobs: whoever writes a table comes before whoever reads it. */
final class JobOrder {
  private final Map<TableName, Job> writers = new HashMap<>();
  private final List<Job> sorted = new ArrayList<>();
  private final Set<Job> visiting = new HashSet<>();

  private JobOrder() {}

  static List<Job> sorted(Path folder, List<Job> jobs) {
    JobOrder order = new JobOrder();
    for (Job job : jobs) {
      Job other = order.writers.put(job.output().table(), job);
      if (other != null) {
        throw new AssayException(
            ExitKind.WRONG_FILES,
            "%s: %s and %s both write %s. A table has one job."
                .formatted(
                    folder,
                    other.file().getFileName(),
                    job.file().getFileName(),
                    job.output().table()));
      }
    }
    Set<String> names = new HashSet<>();
    for (Job job : jobs) {
      if (!names.add(job.name())) {
        throw new AssayException(
            ExitKind.WRONG_FILES,
            "%s: another job of the pipeline is called '%s' too. Names are unique."
                .formatted(job.file(), job.name()));
      }
    }
    jobs.forEach(order::visit);
    return order.sorted;
  }

  private void visit(Job job) {
    if (sorted.contains(job)) {
      return;
    }
    if (!visiting.add(job)) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "%s: the job reads, through others, what it writes (%s). Break the circle."
              .formatted(job.file(), job.output().table()));
    }
    for (TableName table : job.dependencies()) {
      Job writer = writers.get(table);
      if (writer != null && writer != job) {
        visit(writer);
      }
    }
    sorted.add(job);
  }
}
