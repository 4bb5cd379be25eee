package dev.assay.messages.comprehend;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What batches cost: those whose jobs were started here, and those whose jobs an earlier run
 * started that did not live to say so.
 */
final class BatchCosts {
  private final BatchFolder folder;
  private final Set<String> counted = new TreeSet<>();
  private Tally spent = Tally.NOTHING;
  private Tally leftBehind = Tally.NOTHING;

  BatchCosts(BatchFolder folder) {
    this.folder = folder;
  }

  /** Counts batches, each once, whatever became of their jobs. */
  void count(List<String> batches, BatchJobs jobs) {
    for (String batch : batches) {
      if (jobs.started().contains(batch) && counted.add(batch)) {
        spent = spent.plus(folder.tally(batch));
      } else if (jobs.found().contains(batch) && !folder.isRecorded(batch) && counted.add(batch)) {
        leftBehind = leftBehind.plus(folder.tally(batch));
      }
    }
  }

  /** Of jobs that were started here. */
  Tally spent() {
    return spent;
  }

  /** Of jobs that were found, and are not recorded. */
  Tally leftBehind() {
    return leftBehind;
  }

  /** Says that both are written down elsewhere; no run counts these jobs as left behind again. */
  void recorded() {
    counted.forEach(folder::recorded);
    counted.clear();
    leftBehind = Tally.NOTHING;
  }
}
