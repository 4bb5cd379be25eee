package dev.assay.scores.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.model.Fingerprint;
import dev.assay.model.MergeCounts;
import dev.assay.model.Metric;
import dev.assay.model.Outcomes;
import dev.assay.model.QuarantineCount;
import dev.assay.model.RowCounts;
import dev.assay.model.RuleOutcome;
import dev.assay.model.RuleOutcome.Verdict;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.Score;
import dev.assay.model.ScoreScope;
import dev.assay.model.Spending;
import dev.assay.model.TableName;
import dev.assay.model.UnansweredReason;
import dev.assay.model.job.Profile;
import dev.assay.model.job.Publishing;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IcebergLedgerTest {
  private static final Instant START = Instant.parse("2026-11-18T04:00:00.123456Z");
  private static final TableName TRIPS = TableName.parse("prepared.trips");
  private static final TableName CARS = TableName.parse("prepared.cars");
  private static final String RUN = "0a1b2c3d-0000-4000-8000-000000000001";
  private static final String OTHER = "0a1bffff-0000-4000-8000-000000000002";

  @TempDir private Path home;
  private IcebergLedger ledger;

  @BeforeEach
  void opensALedgerNobodyWroteTo() {
    ledger = open();
  }

  @Test
  void aLedgerNobodyWroteToIsEmpty() {
    assertThat(ledger.runs()).isEmpty();
    assertThat(ledger.runs(TRIPS)).isEmpty();
    assertThat(ledger.run(RUN)).isEmpty();
    assertThat(ledger.outcomes(RUN)).isEmpty();
    assertThat(ledger.quarantineCounts(RUN)).isEmpty();
  }

  @Test
  void readingLeavesNothingBehind() {
    ledger.runs();
    ledger.outcomes(RUN);

    assertThat(home).isEmptyDirectory();
  }

  @Test
  void keepsEveryFieldOfARun() {
    RunRecord run =
        new RunRecord(
            RUN,
            "demo",
            "trips",
            TRIPS,
            LocalDate.of(2026, 11, 17),
            RunState.HELD,
            START.plusSeconds(60),
            START,
            Fingerprint.of("identity"),
            Fingerprint.of("content"),
            Fingerprint.of("ruleset"),
            List.of("file:/raw/b.csv|12|34", "prepared.cars@5", "file:/raw/a.csv|1|2"),
            Optional.of(Long.MIN_VALUE),
            Long.MAX_VALUE,
            "run_0a1b2c3d",
            new Score(
                Optional.of(new BigDecimal("66.666667")), new BigDecimal("75.000000"), 2, 1, 1),
            new RowCounts(
                1_000_000_000_000L,
                Map.of("filter 1", 3L, "filter 2", 4L),
                Map.of("deduplicate 1", 5L),
                6,
                999_999_999_982L),
            Optional.of(new MergeCounts(1, 2, 3, 4)),
            List.of("The score 66.67 is below 90.", "1 rule has no answer."),
            "Łódź said \"no\"\nand left.",
            "0.1.0-SNAPSHOT",
            Instant.parse("2026-11-17T23:59:59.999999Z"),
            ScoreScope.TABLE,
            Map.of("cars", "prepared.cars@5", "trips", "raw.trips@-1"));

    ledger.recordState(run);

    assertThat(open().runs()).containsExactly(run);
    assertThat(open().runs(TRIPS)).containsExactly(run);
    assertThat(open().run(RUN)).contains(run);
    assertThat(open().runs(CARS)).isEmpty();
  }

  @Test
  void keepsWhatWasSpentAndFindsItByDay() {
    Spending early = spending("2026-10-31T23:59:59Z", "1.25");
    Spending late = spending("2026-11-01T00:00:00Z", "0.0005");
    ledger.recordSpending(late);
    ledger.recordSpending(early);

    assertThat(open().spending(Instant.EPOCH)).containsExactly(early, late);
    assertThat(open().spending(late.at())).containsExactly(late);
    assertThat(open().spending(late.at().plusSeconds(1))).isEmpty();
  }

  @Test
  void keepsABillOnceAlsoIfSeveralHaveItAtTheSameTime() throws Exception {
    int writers = 6;
    List<Spending> bill =
        List.of(spending("2026-11-18T04:00:00Z", "1.25"), spending("2026-11-18T04:00:00Z", "2"));
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      List<Future<Boolean>> kept = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        kept.add(
            threads.submit(
                () -> {
                  IcebergLedger own = open();
                  start.await();
                  return own.recordBill(bill);
                }));
      }
      start.countDown();
      int first = 0;
      for (Future<Boolean> one : kept) {
        first += one.get() ? 1 : 0;
      }
      assertThat(first).isOne();
    } finally {
      threads.shutdownNow();
    }
    assertThat(open().spending(Instant.EPOCH)).containsExactlyInAnyOrderElementsOf(bill);
    assertThat(ledger.recordBill(bill)).isFalse();
    assertThat(ledger.recordBill(List.of())).isFalse();
  }

  private static Spending spending(String at, String amount) {
    return new Spending(
        RUN,
        Instant.parse(at),
        "demo",
        "marketing",
        "verdicts",
        TRIPS,
        "classification",
        "content-model",
        Map.of("documents", 10L, "characters", 1_600L, "units", 20L),
        new BigDecimal(amount).setScale(6),
        "USD");
  }

  @Test
  void keepsWhatARunDoesNotHave() {
    RunRecord run =
        new RunRecord(
            RUN,
            "demo",
            "trips",
            TRIPS,
            LocalDate.of(1969, 12, 31),
            RunState.STAGED,
            START,
            START,
            Fingerprint.of("identity"),
            Fingerprint.of("content"),
            Fingerprint.of("ruleset"),
            List.of(),
            Optional.empty(),
            0,
            "",
            Score.of(List.of(Outcomes.unanswered("Mean \"a\" > 1", Map.of()))),
            RowCounts.NONE,
            Optional.empty(),
            List.of(),
            "",
            "",
            Instant.EPOCH.minusSeconds(1),
            ScoreScope.TABLE,
            Map.of());

    ledger.recordScoring(run, List.of(), List.of(), List.of());

    assertThat(ledger.runs()).containsExactly(run);
    assertThat(ledger.outcomes(RUN)).isEmpty();
    assertThat(ledger.quarantineCounts(RUN)).isEmpty();
  }

  @Test
  void timesAreKeptToTheMicrosecond() {
    ledger.recordState(run(RUN, TRIPS, Instant.parse("2026-11-18T04:00:00.123456789Z")));

    assertThat(ledger.runs())
        .containsExactly(run(RUN, TRIPS, Instant.parse("2026-11-18T04:00:00.123456Z")));
  }

  @Test
  void keepsEveryFieldOfOutcomesInTheOrderOfTheRuleset() {
    RuleOutcome passed =
        new RuleOutcome(
            1,
            "IsComplete \"vin\"",
            "IsComplete",
            List.of("vin"),
            Map.of("severity", "blocker", "weight", "2.5"),
            Verdict.PASSED,
            Optional.empty(),
            "all 20 rows",
            Optional.of(1.0),
            "",
            Optional.of(0L));
    RuleOutcome failed =
        new RuleOutcome(
            2,
            "Mean \"km\" < 10",
            "Mean",
            List.of("km", "miles"),
            Map.of(),
            Verdict.FAILED,
            Optional.empty(),
            "12.5",
            Optional.of(12.5),
            "Observed 12.5.",
            Optional.of(Long.MAX_VALUE));
    RuleOutcome unanswered =
        new RuleOutcome(
            10,
            "RowCount > 0",
            "RowCount",
            List.of(),
            Map.of("shadow", "true"),
            Verdict.UNANSWERED,
            Optional.of(UnansweredReason.MISSING_REFERENCE),
            "",
            Optional.empty(),
            "There is no reference.",
            Optional.empty());

    ledger.recordScoring(
        run(RUN, TRIPS, START), List.of(unanswered, failed, passed), List.of(), List.of());
    ledger.recordScoring(
        run(OTHER, TRIPS, START),
        List.of(Outcomes.passed("Mean \"a\" > 1", Map.of())),
        List.of(),
        List.of());

    assertThat(open().outcomes(RUN)).containsExactly(passed, failed, unanswered);
    assertThat(open().outcomes(OTHER)).containsExactly(Outcomes.passed("Mean \"a\" > 1", Map.of()));
    assertThat(open().outcomes(RUN.substring(0, 8))).isEmpty();
  }

  @Test
  void keepsQuarantineCountsMostFrequentFirst() {
    QuarantineCount many =
        new QuarantineCount(
            "ROW_RULE", Optional.empty(), "distance_is_not_negative", 5_000_000_000L);
    QuarantineCount some =
        new QuarantineCount("NOT_CASTABLE", Optional.of("km"), "is not a decimal(9,1)", 7);
    QuarantineCount alsoSome =
        new QuarantineCount("NOT_CASTABLE", Optional.of("vin"), "is no int", 7);

    ledger.recordScoring(
        run(RUN, TRIPS, START), List.of(), List.of(), List.of(alsoSome, many, some));
    ledger.recordScoring(run(OTHER, TRIPS, START), List.of(), List.of(), List.of());

    assertThat(open().quarantineCounts(RUN)).containsExactly(many, some, alsoSome);
    assertThat(open().quarantineCounts(OTHER)).isEmpty();
  }

  @Test
  void keepsEveryFieldOfMetrics() throws IOException {
    Metric metric = new Metric("Completeness", List.of("vin", "km"), "km > 0", 0.25);

    ledger.recordScoring(run(RUN, TRIPS, START), List.of(), List.of(metric), List.of());

    try (CloseableIterable<Record> rows =
        IcebergGenerics.read(catalog().iceberg().loadTable(TableIdentifier.of("assay", "metrics")))
            .build()) {
      assertThat(rows)
          .extracting(
              row -> row.getField("run_id"),
              row -> row.getField("table_name"),
              row ->
                  new Metric(
                      (String) row.getField("name"),
                      texts(row.getField("columns")),
                      (String) row.getField("detail"),
                      (Double) row.getField("value")),
              row -> String.valueOf(row.getField("at")))
          .containsExactly(tuple(RUN, "prepared.trips", metric, "2026-11-18T04:00:00.123456Z"));
    }
  }

  @Test
  void theNewestStateOfARunCounts() {
    RunRecord staged = run(RUN, TRIPS, START);
    RunRecord held = staged.held(START.plusSeconds(1), List.of("The score is too low."));
    RunRecord published =
        held.in(RunState.PUBLISHED, START.plusSeconds(2), "overridden by me: fine");

    ledger.recordState(published);
    ledger.recordState(staged);
    ledger.recordState(held);
    ledger.recordState(held);

    assertThat(ledger.runs()).containsExactly(published);
    assertThat(ledger.runs(TRIPS)).containsExactly(published);
    assertThat(ledger.run(RUN)).contains(published);
  }

  @Test
  void theNewestStateCountsAcrossMonths() {
    RunRecord held =
        run(RUN, TRIPS, Instant.parse("2026-11-30T23:59:59Z"))
            .held(Instant.parse("2026-11-30T23:59:59.5Z"), List.of("No."));
    RunRecord discarded =
        held.in(RunState.DISCARDED, Instant.parse("2027-01-01T00:00:00Z"), "discarded by me: old");
    ledger.recordState(held);
    ledger.recordState(discarded);

    assertThat(ledger.runs()).containsExactly(discarded);
  }

  @Test
  void runsComeNewestFirst() {
    RunRecord first = run(RUN, TRIPS, START);
    RunRecord second = run(OTHER, CARS, START.plusSeconds(1));
    RunRecord third = run("ffffffff-0000-4000-8000-000000000003", TRIPS, START.plusSeconds(2));
    ledger.recordState(second);
    ledger.recordState(third);
    ledger.recordState(first);
    // a later decision about an older run does not move it
    RunRecord decided = first.in(RunState.PUBLISHED, START.plusSeconds(60), "");
    ledger.recordState(decided);

    assertThat(ledger.runs()).containsExactly(third, second, decided);
    assertThat(ledger.runs(TRIPS)).containsExactly(third, decided);
    assertThat(ledger.runs(CARS)).containsExactly(second);
  }

  @Test
  void aRunIsFoundByTheFirstDigitsOfItsIdIfTheyAreClear() {
    RunRecord run = run(RUN, TRIPS, START);
    RunRecord other = run(OTHER, CARS, START);
    ledger.recordState(run);
    ledger.recordState(other);

    assertThat(ledger.run(RUN)).contains(run);
    assertThat(ledger.run("0a1b2")).contains(run);
    assertThat(ledger.run("0a1bf")).contains(other);
    assertThat(ledger.run("0a1b")).isEmpty();
    assertThat(ledger.run("")).isEmpty();
    assertThat(ledger.run("0A1B2")).isEmpty();
    assertThat(ledger.run("a1b2")).isEmpty();
    assertThat(ledger.run(RUN + "0")).isEmpty();
  }

  @Test
  void whoWritesAtTheSameTimeLosesNothing() throws Exception {
    int writers = 8;
    int appends = 2;
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      List<Future<List<RunRecord>>> written = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        int number = writer;
        written.add(
            threads.submit(
                () -> {
                  IcebergLedger own = open();
                  start.await();
                  List<RunRecord> runs = new ArrayList<>();
                  for (int append = 0; append < appends; append++) {
                    RunRecord run =
                        run(
                            "%08d-%d".formatted(number, append),
                            TRIPS,
                            START.plusSeconds(number * 10L + append));
                    own.recordScoring(
                        run,
                        List.of(Outcomes.passed("Mean \"a\" > " + append, Map.of())),
                        List.of(),
                        List.of());
                    runs.add(run);
                  }
                  return runs;
                }));
      }
      start.countDown();
      List<RunRecord> all = new ArrayList<>();
      for (Future<List<RunRecord>> runs : written) {
        all.addAll(runs.get());
      }

      assertThat(all).hasSize(writers * appends);
      assertThat(ledger.runs()).containsExactlyInAnyOrderElementsOf(all);
      assertThat(all)
          .allSatisfy(
              run -> {
                int append = run.runId().charAt(run.runId().length() - 1) - '0';
                assertThat(ledger.outcomes(run.runId()))
                    .containsExactly(Outcomes.passed("Mean \"a\" > " + append, Map.of()));
              });
      assertThat(
              IntStream.range(0, writers)
                  .filter(writer -> ledger.run("%08d".formatted(writer)).isEmpty())
                  .toArray())
          .as("first digits that three runs share")
          .hasSize(writers);
    } finally {
      threads.shutdownNow();
    }
  }

  private IcebergLedger open() {
    return new IcebergLedger(catalog().iceberg());
  }

  private LakeCatalog catalog() {
    return LakeCatalog.open(
        new Profile(
            "test",
            home,
            "lake",
            Map.of(
                "type",
                "hadoop",
                "warehouse",
                home.resolve("warehouse").toString(),
                "cache-enabled",
                "false"),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Publishing.NOWHERE));
  }

  private static RunRecord run(String id, TableName table, Instant at) {
    return new RunRecord(
        id,
        "demo",
        table.name(),
        table,
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
        Score.of(List.of(Outcomes.passed("Mean \"a\" > 1", Map.of()))),
        new RowCounts(3, Map.of(), Map.of(), 1, 2),
        Optional.empty(),
        List.of(),
        "",
        "test",
        at,
        ScoreScope.TABLE,
        Map.of());
  }

  @SuppressWarnings("unchecked")
  private static List<String> texts(Object list) {
    return (List<String>) list;
  }
}
