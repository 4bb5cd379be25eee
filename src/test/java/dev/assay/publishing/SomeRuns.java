package dev.assay.publishing;

import dev.assay.model.RunState;
import dev.assay.model.TableName;

/** Announcements for tests. */
public final class SomeRuns {
  private SomeRuns() {}

  /** The score of a run of prepared.trips. */
  public static Announcement announced() {
    return Announcement.of(
        Announcement.Kind.SCORE,
        OutboxTest.run(new TableName("prepared", "trips"), "r", RunState.PUBLISHED, 0));
  }
}
