package dev.assay.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.contracts.BrokenTerm.Kind;
import dev.assay.model.Outcomes;
import dev.assay.model.RuleOutcome;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.Score;
import dev.assay.model.SomeRun;
import dev.assay.model.TableName;
import dev.assay.model.job.Contract;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContractCheckTest {
  private static final String TABLE = "prepared.trips";
  private static final Map<String, String> REQUIRED = Map.of("register", "required");
  private static final RuleOutcome PASSED = Outcomes.passed("IsComplete \"vin\"", REQUIRED, "vin");
  private static final RuleOutcome FAILED = Outcomes.failed("Mean \"km\" < 9", REQUIRED, "km");
  private static final RuleOutcome UNANSWERED =
      Outcomes.unanswered("Mean \"mass\" > 1", REQUIRED, "mass");
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  private Optional<BigDecimal> minimumScore = Optional.empty();
  private BigDecimal minimumCoverage = BigDecimal.valueOf(100);
  private Map<String, List<String>> mustPass = Map.of();
  private Optional<Duration> freshness = Optional.empty();

  @Test
  void aTableThatGivesAllThatIsAskedForKeepsItsContract() {
    minimumScore = Optional.of(new BigDecimal("100"));
    mustPass = Map.of("register", List.of("required"));
    freshness = Optional.of(Duration.ofHours(36));
    RunRecord run = published("1", "2026-11-19T04:00:00Z", PASSED);

    ContractCheck check = check(List.of(run), PASSED);

    assertThat(check)
        .isEqualTo(
            new ContractCheck(
                contract(), Optional.of(run), Optional.of(run), Optional.empty(), List.of()));
    assertThat(check.met()).isTrue();
  }

  @Test
  void theScoreIsComparedAndToldToTheLastDigit() {
    minimumScore = Optional.of(new BigDecimal("66.666668"));
    RuleOutcome heavy = Outcomes.passed("Mean \"km\" > 1", Outcomes.weight("2"), "km");

    assertThat(check(List.of(published("1", "2026-11-19T04:00:00Z", heavy, FAILED))).broken())
        .containsExactly(new BrokenTerm(Kind.SCORE, "at least 66.666668", "66.666667"));
    minimumScore = Optional.of(new BigDecimal("66.666667"));
    assertThat(check(List.of(published("1", "2026-11-19T04:00:00Z", heavy, FAILED))).met())
        .isTrue();
  }

  @Test
  void noScoreAndTooLittleCoverageAreBothTold() {
    minimumScore = Optional.of(BigDecimal.ONE);
    minimumCoverage = new BigDecimal("99.5");

    assertThat(check(List.of(published("1", "2026-11-19T04:00:00Z", UNANSWERED))).broken())
        .containsExactly(
            new BrokenTerm(Kind.SCORE, "at least 1", "no score: no rule was answered"),
            new BrokenTerm(Kind.COVERAGE, "at least 99.5", "0"));
  }

  @Test
  void rulesThatHaveToPassMustNeitherFailNorBeUnanswered() {
    mustPass = Map.of("register", List.of("required", "wanted"));
    minimumCoverage = BigDecimal.ZERO;
    RuleOutcome other = Outcomes.failed("IsUnique \"vin\"", Map.of("register", "nice"), "vin");
    RuleOutcome shadow =
        Outcomes.failed("IsUnique \"km\"", Map.of("register", "required", "shadow", "true"), "km");

    assertThat(
            check(
                    List.of(published("1", "2026-11-19T04:00:00Z", PASSED)),
                    PASSED,
                    FAILED,
                    UNANSWERED,
                    other,
                    shadow)
                .broken())
        .containsExactly(
            new BrokenTerm(
                Kind.MUST_PASS, "Mean \"km\" < 9 passes", "it failed: Observed something else."),
            new BrokenTerm(
                Kind.MUST_PASS,
                "Mean \"mass\" > 1 passes",
                "it has no answer (ERROR): Observed something else."));
  }

  @Test
  void aLabelThatNoCountingRuleHasIsNotMet() {
    mustPass = Map.of("register", List.of("required", "wanted"));
    RuleOutcome shadow =
        Outcomes.passed("IsUnique \"km\"", Map.of("register", "required", "shadow", "true"), "km");

    assertThat(check(List.of(published("1", "2026-11-19T04:00:00Z", PASSED)), shadow).broken())
        .containsExactly(
            new BrokenTerm(
                Kind.MUST_PASS,
                "rules with label register required or wanted pass",
                "no rule that counts has this label"));
  }

  @Test
  void freshnessCountsFromThePublicationOfTheNewestDataDate() {
    freshness = Optional.of(Duration.ofHours(30));
    RunRecord stale = published("1", "2026-11-18T05:50:00Z", PASSED);

    assertThat(check(List.of(stale), PASSED).broken())
        .containsExactly(
            new BrokenTerm(
                Kind.FRESHNESS,
                "at most 30 hours old",
                "2 days 6 hours: the newest rows are those of 2026-11-18, published at 2026-11-18T06:00:00Z"));
    RunRecord rescored =
        SomeRun.of(TABLE, "2").started("2026-11-20T10:00:00Z").snapshot(stale.snapshot()).run();
    assertThat(check(List.of(rescored, stale), PASSED).met()).isFalse();
    RunRecord backfill =
        SomeRun.of(TABLE, "3").date("2026-10-01").started("2026-11-20T10:00:00Z").run();
    assertThat(check(List.of(backfill, stale), PASSED).met()).isFalse();
    RunRecord next =
        SomeRun.of(TABLE, "4").date("2026-11-19").started("2026-11-20T10:00:00Z").run();
    assertThat(check(List.of(next, stale), PASSED).met()).isTrue();
  }

  @Test
  void exactlyAsOldAsAllowedIsFresh() {
    freshness = Optional.of(Duration.ofMinutes(90));
    RunRecord run = published("1", "2026-11-20T10:20:00Z", PASSED);

    assertThat(check(List.of(run), PASSED).met()).isTrue();
    freshness = Optional.of(Duration.ofMinutes(89));
    assertThat(check(List.of(run), PASSED).broken())
        .extracting(BrokenTerm::required)
        .containsExactly("at most 89 minutes old");
  }

  @Test
  void aNewerRunThatIsHeldIsToldAndDoesNotCount() {
    minimumScore = Optional.of(new BigDecimal("90"));
    RunRecord older = held("0", "2026-11-18T04:00:00Z");
    RunRecord main = published("1", "2026-11-19T04:00:00Z", PASSED);
    RunRecord held = held("2", "2026-11-20T04:00:00Z");
    RunRecord newest = held("3", "2026-11-20T05:00:00Z");

    ContractCheck check = check(List.of(newest, held, main, older), PASSED);

    assertThat(check.met()).isTrue();
    assertThat(check.run()).contains(main);
    assertThat(check.held()).contains(newest);
    assertThat(check(List.of(main, older), PASSED).held()).isEmpty();
  }

  @Test
  void withoutAPublishedRunItIsBrokenAndSaysWhy() {
    RunRecord elsewhere = SomeRun.of("prepared.cars", "9").run();
    RunRecord discarded = SomeRun.of(TABLE, "2").state(RunState.DISCARDED).run();

    assertThat(check(List.of(elsewhere)).broken())
        .containsExactly(
            new BrokenTerm(
                Kind.PUBLISHED, "a published run", "the ledger knows no run of the table"));
    assertThat(check(List.of(discarded)).broken())
        .extracting(BrokenTerm::found)
        .containsExactly("no run of the table was published");
    ContractCheck held = check(List.of(held("1", "2026-11-19T04:00:00Z")));
    assertThat(held.broken())
        .extracting(BrokenTerm::found)
        .containsExactly("none; the gate holds the newest one");
    assertThat(held.held()).isPresent();
    assertThat(held.run()).isEmpty();
  }

  @Test
  void outcomesAreAskedForOnceAndOnlyOfTheRunThatCounts() {
    List<String> asked = new ArrayList<>();
    ContractCheck.of(
        contract(),
        List.of(held("2", "2026-11-20T04:00:00Z"), published("1", "2026-11-19T04:00:00Z", PASSED)),
        run -> {
          asked.add(run);
          return List.of(PASSED);
        },
        NOW);

    assertThat(asked).containsExactly("1");
  }

  private ContractCheck check(List<RunRecord> runs, RuleOutcome... outcomes) {
    return ContractCheck.of(contract(), runs, run -> List.of(outcomes), NOW);
  }

  private Contract contract() {
    return new Contract(
        "trips-for-billing",
        "billing",
        Optional.empty(),
        TableName.parse(TABLE),
        minimumScore,
        minimumCoverage,
        mustPass,
        freshness,
        Optional.of("plain"),
        Optional.empty());
  }

  private static RunRecord published(String id, String started, RuleOutcome... outcomes) {
    return SomeRun.of(TABLE, id).started(started).score(Score.of(List.of(outcomes))).run();
  }

  private static RunRecord held(String id, String started) {
    return SomeRun.of(TABLE, id).started(started).state(RunState.HELD).score("10").run();
  }
}
