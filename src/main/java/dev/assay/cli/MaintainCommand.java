package dev.assay.cli;

import dev.assay.model.ExitKind;
import dev.assay.pipeline.Maintenance;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tidies up. */
@Command(
    name = "maintain",
    description =
        "Finish what killed runs left, compact the ledger, free what nobody needs, and remove rows older than the profile's retention.",
    mixinStandardHelpOptions = true)
final class MaintainCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Option(
      names = "--leftovers-after-hours",
      paramLabel = "N",
      description = "Take an unfinished run for a killed one after so many hours (default: 24).")
  long leftoverHours = 24;

  @Option(
      names = "--held-after-days",
      paramLabel = "N",
      description = "Discard a held run after so many days (default: 30).")
  long heldDays = 30;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr());
    progress.say("maintaining");
    try (SparkSession spark = Wiring.spark(common.profile())) {
      List<String> done =
          new Maintenance(Wiring.lane(common, spark, progress))
              .run(Duration.ofHours(leftoverHours), Duration.ofDays(heldDays));
      progress.clear();
      out.println(done.isEmpty() ? "There was nothing to do." : String.join("\n", done));
    }
    return ExitKind.OK.code();
  }
}
