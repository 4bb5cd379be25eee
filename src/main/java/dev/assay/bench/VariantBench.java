package dev.assay.bench;

import dev.assay.rules.evidence.EvidenceOptions;
import dev.assay.rules.evidence.SlicedTable;
import java.util.ArrayList;
import java.util.List;

/** Tables on which shortcuts could go wrong: evidence has to come to what a rescan comes to. */
final class VariantBench {
  private static final Layout ORDERS = OrderLines.DENSE;
  private static final Layout LONG_COMMENTS =
      ORDERS.with(
          "l_comment", "concat('every comment starts with the same forty letters: ', l_comment)");
  private static final Layout STRANGE_NUMBERS =
      ORDERS.with(
          "l_tax",
          "CASE pmod(l_id, 1000) WHEN 1 THEN double('NaN') WHEN 2 THEN double('Infinity') WHEN 3 THEN double('-Infinity') ELSE l_tax END");

  private final Setting setting;
  private final FreshStore store;
  private final Engines engines;
  private final String rules = Resource.text(ScanBench.RULES);

  VariantBench(Setting setting) {
    this.setting = setting;
    this.store = setting.store();
    this.engines = new Engines(setting.spark(), store);
  }

  List<Line> run() {
    List<Line> lines = new ArrayList<>();
    lines.addAll(
        compare("long comments", setting.table("long_comments", LONG_COMMENTS, setting.rows())));
    lines.addAll(compare("a file without metrics", withoutMetrics()));
    lines.addAll(compare("a file with NaN and infinities", strangeNumbers()));
    return lines;
  }

  private BenchTable withoutMetrics() {
    BenchTable table = setting.table("without_metrics", ORDERS, setting.rows());
    table.sql("ALTER TABLE %s SET TBLPROPERTIES ('write.metadata.metrics.default' = 'none')");
    append(table, ORDERS);
    return table;
  }

  private BenchTable strangeNumbers() {
    BenchTable table = setting.table("strange_numbers", ORDERS, setting.rows());
    append(table, STRANGE_NUMBERS);
    return table;
  }

  /** One file more, as large as the others. */
  private void append(BenchTable table, Layout layout) {
    table.append(setting.rows(), setting.rows() + setting.rows() / BenchTable.FILES, 1, layout);
  }

  private List<Line> compare(String variant, BenchTable table) {
    String deequ = "Deequ DQDL, " + variant;
    String rescan = "Assay, every row read, " + variant;
    String cold = "Assay, cold, " + variant;
    String again = "Assay, nothing changed, " + variant;
    Standings standings =
        new Contest()
            .way(deequ, () -> engines.deequ(table, rules))
            .way(rescan, () -> engines.assay(table.slices(), rules, EvidenceOptions.SCAN_ONLY))
            .way(cold, store::start, () -> assay(table.slices()))
            .way(again, () -> assay(table.slices()))
            .run(setting)
            .requireSame(cold, rescan)
            .requireSame(again, rescan);
    return new Report(standings)
        .line(deequ)
        .line(
            rescan,
            differences(standings, rescan, deequ),
            Target.of("Deequ's outcomes", standings.same(rescan, deequ)))
        .line(cold, times(standings, deequ, cold), Target.of("those of a rescan", true))
        .line(again, "", ScanBench.unchanged(standings.lap(again)))
        .lines();
  }

  private static String times(Standings standings, String deequ, String way) {
    return "Deequ %.1f x".formatted(standings.share(deequ, way));
  }

  private static String differences(Standings standings, String way, String deequ) {
    return standings.same(way, deequ)
        ? times(standings, deequ, way)
        : "other than Deequ: " + standings.without(way, deequ);
  }

  private java.util.Map<String, Boolean> assay(SlicedTable table) {
    return engines.assay(table, rules, EvidenceOptions.ALL);
  }
}
