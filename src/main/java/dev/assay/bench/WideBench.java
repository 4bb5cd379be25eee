package dev.assay.bench;

import dev.assay.bench.Stopwatch.Lap;
import java.util.List;

/** A thousand rules on two hundred columns, against twenty on four of them. */
final class WideBench {
  private static final int COLUMNS = 200;
  private static final int FEW_COLUMNS = 4;
  private static final String FEW = "20 rules on 4 columns, cold, no metadata";
  private static final String MANY = "1,000 rules on 200 columns, cold, no metadata";
  private static final double MOST_TIMES = 25;

  /** What a reader takes beside footers and columns: page headers, and the same page twice. */
  private static final double MOST_BYTES = 1.1;

  private static final long MOST_ROWS = 1_000_000;

  /** Every query reads the footers of all files, and each column is read by one query. */
  private record Bytes(long all, long footers) {
    long readBy(long queries) {
      return all + (queries - 1) * footers;
    }
  }

  private final Setting setting;

  WideBench(Setting setting) {
    this.setting = setting;
  }

  List<Line> run() {
    long rows = Math.min(setting.rows(), MOST_ROWS);
    BenchTable table = setting.table("wide", new WideColumns(COLUMNS), rows);
    FreshStore store = setting.store();
    Engines engines = new Engines(setting.spark(), store);
    String few = WideColumns.rules(FEW_COLUMNS);
    String many = WideColumns.rules(COLUMNS);
    try (CodegenWatch watch = new CodegenWatch(setting.spark())) {
      Standings standings =
          new Contest()
              .way(FEW, store::start, () -> engines.assay(table.slices(), few, Engines.NO_METADATA))
              .way(
                  MANY,
                  store::start,
                  () -> engines.assay(table.slices(), many, Engines.NO_METADATA))
              .run(setting)
              .requireAllPassed(FEW)
              .requireAllPassed(MANY);
      return report(
              standings, watch, new Bytes(table.bytes(), Footers.bytes(table.iceberg())), rows)
          .lines();
    }
  }

  private static Report report(Standings standings, CodegenWatch watch, Bytes table, long rows) {
    Lap lap = standings.lap(MANY);
    double times = standings.share(MANY, FEW);
    double bytes = (double) lap.bytes() / table.readBy(lap.jobs());
    return new Report(standings)
        .line(FEW)
        .line(
            MANY,
            "%.1f x the 20 rules".formatted(times),
            Target.of("<= %.0f x".formatted(MOST_TIMES), times <= MOST_TIMES))
        .note(
            "each column is read once",
            "%.2f x the bytes of columns, and of footers once a query".formatted(bytes),
            Target.of(
                "<= %.1f x, rows once a query".formatted(MOST_BYTES),
                bytes <= MOST_BYTES && lap.rows() == lap.jobs() * rows))
        .note(
            "every aggregate in generated code",
            watch.fallenOut().isEmpty()
                ? "%d generated operators".formatted(watch.generated())
                : "outside: " + watch.fallenOut(),
            Target.of("all", watch.fallenOut().isEmpty() && watch.generated() > 0));
  }
}
