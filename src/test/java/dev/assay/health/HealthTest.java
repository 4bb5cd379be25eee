package dev.assay.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.health.Health.Light;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.Score;
import dev.assay.model.SomeRun;
import dev.assay.model.job.Schedule;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final String TABLE = "prepared.trips";
  private static final Schedule DAILY = Schedule.parse("0 4 * * *", ZoneId.of("UTC"));
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final LocalDate LAST = LocalDate.of(2026, 11, 20);

  private final List<RunRecord> runs = new ArrayList<>();
  private Optional<Schedule> schedule = Optional.of(DAILY);
  private Instant now = NOW;

  @Test
  void onTimeAndUsualIsOk() {
    days(10);

    Health health = health();

    assertThat(health.light()).isEqualTo(Light.OK);
    assertThat(health.ok()).isTrue();
    assertThat(health.findings()).isEmpty();
    assertThat(health.pipeline()).isEqualTo("demo");
    assertThat(health.lastRuns()).hasSize(5).startsWith(runs.get(9));
    assertThat(health.due())
        .contains(new Schedule.Due(Instant.parse("2026-11-21T04:00:00Z"), LAST, true));
  }

  @Test
  void aMissingDayIsLateOnceTheGraceIsOver() {
    days(10);
    runs.remove(9);

    now = Instant.parse("2026-11-21T05:59:00Z");
    assertThat(health().light()).isEqualTo(Light.OK);
    now = Instant.parse("2026-11-21T06:00:00Z");
    assertThat(health().light()).isEqualTo(Light.LATE);
    assertThat(health().findings())
        .containsExactly(
            "The run for 2026-11-20 was due at 2026-11-21T04:00:00Z; the newest rows are those of 2026-11-19, published at 2026-11-20T04:10:00Z.");
  }

  @Test
  void aBackfillDoesNotMakeATableFresh() {
    days(10);
    runs.remove(9);
    runs.add(SomeRun.of(TABLE, "old").date("2026-01-01").started("2026-11-21T11:00:00Z").run());

    assertThat(health().light()).isEqualTo(Light.LATE);
  }

  @Test
  void withoutAScheduleNothingIsLate() {
    schedule = Optional.empty();
    runs.add(SomeRun.of(TABLE, "old").date("2020-01-01").started("2020-01-02T04:00:00Z").run());

    assertThat(health().light()).isEqualTo(Light.OK);
    assertThat(health().due()).isEmpty();
  }

  @Test
  void ofSeveralRunsADayEachHasToPublish() {
    schedule = Optional.of(Schedule.parse("0 4,10 * * *", ZoneId.of("UTC")));
    runs.add(run(LAST, "first", 1000, "100"));

    now = Instant.parse("2026-11-21T11:00:00Z");
    assertThat(health().light()).isEqualTo(Light.OK);
    now = Instant.parse("2026-11-21T12:00:00Z");
    assertThat(health().light()).isEqualTo(Light.LATE);
    runs.add(SomeRun.of(TABLE, "second").date("2026-11-20").started("2026-11-21T10:01:00Z").run());
    assertThat(health().light()).isEqualTo(Light.OK);
  }

  @Test
  void anOddNumberOfRowsIsUnusualAndToldInWords() {
    days(10);
    runs.set(9, run(LAST, "odd", 12, "100"));

    assertThat(health().light()).isEqualTo(Light.UNUSUAL);
    assertThat(health().findings())
        .containsExactly(
            "The last run wrote 12 rows; the 9 before it lead to expect 900 to 1,100 (median 1,000).");
  }

  @Test
  void aRunThatOnlyScoredAgainIsNoRunThatWrote() {
    days(10);
    runs.add(
        SomeRun.of(TABLE, "again")
            .date(LAST.toString())
            .started("2026-11-21T11:00:00Z")
            .snapshot(runs.get(9).snapshot())
            .written(7)
            .run());

    assertThat(health().light()).isEqualTo(Light.OK);
  }

  @Test
  void anOddScoreIsUnusualAndNoScoreToo() {
    days(10);
    runs.set(9, run(LAST, "odd", 1000, "88.5"));

    assertThat(health().findings())
        .containsExactly(
            "The last run has score 88.5; the 9 before it lead to expect 99 to 100 (median 100).");
    Score none = new Score(Optional.empty(), BigDecimal.ZERO.setScale(6), 0, 0, 3);
    runs.set(
        9,
        SomeRun.of(TABLE, "none")
            .date(LAST.toString())
            .started("2026-11-21T04:00:00Z")
            .score(none)
            .run());
    assertThat(health().findings())
        .containsExactly(
            "The last run has no score; the 9 before it lead to expect 99 to 100 (median 100).");
  }

  @Test
  void scoresOfAnotherRulesetAreNoHistory() {
    days(10);
    runs.set(
        9,
        SomeRun.of(TABLE, "new")
            .date(LAST.toString())
            .started("2026-11-21T04:00:00Z")
            .ruleset("stricter")
            .score("50")
            .run());

    assertThat(health().light()).isEqualTo(Light.OK);
  }

  @Test
  void fewRunsSayNothingAboutTheNext() {
    days(5);
    runs.set(4, run(LAST, "odd", 1, "3"));

    assertThat(health().light()).isEqualTo(Light.OK);
  }

  @Test
  void aHoldIsToldWithItsAgeWhateverElseThereIs() {
    days(10);
    runs.set(
        9,
        SomeRun.of(TABLE, "abcdef0123")
            .date(LAST.toString())
            .started("2026-11-21T04:00:00Z")
            .state(RunState.HELD)
            .written(2)
            .run());

    Health health = health();

    assertThat(health.light()).isEqualTo(Light.HELD);
    assertThat(health.holds()).containsExactly(runs.get(9));
    assertThat(health.findings())
        .hasSize(3)
        .first()
        .isEqualTo("Run abcdef01 for 2026-11-20 is held since 2026-11-21T04:10:00Z (7 hours).");
    assertThat(health.findings().get(1)).startsWith("The run for 2026-11-20 was due at");
    assertThat(health.findings().get(2)).startsWith("The last run wrote 2 rows;");
  }

  @Test
  void aTableThatNobodyHasSeenIsNeverPublished() {
    runs.add(SomeRun.of(TABLE, "staged").state(RunState.STAGED).run());

    assertThat(health().light()).isEqualTo(Light.NEVER_PUBLISHED);
    assertThat(health().light().text()).isEqualTo("never published");
    assertThat(health().findings()).containsExactly("No run was ever published.");
    assertThat(health().lastRuns()).isEmpty();
    runs.add(SomeRun.of(TABLE, "heldheld").state(RunState.HELD).run());
    assertThat(health().light()).isEqualTo(Light.NEVER_PUBLISHED);
    assertThat(health().findings()).hasSize(2);
  }

  @Test
  void whatWaitsToBeDeliveredIsToldAndTellsNothingOfTheData() {
    days(2);
    Health health =
        Health.of(
            runs, schedule, new Undelivered(2, 1).plus(Undelivered.NONE), now, Duration.ofHours(2));

    assertThat(health.undelivered()).isEqualTo(new Undelivered(2, 1));
    assertThat(health.light()).isEqualTo(Light.OK);
  }

  private Health health() {
    return Health.of(runs, schedule, Undelivered.NONE, now, Duration.ofHours(2));
  }

  /** So many days up to the last, oldest first, each with 1000 rows and score 100. */
  private void days(int count) {
    for (int back = count - 1; back >= 0; back--) {
      LocalDate date = LAST.minusDays(back);
      runs.add(run(date, "run-" + date, 1000, "100"));
    }
  }

  private static RunRecord run(LocalDate date, String id, long written, String score) {
    return SomeRun.of(TABLE, id)
        .date(date.toString())
        .started(date.plusDays(1) + "T04:00:00Z")
        .written(written)
        .score(score)
        .run();
  }
}
