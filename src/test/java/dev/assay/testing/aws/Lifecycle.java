package dev.assay.testing.aws;

import java.util.List;

/** Where one thing at a service is on its way through its statuses. */
final class Lifecycle {
  private final Progress progress;
  private final List<String> statuses;
  private final long begun;
  private int described;

  Lifecycle(Progress progress, List<String> statuses) {
    this.progress = progress;
    this.statuses = List.copyOf(statuses);
    this.begun = progress.now();
  }

  /** Counts a description. */
  synchronized void describe() {
    described++;
  }

  synchronized String status() {
    return statuses.get(progress.steps(described, progress.now() - begun, statuses.size() - 1));
  }

  boolean isOver() {
    return status().equals(statuses.get(statuses.size() - 1));
  }
}
