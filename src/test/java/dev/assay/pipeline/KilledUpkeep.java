package dev.assay.pipeline;

import dev.assay.cli.TestProject;
import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.lake.iceberg.Requeue;
import dev.assay.model.TableName;
import dev.assay.model.job.Profile;
import dev.assay.model.job.Publishing;
import dev.assay.scores.iceberg.IcebergLedger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/** Approves, keeps a corrected file, or maintains, and dies at a named place. */
final class KilledUpkeep {
  private KilledUpkeep() {}

  /** What to do, on which project, with what, and where to die. */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "approve" -> {
        LakeCatalog catalog = LakeCatalog.open(profile(folder));
        new Decisions(
                catalog,
                new IcebergLedger(catalog.iceberg()),
                Clock.systemUTC(),
                dyingAt(arguments[3]))
            .approve(arguments[2], "somebody", "good enough");
      }
      case "requeue" ->
          new Requeue(LakeCatalog.open(profile(folder)))
              .keep(
                  TableName.parse(arguments[2]),
                  LocalDate.parse(arguments[3]),
                  Path.of(arguments[4]));
      default ->
          new Maintenance(new TestProject(folder).listener(dyingAt(arguments[2])).lane())
              .run(Duration.ZERO, Duration.ofDays(30));
    }
    System.exit(0);
  }

  private static RunListener dyingAt(String place) {
    return new RunListener() {
      @Override
      public void reached(TableName table, Point point) {
        die(point.name());
      }

      @Override
      public void decided(TableName table) {
        die("DECIDED");
      }

      @Override
      public void maintained(TableName table, Upkeep step) {
        die(step.name());
      }

      private void die(String reached) {
        if (reached.equals(place)) {
          Runtime.getRuntime().halt(137);
        }
      }
    };
  }

  private static Profile profile(Path folder) {
    Path home = folder.resolve("home");
    return new Profile(
        "test",
        home,
        "lake",
        Map.of("type", "hadoop", "warehouse", home.resolve("warehouse").toString()),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Publishing.NOWHERE);
  }
}
