package dev.assay.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PublishedRunsTest {
  private static final RunRecord FIRST =
      SomeRun.of("prepared.trips", "first")
          .date("2026-11-17")
          .started("2026-11-18T04:00:00Z")
          .snapshot(1)
          .run();
  private static final RunRecord SECOND =
      SomeRun.of("prepared.trips", "second")
          .date("2026-11-18")
          .started("2026-11-19T04:00:00Z")
          .snapshot(2)
          .run();

  @Test
  void theRunPublishedLastCountsThoughAnotherStartedLater() {
    RunRecord slow =
        SomeRun.of("prepared.trips", "slow")
            .started("2026-11-19T03:00:00Z")
            .at("2026-11-19T09:00:00Z")
            .snapshot(3)
            .run();

    assertThat(PublishedRuns.of(List.of(SECOND, slow, FIRST)).current()).contains(slow);
  }

  @Test
  void aRescoringGivesTheScoreAndNoNewerRows() {
    RunRecord rescored =
        SomeRun.of("prepared.trips", "rescored")
            .started("2026-11-20T12:00:00Z")
            .snapshot(2)
            .score("50")
            .run();
    PublishedRuns runs = PublishedRuns.of(List.of(rescored, SECOND, FIRST));

    assertThat(runs.current()).contains(rescored);
    assertThat(runs.newestRows()).contains(SECOND);
    assertThat(runs.writers()).containsExactly(SECOND, FIRST);
  }

  @Test
  void theRescoringOfAnOlderSnapshotIsNotTheScoreOfTheTable() {
    RunRecord rescored =
        SomeRun.of("prepared.trips", "rescored")
            .date("2026-11-17")
            .started("2026-11-20T12:00:00Z")
            .snapshot(1)
            .run();

    assertThat(PublishedRuns.of(List.of(rescored, SECOND, FIRST)).current()).contains(SECOND);
  }

  @Test
  void aBackfillGivesTheScoreAndNoNewerRows() {
    RunRecord backfill =
        SomeRun.of("prepared.trips", "backfill")
            .date("2026-10-01")
            .started("2026-11-20T12:00:00Z")
            .run();
    PublishedRuns runs = PublishedRuns.of(List.of(backfill, SECOND, FIRST));

    assertThat(runs.current()).contains(backfill);
    assertThat(runs.newestRows()).contains(SECOND);
  }

  @Test
  void whatIsNotPublishedIsNoRun() {
    PublishedRuns runs =
        PublishedRuns.of(
            List.of(
                SomeRun.of("prepared.trips", "a").state(RunState.HELD).run(),
                SomeRun.of("prepared.trips", "b").state(RunState.STAGED).run(),
                SomeRun.of("prepared.trips", "c").state(RunState.DISCARDED).run()));

    assertThat(runs.current()).isEmpty();
    assertThat(runs.newestRows()).isEmpty();
    assertThat(runs.writers()).isEmpty();
  }
}
