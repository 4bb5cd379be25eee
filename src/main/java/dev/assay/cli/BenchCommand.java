package dev.assay.cli;

import dev.assay.bench.EngineBench;
import dev.assay.bench.Line;
import dev.assay.model.ExitKind;
import dev.assay.pipeline.MessageTools;
import dev.assay.reports.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures, on this machine, what the documentation promises. */
@Command(
    name = "bench",
    description =
        "Measure the engine against a bare scan, SQL by hand and Deequ, and the line against a plain write. docs/bench.md explains the table.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  private enum Part {
    scan,
    keys,
    changes,
    wide,
    rows,
    planning,
    variants,
    line,
    messages
  }

  @Mixin Common common = new Common();

  @Parameters(
      paramLabel = "PART",
      description = "What to measure: ${COMPLETION-CANDIDATES} (default: all).")
  List<Part> parts = new ArrayList<>();

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Rows of the measured table (default: 20000000).")
  long rows = 20_000_000;

  @Option(names = "--rounds", paramLabel = "N", description = "Rounds that count (default: 5).")
  int rounds = 5;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The trained model of part messages (default: message_model).")
  String model = "message_model";

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr());
    Set<Part> wanted = new TreeSet<>(parts.isEmpty() ? List.of(Part.values()) : parts);
    try (SparkSession spark = Wiring.spark(common.profile())) {
      EngineBench engine = new EngineBench(spark, common.catalog(), rows, rounds, progress::say);
      for (Part part : wanted) {
        switch (part) {
          case scan -> print(progress, engine.scan());
          case keys -> print(progress, engine.keys());
          case changes -> print(progress, engine.changes());
          case wide -> print(progress, engine.wide());
          case planning -> print(progress, engine.planning());
          case variants -> print(progress, engine.variants());
          case rows -> print(progress, engine.rows());
          case messages -> {
            MessageTools tools = Wiring.messages(common, spark);
            print(progress, engine.messages(tools.classifiers(), tools.languages(), model));
          }
          case line ->
              print(
                  progress,
                  engine.line(
                      listener -> Wiring.lane(common, spark, listener),
                      common.home.resolve("bench")));
        }
      }
    }
    return ExitKind.OK.code();
  }

  private void print(ConsoleProgress progress, List<Line> lines) {
    progress.clear();
    spec.commandLine()
        .getOut()
        .println(
            new TextTable<Line>()
                .left("median of " + rounds, Line::way)
                .right("seconds", Line::seconds)
                .right("jobs", Line::jobs)
                .right("rows read", Line::rowsRead)
                .right("MB read", Line::megabytesRead)
                .left("ratio", Line::ratio)
                .left("asked for", line -> line.target().text())
                .left("met", line -> line.target().met())
                .of(lines));
    spec.commandLine().getOut().flush();
  }
}
