package dev.assay.scores;

import dev.assay.model.Metric;
import dev.assay.model.QuarantineCount;
import dev.assay.model.RuleOutcome;
import dev.assay.model.RunRecord;
import dev.assay.model.Spending;
import dev.assay.model.TableName;
import dev.assay.model.lineage.RunLineage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everything that was ever decided about a table. Rows are added and never changed. */
public interface Ledger {
  /**
   * Keeps a scored run: first its outcomes, metrics and quarantine counts, last its state, so that
   * who reads the state finds the rest.
   */
  void recordScoring(
      RunRecord run,
      List<RuleOutcome> outcomes,
      List<Metric> metrics,
      List<QuarantineCount> quarantine);

  /** Keeps what a run read and made; before its state, so that who reads that finds this. */
  void recordLineage(RunRecord run, RunLineage lineage);

  /** What a run read and made; empty of runs that only scored, and of those of earlier versions. */
  Optional<RunLineage> lineage(String runId);

  /** The ids of all runs that left lineage. */
  Set<String> runsWithLineage();

  /** Keeps that a run reached a further state. Repeating it is harmless. */
  void recordState(RunRecord run);

  /** Keeps what a run has spent, whatever becomes of the run. */
  void recordSpending(Spending spending);

  /**
   * Keeps a bill whose rows have one run id and one purpose, unless one with these is there
   * already; also if several processes have it at the same time.
   *
   * @return whether it was new
   */
  boolean recordBill(List<Spending> bill);

  /** What was spent from an instant on, in the order in which it was recorded. */
  List<Spending> spending(Instant from);

  /** The runs of a table in their newest state, newest run first. */
  List<RunRecord> runs(TableName table);

  /** All runs in their newest state, newest run first. */
  List<RunRecord> runs();

  /** A run in its newest state; its id may be shortened to its first digits if that is clear. */
  Optional<RunRecord> run(String runId);

  /** The outcomes of a run in the order of its ruleset. */
  List<RuleOutcome> outcomes(String runId);

  /** What was measured on a table, by run. */
  Map<String, List<Metric>> metrics(TableName table);

  /** Why rows of a run were quarantined, most frequent first. */
  List<QuarantineCount> quarantineCounts(String runId);
}
