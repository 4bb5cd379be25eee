package dev.assay.pipeline;

import dev.assay.lake.iceberg.Housekeeping;
import dev.assay.lake.iceberg.MainHistory;
import dev.assay.lake.iceberg.QuarantineTable;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.TableName;
import dev.assay.pipeline.RunListener.Upkeep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
          new TableName("assay", "lineage"),
          new TableName("assay", "evidence"),
          new TableName("assay", "costs"),
          new TableName("assay", "deliveries"),
          new TableName("assay", "sendings"),
          new TableName("assay", "erasures"));

  /** Evidence in fewer blocks is left as it is. */
  private static final int FEW_BLOCKS = 8;

  private static final List<String> LAYERS = List.of("raw", "prepared", "semantic");

  private final Lane lane;
  private final List<String> done = new ArrayList<>();

  public Maintenance(Lane lane) {
    this.lane = lane;
  }

  /**
   * Does everything, what the profile says about retention as well.
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
      lane.listener().maintained(table, Upkeep.RUNS_COMPLETED);
      expireHeld(table, now.minus(heldRetention));
      lane.listener().maintained(table, Upkeep.HELD_EXPIRED);
      dropLeftovers(table, now.minus(leftoverAge));
      lane.listener().maintained(table, Upkeep.LEFTOVERS_DROPPED);
    }
    StaleEvidence evidence = new StaleEvidence(lane);
    // a table that no run wrote may have been scored all the same
    Set<TableName> scored = new TreeSet<>(tables);
    LAYERS.forEach(layer -> scored.addAll(lane.catalog().tables(layer)));
    scored.forEach(table -> evidence.clean(table, FEW_BLOCKS).ifPresent(done::add));
    done.addAll(new RetentionUpkeep(lane).run(now));
    Housekeeping housekeeping = new Housekeeping(lane.spark(), lane.catalog());
    List<RunRecord> runs = lane.ledger().runs();
    for (TableName table : LEDGER) {
      done.addAll(housekeeping.compact(table, now.minus(leftoverAge)));
    }
    for (TableName table : tables) {
      done.addAll(housekeeping.compact(QuarantineTable.of(table), now.minus(leftoverAge)));
      keepCompared(table, runs);
      // a held run rests on main as it is: were main another snapshot, nobody could approve it
      if (!isWaitedFor(table, runs)) {
        done.addAll(housekeeping.compact(table, now.minus(leftoverAge)));
      }
      lane.listener().maintained(table, Upkeep.COMPACTED);
    }
    return done;
  }

  private static boolean isWaitedFor(TableName table, List<RunRecord> runs) {
    return runs.stream()
        .filter(run -> run.table().equals(table))
        .anyMatch(run -> run.state() == RunState.HELD && run.isStaged());
  }

  /**
   * Scores that compared a table with another can be computed again only as long as both stay; and
   * a job that reads changes goes on from the snapshot that its newest run has read.
   */
  private void keepCompared(TableName table, List<RunRecord> all) {
    Set<Long> there = MainHistory.of(lane.catalog(), table).snapshots();
    String prefix = table + "@";
    Map<TableName, RunRecord> newest = new HashMap<>();
    List<RunRecord> runs =
        all.stream()
            .filter(run -> run.state() == RunState.PUBLISHED || run.state() == RunState.HELD)
            .toList();
    runs.stream()
        .filter(run -> run.state() == RunState.PUBLISHED)
        .forEach(run -> newest.putIfAbsent(run.table(), run));
    Stream.concat(
            runs.stream().flatMap(run -> run.references().values().stream()),
            newest.values().stream().flatMap(run -> run.inputs().stream()))
        .filter(compared -> compared.startsWith(prefix))
        .map(compared -> Long.valueOf(compared.substring(prefix.length())))
        .distinct()
        .filter(there::contains)
        .forEach(snapshot -> lane.branches().keep(table, snapshot));
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
