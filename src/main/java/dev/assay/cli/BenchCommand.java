package dev.assay.cli;

import dev.assay.bench.SplitBench;
import dev.assay.model.ExitKind;
import dev.assay.reports.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures, on this machine, what the decisions in docs/decisions rest on. */
@Command(
    name = "bench",
    description =
        "Measure what it costs to tell sound rows from quarantined ones, against a plain write.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Option(names = "--rows", paramLabel = "N", description = "Rows of the input (default: 1000000).")
  long rows = 1_000_000;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr());
    progress.say("measuring, four rounds of three ways");
    try (SparkSession spark = Wiring.spark(common.profile())) {
      Map<String, Double> seconds = new SplitBench(spark, common.home.resolve("bench"), rows).run();
      progress.clear();
      double peer = seconds.values().iterator().next();
      List<Map.Entry<String, Double>> lines = List.copyOf(seconds.entrySet());
      spec.commandLine()
          .getOut()
          .println(
              new TextTable<Map.Entry<String, Double>>()
                  .left("way (median of 3)", Map.Entry::getKey)
                  .right("seconds", line -> "%.2f".formatted(line.getValue()))
                  .right(
                      "ratio", line -> String.format(Locale.ROOT, "%.2f", line.getValue() / peer))
                  .of(lines));
    }
    return ExitKind.OK.code();
  }
}
