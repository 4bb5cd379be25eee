package dev.assay.pipeline;

import dev.assay.cli.TestProject;
import dev.assay.model.TableName;
import dev.assay.pipeline.RunListener.Point;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Runs a project's jobs and dies, without a word, at a named point; or ends as they end. */
final class KilledRun {
  private KilledRun() {}

  /** Of a project, for a date, at a point of the run of a table. */
  public static void main(String[] arguments) {
    LocalDate date = LocalDate.parse(arguments[1]);
    TableName last = TableName.parse(arguments[2]);
    Point lastPoint = Point.valueOf(arguments[3]);
    List<JobResult> results =
        new TestProject(Path.of(arguments[0]))
            .listener(
                (table, point) -> {
                  if (table.equals(last) && point == lastPoint) {
                    Runtime.getRuntime().halt(137);
                  }
                })
            .run("jobs/p", date, Map.of());
    results.forEach(System.out::println);
    System.exit(PipelineRun.exitOf(results).code());
  }
}
