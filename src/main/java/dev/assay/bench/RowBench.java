package dev.assay.bench;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Which rows break which rules: about one row in a hundred breaks one, and one in ten has a NULL
 * where completeness is asked for. The failing rows are made with their reasons, and counted by
 * rule in the same pass.
 */
final class RowBench {
  private static final String BARE = "X, a bare scan";
  private static final String FAILING = "Assay, failing rows of 28 rules";
  private static final double MOST = 1.6;

  private final Setting setting;

  RowBench(Setting setting) {
    this.setting = setting;
  }

  List<Line> run() {
    BenchTable table = setting.orders(OrderLines.DENSE);
    // part keys are spread over 200,000 numbers: one in a hundred is below 2,000
    String rules =
        Resource.text(ScanBench.RULES).replace("\"l_partkey\" >= 0", "\"l_partkey\" >= 2000");
    Engines engines = new Engines(setting.spark(), setting.store());
    AtomicReference<Map<String, Long>> counts = new AtomicReference<>(Map.of());
    Standings standings =
        new Contest()
            .way(BARE, () -> engines.sql(table, "bare-scan.sql"))
            .way(
                FAILING,
                () -> {
                  counts.set(engines.failingRows(table, rules));
                  return Map.of();
                })
            .run(setting);
    requireRight(table, Objects.requireNonNull(counts.get()));
    double share = standings.share(FAILING, BARE);
    return new Report(standings)
        .line(BARE)
        .line(FAILING, "%.2f X".formatted(share), Target.of("<= 1.6 X", share <= MOST))
        .lines();
  }

  private void requireRight(BenchTable table, Map<String, Long> counts) {
    Map<String, Long> expected = new TreeMap<>();
    expected.put("ColumnValues \"l_partkey\" >= 2000", rows(table, "l_partkey < 2000"));
    for (String column : List.of("l_comment", "l_linestatus", "l_receiptdate")) {
      // the rule allows some NULLs; the rows that have one break it all the same
      expected.put("Completeness \"%s\" > 0.9".formatted(column), rows(table, column + " IS NULL"));
    }
    Map<String, Long> broken = new TreeMap<>(counts);
    broken.values().removeIf(rows -> rows == 0);
    if (!broken.equals(expected)) {
      throw new AssayException(
          ExitKind.OUR_FAULT,
          "Expected rows that break rules: %s; found %s.".formatted(expected, broken));
    }
  }

  private static long rows(BenchTable table, String condition) {
    return table.rows().where(condition).count();
  }
}
