package dev.assay.pipeline;

import dev.assay.cli.TestProject;
import dev.assay.pipeline.RunListener.Point;
import java.nio.file.Path;

/** Runs a project's jobs and dies, without a word, at a named point. */
final class KilledRun {
  private KilledRun() {}

  public static void main(String[] arguments) {
    Point last = Point.valueOf(arguments[1]);
    new TestProject(Path.of(arguments[0]))
        .listener(
            (table, point) -> {
              if (point == last) {
                Runtime.getRuntime().halt(137);
              }
            })
        .run();
  }
}
