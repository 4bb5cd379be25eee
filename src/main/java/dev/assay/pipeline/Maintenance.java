package dev.assay.pipeline;

import dev.assay.lake.iceberg.Housekeeping;
import dev.assay.lake.iceberg.QuarantineTable;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.TableName;
import dev.assay.rules.evidence.EvidenceBlock;
import dev.assay.rules.evidence.EvidenceCleaner;
import dev.assay.rules.evidence.Slice;
import dev.assay.rules.evidence.SliceId;
import dev.assay.rules.evidence.iceberg.IcebergTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.ValidationException;

/**
 * Finishes what killed runs left, and frees what nobody needs. Running it again changes nothing.
 */
public final class Maintenance {
  private static final List<TableName> LEDGER =
      List.of(
          new TableName("assay", "runs"),
          new TableName("assay", "outcomes"),
          new TableName("assay", "metrics"),
          new TableName("assay", "quarantine_counts"),
          new TableName("assay", "evidence"),
          new TableName("assay", "costs"),
          new TableName("assay", "deliveries"),
          new TableName("assay", "sendings"));

  /** Evidence in fewer blocks is left as it is. */
  private static final int FEW_BLOCKS = 8;

  private final Lane lane;
  private final List<String> done = new ArrayList<>();

  public Maintenance(Lane lane) {
    this.lane = lane;
  }

  /**
   * Does everything.
   *
   * @param leftoverAge what an unfinished run must be older than, to be taken for a killed one
   * @param heldRetention how long a held run waits for a decision
   * @return what was done, a sentence each
   */
  public List<String> run(Duration leftoverAge, Duration heldRetention) {
    Instant now = lane.clock().instant();
    Set<TableName> tables = new TreeSet<>();
    lane.ledger().runs().stream()
        .map(RunRecord::table)
        // a table that somebody dropped needs nothing any more
        .filter(table -> lane.catalog().find(table).isPresent())
        .forEach(tables::add);
    for (TableName table : tables) {
      PastRuns.of(lane, table);
      expireHeld(table, now.minus(heldRetention));
      dropLeftovers(table, now.minus(leftoverAge));
    }
    tables.forEach(this::cleanEvidence);
    Housekeeping housekeeping = new Housekeeping(lane.spark(), lane.catalog());
    for (TableName table : LEDGER) {
      done.addAll(housekeeping.compact(table, now.minus(leftoverAge)));
    }
    for (TableName table : tables) {
      done.addAll(housekeeping.compact(QuarantineTable.of(table), now.minus(leftoverAge)));
      done.addAll(housekeeping.compact(table, now.minus(leftoverAge)));
    }
    return done;
  }

  /** Evidence goes with the snapshots it is about. */
  private void cleanEvidence(TableName name) {
    Table table = lane.catalog().find(name).orElse(null);
    if (table == null) {
      return;
    }
    String key = table.uuid().toString();
    List<EvidenceBlock> blocks = lane.evidence().load(key);
    if (blocks.size() < FEW_BLOCKS) {
      return;
    }
    Set<SliceId> live = new HashSet<>();
    for (Snapshot snapshot : table.snapshots()) {
      List<SliceId> slices =
          new IcebergTable(
                  lane.spark(), lane.catalog().sparkName(name), table, snapshot.snapshotId())
              .slices().stream().map(Slice::id).toList();
      live.addAll(slices);
      live.add(SliceId.ofAll(slices));
    }
    List<EvidenceBlock> clean = EvidenceCleaner.clean(blocks, live);
    try {
      lane.evidence().replace(key, clean);
      done.add(
          "%s: brought %d blocks of evidence into %d".formatted(name, blocks.size(), clean.size()));
    } catch (ValidationException e) {
      done.add(
          "%s: its evidence is being written to, and is left for the next time".formatted(name));
    }
  }

  private void expireHeld(TableName table, Instant before) {
    for (RunRecord run : lane.ledger().runs(table)) {
      if (run.state() == RunState.HELD && run.stateAt().isBefore(before)) {
        new Decisions(lane.catalog(), lane.ledger(), lane.clock())
            .discard(run.runId(), "maintain", "held longer than the retention");
        done.add(
            "%s: discarded run %s, held since %s".formatted(table, run.runId(), run.stateAt()));
      }
    }
  }

  /** Branches and quarantined rows of runs that never came to an end. */
  private void dropLeftovers(TableName table, Instant before) {
    Map<String, RunRecord> byBranch = new HashMap<>();
    List<RunRecord> runs = lane.ledger().runs(table);
    runs.forEach(run -> byBranch.put(run.branch(), run));
    for (Map.Entry<String, Instant> branch : lane.branches().ours(table).entrySet()) {
      RunRecord run = byBranch.get(branch.getKey());
      boolean waiting = run != null && run.state() == RunState.HELD;
      if (!waiting && branch.getValue().isBefore(before)) {
        lane.branches().drop(table, branch.getKey());
        done.add(
            "%s: dropped branch %s of a run that did not end".formatted(table, branch.getKey()));
      }
    }
    Set<String> kept =
        runs.stream()
            .filter(run -> run.state() == RunState.PUBLISHED || run.state() == RunState.HELD)
            .map(RunRecord::runId)
            .collect(Collectors.toSet());
    long removed =
        new QuarantineTable(lane.catalog()).removeOthers(lane.spark(), table, kept, before);
    if (removed > 0) {
      done.add(
          "%s: removed %,d quarantined rows of runs that did not end".formatted(table, removed));
    }
  }
}
