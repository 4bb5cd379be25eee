package dev.assay.cli;

import dev.assay.model.Fingerprint;
import dev.assay.model.QuarantineCount;
import dev.assay.model.RowCounts;
import dev.assay.model.RuleCost;
import dev.assay.model.RuleOutcome;
import dev.assay.model.RuleOutcome.Verdict;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.Score;
import dev.assay.model.ScoreScope;
import dev.assay.model.Spending;
import dev.assay.model.TableName;
import dev.assay.model.Trace;
import dev.assay.model.UnansweredReason;
import dev.assay.scores.Ledger;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Five runs: of {@code prepared.trips} one published, one without a score, one held, one of a
 * batch; and one of {@code semantic.usage}. Two of them cost something.
 */
final class SmallLedger {
  /** The run that is held. */
  static final String HELD = "33333333-aaaa-4000-8000-000000000003";

  private static final TableName TRIPS = TableName.parse("prepared.trips");
  private static final TableName USAGE = TableName.parse("semantic.usage");
  private static final String FIRST = "11111111-aaaa-4000-8000-000000000001";
  private static final String SECOND = "22222222-aaaa-4000-8000-000000000002";

  private SmallLedger() {}

  static void write(Ledger ledger) {
    RuleOutcome passed = outcome(1, "IsComplete \"vin\"", Verdict.PASSED, Map.of("weight", "2"));
    RuleOutcome failed = outcome(2, "Mean \"km\" < 100", Verdict.FAILED, Map.of("weight", "3"));
    RuleOutcome unanswered = outcome(3, "Mean \"mass\" > 1", Verdict.UNANSWERED, Map.of());
    RuleOutcome shadow = outcome(4, "RowCount < 1", Verdict.FAILED, Map.of("shadow", "true"));
    score(ledger, FIRST, TRIPS, 16, RunState.PUBLISHED, ScoreScope.TABLE, List.of(passed));
    score(ledger, SECOND, TRIPS, 17, RunState.PUBLISHED, ScoreScope.TABLE, List.of(unanswered));
    score(
        ledger,
        HELD,
        TRIPS,
        18,
        RunState.HELD,
        ScoreScope.TABLE,
        List.of(passed, failed, unanswered, shadow));
    String batch = "44444444-aaaa-4000-8000-000000000004";
    score(ledger, batch, TRIPS, 19, RunState.PUBLISHED, ScoreScope.BATCH, List.of(passed));
    String usage = "55555555-aaaa-4000-8000-000000000005";
    score(ledger, usage, USAGE, 16, RunState.PUBLISHED, ScoreScope.TABLE, List.of(passed));
    ledger.recordSpending(spending(FIRST, "2026-10-31T12:00:00Z", "1.25"));
    ledger.recordSpending(spending(SECOND, "2026-11-01T12:00:00Z", "0.5"));
  }

  private static void score(
      Ledger ledger,
      String id,
      TableName table,
      int day,
      RunState state,
      ScoreScope scope,
      List<RuleOutcome> outcomes) {
    // scored on the day after; the batch of the 19th is one of the 18th
    LocalDate date = LocalDate.of(2026, 11, Math.min(day, 18));
    Instant start = LocalDate.of(2026, 11, day + 1).atTime(4, 0).toInstant(ZoneOffset.UTC);
    RunRecord staged =
        new RunRecord(
            id,
            "demo",
            table.name(),
            table,
            date,
            RunState.STAGED,
            start.plusSeconds(10),
            start,
            Fingerprint.of(id),
            Fingerprint.of("content"),
            Fingerprint.of("ruleset"),
            List.of(),
            day == 16 ? Optional.empty() : Optional.of(Long.MAX_VALUE),
            Long.MAX_VALUE,
            "run_" + id,
            Score.of(outcomes),
            new RowCounts(20, Map.of(), Map.of(), 3, 17),
            Optional.empty(),
            List.of(),
            "",
            "test",
            start,
            scope,
            Map.of());
    ledger.recordScoring(
        staged,
        outcomes,
        List.of(),
        List.of(
            new QuarantineCount("NOT_CASTABLE", Optional.of("km"), "is no int", 1),
            new QuarantineCount(
                "MALFORMED", Optional.empty(), "is not JSON at character " + day, 2)));
    ledger.recordState(
        state == RunState.HELD
            ? staged.held(start.plusSeconds(20), List.of("The score 40 is below 90."))
            : staged.in(state, start.plusSeconds(20), ""));
  }

  private static RuleOutcome outcome(
      int ordinal, String rule, Verdict verdict, Map<String, String> labels) {
    boolean breaks = verdict == Verdict.FAILED;
    return new RuleOutcome(
        ordinal,
        rule,
        rule.split(" ")[0],
        List.of("km"),
        labels,
        verdict,
        verdict == Verdict.UNANSWERED
            ? Optional.of(UnansweredReason.MISSING_COLUMN)
            : Optional.empty(),
        "",
        Optional.empty(),
        breaks ? "Observed something else." : "",
        breaks ? Optional.of(3L) : Optional.empty(),
        new RuleCost(
            new Trace(0, 0, 1, 20, 100, 7), breaks ? Map.of("month=2026-11", 3L) : Map.of()));
  }

  private static Spending spending(String run, String at, String amount) {
    return new Spending(
        run,
        Instant.parse(at),
        "demo",
        "marketing",
        "verdicts",
        TRIPS,
        "classification",
        "comprehend",
        Map.of("units", 7L),
        new BigDecimal(amount),
        "USD");
  }
}
