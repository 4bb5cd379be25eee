package dev.assay.scores.iceberg;

import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.model.Fingerprint;
import dev.assay.model.Outcomes;
import dev.assay.model.RowCounts;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.Score;
import dev.assay.model.ScoreScope;
import dev.assay.model.TableName;
import dev.assay.model.job.Profile;
import dev.assay.model.job.Publishing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A process that writes runs to a ledger, beginning when its fellows are ready to begin too. */
final class LedgerWriter {
  static final TableName TABLE = new TableName("prepared", "trips");

  private LedgerWriter() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int writer = Integer.parseInt(arguments[1]);
    int runs = Integer.parseInt(arguments[2]);
    IcebergLedger ledger = new IcebergLedger(LakeCatalog.open(profile(folder)).iceberg());
    ledger.runs();
    Files.createFile(ready(folder, writer));
    while (Files.notExists(start(folder))) {
      Thread.sleep(1);
    }
    for (int number = 0; number < runs; number++) {
      ledger.recordScoring(
          run(writer, number),
          List.of(Outcomes.passed(rule(writer, number), Map.of())),
          List.of(),
          List.of());
    }
  }

  static Path ready(Path folder, int writer) {
    return folder.resolve("ready-" + writer);
  }

  static Path start(Path folder) {
    return folder.resolve("start");
  }

  static String rule(int writer, int number) {
    return "Mean \"a\" > " + (writer * 1000 + number);
  }

  static RunRecord run(int writer, int number) {
    String id = "%08d-%04d".formatted(writer, number);
    Instant at =
        Instant.parse("2026-11-18T04:00:00Z").plusSeconds(writer * 1000L).plusSeconds(number);
    return new RunRecord(
        id,
        "demo",
        TABLE.name(),
        TABLE,
        LocalDate.of(2026, 11, 17),
        RunState.STAGED,
        at,
        at,
        Fingerprint.of(id),
        Fingerprint.of("content"),
        Fingerprint.of("ruleset"),
        List.of("raw.trips@1"),
        Optional.empty(),
        1,
        "run_" + id,
        Score.of(List.of(Outcomes.passed(rule(writer, number), Map.of()))),
        new RowCounts(3, Map.of(), Map.of(), 1, 2),
        Optional.empty(),
        List.of(),
        "",
        "test",
        at,
        ScoreScope.TABLE,
        Map.of());
  }

  static Profile profile(Path folder) {
    return new Profile(
        "test",
        folder,
        "lake",
        Map.of(
            "type", "hadoop",
            "warehouse", folder.resolve("warehouse").toString(),
            "cache-enabled", "false"),
        Map.of("spark.hadoop.fs.file.impl", SlowRename.class.getName()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Publishing.NOWHERE);
  }
}
