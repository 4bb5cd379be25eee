package dev.assay.bench;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.rules.evidence.EvidenceBlock;
import dev.assay.rules.evidence.EvidenceOptions;
import dev.assay.rules.evidence.Slice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a score costs when there is evidence of the state before the newest commit. Every round
 * makes the same commit on the same state, with the same evidence.
 */
final class ChangeBench {
  private static final String COLD = "cold";
  private static final String UNCHANGED = "nothing changed";
  private static final String APPENDED = "1 % appended";
  private static final String ONE_FILE = "deletes in 1 of 16 files";
  private static final String ALL_FILES = "deletes in all files";
  private static final String COMPACTED = "compacted";

  private final Setting setting;
  private final FreshStore store;
  private final Engines engines;
  private final BenchTable table;
  private final long base;
  private final String key;
  private final String rules = Resource.text(ScanBench.RULES);

  ChangeBench(Setting setting) {
    this.setting = setting;
    this.store = setting.store();
    this.engines = new Engines(setting.spark(), store);
    this.table = setting.orders(OrderLines.DENSE);
    this.base = table.snapshot();
    this.key = table.slices().storeKey().orElseThrow();
  }

  List<Line> run() {
    store.start();
    assay();
    List<EvidenceBlock> before = store.load(key);
    try {
      Standings standings = contest(before).run(setting);
      requireRescan(standings);
      return report(standings, size(before)).lines();
    } finally {
      table.restore(base);
    }
  }

  private Contest contest(List<EvidenceBlock> before) {
    Contest contest =
        new Contest()
            .way(
                COLD,
                () -> {
                  table.restore(base);
                  store.start();
                },
                this::assay)
            .way(UNCHANGED, this::assay);
    changes()
        .forEach(
            (name, change) ->
                contest.way(
                    name,
                    () -> {
                      table.restore(base);
                      store.start(key, before);
                      change.run();
                    },
                    this::assay));
    return contest;
  }

  private Map<String, Runnable> changes() {
    Map<String, Runnable> changes = new LinkedHashMap<>();
    changes.put(
        APPENDED, () -> table.append(setting.rows(), setting.rows() + setting.rows() / 100, 1));
    changes.put(ONE_FILE, this::deleteInOneFile);
    changes.put(ALL_FILES, () -> table.sql("DELETE FROM %s WHERE pmod(l_id, 100) = 7"));
    changes.put(COMPACTED, table::compact);
    return changes;
  }

  private void deleteInOneFile() {
    table.sql("DELETE FROM %s WHERE pmod(l_id, 10) = 3 AND l_id < " + rowsOfOneFile());
    long changed = table.slices().slices().stream().filter(slice -> !slice.exact()).count();
    if (changed != 1) {
      throw new AssayException(
          ExitKind.OUR_FAULT, "Deletes in one file were found in %d.".formatted(changed));
    }
  }

  private long rowsOfOneFile() {
    return table.slices().slices().stream().mapToLong(Slice::rows).min().orElseThrow();
  }

  /** Evidence has to come to what reading every row comes to. */
  private void requireRescan(Standings standings) {
    changes()
        .forEach(
            (name, change) -> {
              setting.say("comparing with a rescan: " + name);
              table.restore(base);
              change.run();
              Map<String, Boolean> rescan =
                  engines.assay(table.slices(), rules, EvidenceOptions.SCAN_ONLY);
              standings.requireSame(name, rescan);
            });
  }

  private Report report(Standings standings, long evidence) {
    double share = (double) evidence / table.bytes();
    long readOfOneFile = standings.lap(ONE_FILE).rows();
    return new Report(standings)
        .line(COLD)
        .line(UNCHANGED, "", ScanBench.unchanged(standings.lap(UNCHANGED)))
        .within(APPENDED, COLD, 0.08, 0.3)
        .within(ONE_FILE, COLD, 0.25, 0.3)
        .note(
            ONE_FILE + ": rows read",
            "%,d".formatted(readOfOneFile),
            Target.of(
                "its %,d at most".formatted(setting.rows() / BenchTable.FILES),
                readOfOneFile > 0 && readOfOneFile <= setting.rows() / BenchTable.FILES))
        .within(ALL_FILES, COLD, 1.2, 0)
        .line(COMPACTED, "%.2f x %s".formatted(standings.share(COMPACTED, COLD), COLD), Target.NONE)
        .note(
            "evidence stored",
            "%,d bytes, %.4f %% of the table".formatted(evidence, share * 100),
            Target.of("<= 1 %", share <= 0.01));
  }

  private Map<String, Boolean> assay() {
    return engines.assay(table.slices(), rules, EvidenceOptions.ALL);
  }

  private static long size(List<EvidenceBlock> blocks) {
    return blocks.stream().mapToLong(block -> block.encode().length).sum();
  }
}
