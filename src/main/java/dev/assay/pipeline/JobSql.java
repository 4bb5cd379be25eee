package dev.assay.pipeline;

import dev.assay.jobs.JobPlaces;
import dev.assay.model.AssayException;
import dev.assay.model.job.Job;
import dev.assay.prepare.JobSyntax;

/** Refuses a job whose SQL cannot be read, before anything is read for it. */
final class JobSql {
  private JobSql() {}

  /**
   * Checks all SQL of a job; columns and tables are not looked at.
   *
   * @throws AssayException at the place in its file where Spark stopped reading
   */
  static void check(Job job) {
    JobSyntax.mistake(job)
        .ifPresent(
            mistake -> {
              throw JobPlaces.of(job)
                  .errorInText(
                      mistake.sql(),
                      mistake.offset(),
                      "Spark cannot read the SQL: " + mistake.found(),
                      "Correct it near here.",
                      mistake.path().toArray(String[]::new));
            });
  }
}
