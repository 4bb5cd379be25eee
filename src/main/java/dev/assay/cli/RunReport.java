package dev.assay.cli;

import dev.assay.jobs.JobFiles;
import dev.assay.pipeline.JobResult;
import dev.assay.reports.TableReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The report at the end of a run of a pipeline. */
final class RunReport {
  private RunReport() {}

  /** Writes it; there is none if no job came as far as a score. */
  static Optional<Path> write(Common common, JobFiles.Loaded loaded, List<JobResult> results) {
    ReportFiles files = new ReportFiles(common);
    List<TableReport> reports =
        results.stream().flatMap(result -> result.run().stream()).map(files::report).toList();
    if (reports.isEmpty()) {
      return Optional.empty();
    }
    String pipeline = loaded.pipeline().name();
    return Optional.of(
        files.html(
            pipeline + "-" + loaded.dataDate(),
            "%s · %s".formatted(pipeline, loaded.dataDate()),
            reports));
  }
}
