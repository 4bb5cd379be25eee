package dev.assay.bench;

import dev.assay.rules.evidence.EvidenceOptions;
import java.util.List;

/** Rules that metadata answers, on a table of many files, none of which can be read. */
final class ManyFilesBench {
  private static final int FILES = 10_000;
  private static final String COLD = "metadata rules, %,d files, cold".formatted(FILES);

  private final Setting setting;

  ManyFilesBench(Setting setting) {
    this.setting = setting;
  }

  List<Line> run() {
    BenchTable table = setting.table("many_files", OrderLines.DENSE, 0);
    new FabricatedFiles(table.iceberg()).append(FILES);
    String rules = Resource.text("metadata-rules.dqdl");
    FreshStore store = setting.store();
    Engines engines = new Engines(setting.spark(), store);
    Standings standings =
        new Contest()
            .way(
                COLD, store::start, () -> engines.assay(table.slices(), rules, EvidenceOptions.ALL))
            .run(setting)
            .requireAllPassed(COLD);
    return new Report(standings)
        .line(
            COLD,
            "",
            Target.of(
                "0 jobs, <= 2 s",
                standings.lap(COLD).jobs() == 0 && standings.lap(COLD).seconds() <= 2))
        .lines();
  }
}
