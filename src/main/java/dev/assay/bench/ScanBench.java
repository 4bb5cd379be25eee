package dev.assay.bench;

import dev.assay.rules.evidence.EvidenceOptions;
import java.util.List;

/** Rules that one scan answers: ours against a bare scan, SQL by hand and Deequ. */
final class ScanBench {
  static final String RULES = "scan-rules.dqdl";

  private static final String BARE = "X, a bare scan";
  private static final String BY_HAND = "f, SQL by hand";
  private static final String DEEQU = "Deequ DQDL, 28 rules";
  private static final String NO_METADATA = "Assay, 28 rules, cold, no metadata";
  private static final String COLD = "Assay, 28 rules, cold";
  private static final String UNCHANGED = "Assay, 28 rules, nothing changed";

  private final Setting setting;

  ScanBench(Setting setting) {
    this.setting = setting;
  }

  List<Line> run() {
    BenchTable table = setting.orders(OrderLines.DENSE);
    String rules = Resource.text(RULES);
    FreshStore store = setting.store();
    Engines engines = new Engines(setting.spark(), store);
    Standings standings =
        new Contest()
            .way(BARE, () -> engines.sql(table, "bare-scan.sql"))
            .way(BY_HAND, () -> engines.sql(table, "by-hand.sql"))
            .way(DEEQU, () -> engines.deequ(table, rules))
            .way(
                NO_METADATA,
                store::start,
                () -> engines.assay(table.slices(), rules, Engines.NO_METADATA))
            .way(
                COLD, store::start, () -> engines.assay(table.slices(), rules, EvidenceOptions.ALL))
            .way(UNCHANGED, () -> engines.assay(table.slices(), rules, EvidenceOptions.ALL))
            .run(setting)
            .requireSame(NO_METADATA, DEEQU)
            .requireSame(COLD, DEEQU)
            .requireSame(UNCHANGED, DEEQU);
    return new Report(standings)
        .line(BARE)
        .line(BY_HAND, ratio(standings, BY_HAND), Target.NONE)
        .line(DEEQU, ratio(standings, DEEQU), Target.NONE)
        .line(NO_METADATA, ratio(standings, NO_METADATA), target(standings, NO_METADATA, 1.7, 2.3))
        .line(COLD, ratio(standings, COLD), target(standings, COLD, 1.15, 3.5))
        .line(UNCHANGED, ratio(standings, UNCHANGED), unchanged(standings.lap(UNCHANGED)))
        .lines();
  }

  /** What is asked wherever nothing changed since the last scoring. */
  static Target unchanged(Stopwatch.Lap lap) {
    return Target.of("0 jobs, <= 0.3 s", lap.jobs() == 0 && lap.seconds() <= 0.3);
  }

  private static String ratio(Standings standings, String way) {
    return "%.2f X, Deequ %.1f x"
        .formatted(standings.share(way, BARE), standings.share(DEEQU, way));
  }

  private static Target target(Standings standings, String way, double most, double least) {
    return Target.of(
        "<= %s X, Deequ >= %s x".formatted(most, least),
        standings.share(way, BARE) <= most && standings.share(DEEQU, way) >= least);
  }
}
