package dev.assay.bench;

import dev.assay.bench.HeapWatch.Heap;
import dev.assay.bench.Stopwatch.Lap;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.rules.evidence.Collected;
import dev.assay.rules.evidence.EvidenceCollector;
import dev.assay.rules.evidence.EvidenceOptions;
import dev.assay.rules.evidence.Fact;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the driver does when nothing has to be read, on a table of very many slices. */
final class PlanningBench {
  private static final int SLICES = 100_000;
  private static final double MOST_SECONDS = 20;
  private static final long MOST_HEAP = 2L << 30;
  private static final String STORED = "100,000 slices x 100 facts, all stored";

  private final Setting setting;

  PlanningBench(Setting setting) {
    this.setting = setting;
  }

  List<Line> run() {
    ManySlices table = new ManySlices(setting.spark(), SLICES);
    EncodedStore store = new EncodedStore();
    List<Fact> facts = ManySlices.facts();
    setting.say("storing evidence of 100,000 slices");
    Map<Fact, long[]> first = merged(facts, collect(table, store, facts));
    Standings standings =
        new Contest()
            .way(STORED, () -> compare(first, merged(facts, collect(table, store, facts))))
            .run(setting)
            .requireAllPassed(STORED);
    setting.say("measuring the heap");
    Heap heap = HeapWatch.of(() -> collect(table, store, facts));
    Lap lap = standings.lap(STORED);
    return new Report(standings)
        .line(
            STORED,
            "",
            Target.of(
                "0 jobs, <= %.0f s".formatted(MOST_SECONDS),
                lap.jobs() == 0 && lap.seconds() <= MOST_SECONDS))
        .note(
            "driver's heap",
            "%,d MiB live at most, %,d MiB at the end, %,d MiB with garbage"
                .formatted(heap.mostAfterCollection() >> 20, heap.held() >> 20, heap.most() >> 20),
            Target.of("<= 2,048 MiB live", heap.mostAfterCollection() <= MOST_HEAP))
        .note("evidence in bytes", "%,d".formatted(store.bytes()), Target.NONE)
        .lines();
  }

  private static Collected collect(ManySlices table, EncodedStore store, List<Fact> facts) {
    return new EvidenceCollector(table, store, EvidenceOptions.ALL).collect(facts);
  }

  private static Map<Fact, long[]> merged(List<Fact> facts, Collected collected) {
    Map<Fact, long[]> merged = new java.util.HashMap<>();
    for (Fact fact : facts) {
      collected
          .of(fact)
          .error()
          .ifPresent(
              error -> {
                throw new AssayException(ExitKind.OUR_FAULT, fact + ": " + error);
              });
      merged.put(fact, collected.of(fact).merged());
    }
    return merged;
  }

  /** What is merged from the store is, to the last bit, what was merged from the scan. */
  private static Map<String, Boolean> compare(Map<Fact, long[]> first, Map<Fact, long[]> now) {
    Map<String, Boolean> same = new TreeMap<>();
    first.forEach((fact, value) -> same.put(fact.toString(), Arrays.equals(value, now.get(fact))));
    return same;
  }
}
