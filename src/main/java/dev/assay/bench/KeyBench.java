package dev.assay.bench;

import dev.assay.rules.evidence.EvidenceBlock;
import dev.assay.rules.evidence.EvidenceOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Uniqueness, distinct values and entropy beside other rules, and uniqueness alone. */
final class KeyBench {
  private static final String ALL_RULES = "all-rules.dqdl";
  private static final String UNIQUE = "Rules = [ IsUnique \"l_id\" ]";

  /** How many times faster than Deequ a key is to be proven unique, by its kind. */
  private static final Map<OrderLines, Double> COLD =
      Map.of(
          OrderLines.DENSE, 5.0,
          OrderLines.SHUFFLED, 2.0,
          OrderLines.RANDOM_KEY, 2.0,
          OrderLines.TEXT_KEY, 2.0);

  /** The same after an append, with evidence of before it. */
  private static final Map<OrderLines, Double> APPENDED =
      Map.of(OrderLines.DENSE, 20.0, OrderLines.RANDOM_KEY, 3.0);

  private final Setting setting;
  private final FreshStore store;
  private final Engines engines;

  KeyBench(Setting setting) {
    this.setting = setting;
    this.store = setting.store();
    this.engines = new Engines(setting.spark(), store);
  }

  List<Line> run() {
    List<Line> lines = new ArrayList<>();
    lines.addAll(allRules(OrderLines.DENSE, 4));
    lines.addAll(allRules(OrderLines.SHUFFLED, 3));
    for (OrderLines layout : OrderLines.values()) {
      lines.addAll(unique(layout));
    }
    return lines;
  }

  private List<Line> allRules(OrderLines layout, double least) {
    BenchTable table = setting.orders(layout);
    String rules = Resource.text(ALL_RULES);
    String theirs = name("Deequ DQDL, 33 rules", layout);
    String ours = name("Assay, 33 rules, cold", layout);
    Standings standings =
        new Contest()
            .way(theirs, () -> engines.deequ(table, rules))
            .way(
                ours, store::start, () -> engines.assay(table.slices(), rules, EvidenceOptions.ALL))
            .run(setting)
            .requireSame(ours, theirs);
    return new Report(standings).line(theirs).faster(ours, theirs, least).lines();
  }

  private List<Line> unique(OrderLines layout) {
    BenchTable table = setting.orders(layout);
    long base = table.snapshot();
    String theirs = name("Deequ, unique", layout);
    String ours = name("Assay, unique, cold", layout);
    Contest contest =
        new Contest()
            .way(theirs, () -> table.restore(base), () -> engines.deequUnique(table, "l_id"))
            .way(ours, store::start, () -> assay(table));
    String theirsAppended = name("Deequ, unique, 1 % appended", layout);
    String oursAppended = name("Assay, unique, 1 % appended", layout);
    if (APPENDED.containsKey(layout)) {
      store.start();
      assay(table);
      List<EvidenceBlock> before = store.load(table.slices().storeKey().orElseThrow());
      contest
          .way(oursAppended, () -> append(table, base, before), () -> assay(table))
          .way(theirsAppended, () -> engines.deequUnique(table, "l_id"));
    }
    Standings standings = contest.run(setting).requireSame(ours, theirs);
    table.restore(base);
    Report report =
        new Report(standings).line(theirs).faster(ours, theirs, COLD.getOrDefault(layout, 1.0));
    if (APPENDED.containsKey(layout)) {
      standings.requireSame(oursAppended, theirsAppended);
      report
          .line(theirsAppended)
          .faster(oursAppended, theirsAppended, APPENDED.getOrDefault(layout, 1.0));
    }
    return report.lines();
  }

  /** Evidence of the state before, and of nothing else, so that every round starts alike. */
  private void append(BenchTable table, long base, List<EvidenceBlock> before) {
    table.restore(base);
    store.start(table.slices().storeKey().orElseThrow(), before);
    table.append(setting.rows(), setting.rows() + setting.rows() / 100, 1);
  }

  private Map<String, Boolean> assay(BenchTable table) {
    return engines.assay(table.slices(), UNIQUE, EvidenceOptions.ALL);
  }

  private static String name(String way, OrderLines layout) {
    return "%s, %s".formatted(way, layout.title());
  }
}
