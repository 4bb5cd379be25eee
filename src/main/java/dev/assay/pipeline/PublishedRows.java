package dev.assay.pipeline;

import dev.assay.lake.iceberg.Housekeeping;
import dev.assay.lake.iceberg.RowChoice;
import dev.assay.lake.iceberg.RowRemoval;
import dev.assay.lake.iceberg.RowRemoval.Found;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.TableName;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes rows out of a table that runs publish to. Scores promise that their snapshot stays; a
 * snapshot that holds such a row goes all the same, with its tag, and is named.
 */
public final class PublishedRows {
  private static final TableName EVIDENCE = new TableName("assay", "evidence");

  private final Lane lane;
  private final RowRemoval removal;

  public PublishedRows(Lane lane) {
    this.lane = lane;
    this.removal = new RowRemoval(lane.spark(), lane.catalog());
  }

  /**
   * Refuses if a run that has not ended holds such rows on its branch: taking the branch from under
   * it would lose its work, and leaving it would publish the rows again.
   *
   * @param found what the table holds of the rows
   */
  public void requireEnded(TableName table, Found found) {
    PastRuns.of(lane, table);
    Map<String, RunRecord> runs = byBranch(table);
    for (String branch : lane.branches().ours(table).keySet()) {
      RunRecord run = runs.get(branch);
      if (found.refs().contains(branch) && (run == null || run.state() == RunState.STAGED)) {
        throw new AssayException(
            ExitKind.OUTSIDE_UNAVAILABLE,
            "%s: a run that has not ended holds such rows on branch %s; nothing was removed. Wait until it has ended and call again. If it was killed, 'assay maintain --leftovers-after-hours 0' drops what it left."
                .formatted(table, branch));
      }
    }
  }

  /**
   * Removes them. Runs that are held and have them on their branch are discarded.
   *
   * @param who goes into the ledger with the reason
   * @return what was removed, and what was given up for it
   */
  public Found remove(TableName table, RowChoice choice, String who, String reason) {
    Found found = removal.find(table, choice);
    requireEnded(table, found);
    Map<String, RunRecord> runs = byBranch(table);
    Set<String> discarded = new TreeSet<>();
    for (String ref : found.refs()) {
      RunRecord run = runs.get(ref);
      if (run != null && run.state() == RunState.HELD) {
        new Decisions(lane.catalog(), lane.ledger(), lane.clock())
            .discard(run.runId(), who, "rows of it were forgotten: " + reason);
        discarded.add("held run " + run.runId());
      }
    }
    Found removed = removal.remove(table, choice);
    if (new StaleEvidence(lane).clean(table, 1).isPresent()) {
      new Housekeeping(lane.spark(), lane.catalog()).expire(EVIDENCE, lane.clock().instant());
    }
    discarded.addAll(removed.refs());
    return new Found(removed.rows(), removed.older(), discarded);
  }

  private Map<String, RunRecord> byBranch(TableName table) {
    Map<String, RunRecord> runs = new HashMap<>();
    lane.ledger().runs(table).forEach(run -> runs.put(run.branch(), run));
    return runs;
  }
}
