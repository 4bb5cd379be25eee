package dev.assay.pipeline;

import dev.assay.model.ExitKind;
import dev.assay.model.QuarantineCount;
import dev.assay.model.RuleOutcome;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.TableName;
import java.util.List;
import java.util.Optional;

/**
 * How the run of one job ended.
 *
 * @param run the run; empty if it was skipped or failed
 * @param outcomes the outcomes of its rules
 * @param quarantine why rows were quarantined
 * @param previous the published run before this one
 * @param exit what it means for the exit code
 * @param message what went wrong or why it was skipped; empty otherwise
 */
public record JobResult(
    String job,
    TableName table,
    Ending ending,
    Optional<RunRecord> run,
    List<RuleOutcome> outcomes,
    List<QuarantineCount> quarantine,
    Optional<RunRecord> previous,
    ExitKind exit,
    String message) {

  /** The ways a run ends. */
  public enum Ending {
    PUBLISHED,
    HELD,
    /** The same input was published before. */
    UNCHANGED,
    /** Rules or gate changed; the published data was scored again. */
    RESCORED,
    SKIPPED,
    FAILED
  }

  public JobResult {
    outcomes = List.copyOf(outcomes);
    quarantine = List.copyOf(quarantine);
  }

  /** The same result, and why it is so. */
  JobResult saying(String why) {
    return new JobResult(job, table, ending, run, outcomes, quarantine, previous, exit, why);
  }

  /** Of a run that is in the ledger. */
  static JobResult of(
      RunRecord run,
      Ending ending,
      List<RuleOutcome> outcomes,
      List<QuarantineCount> quarantine,
      Optional<RunRecord> previous) {
    boolean wanting =
        run.state() == RunState.HELD || (ending == Ending.RESCORED && !run.gateReasons().isEmpty());
    return new JobResult(
        run.job(),
        run.table(),
        ending,
        Optional.of(run),
        outcomes,
        quarantine,
        previous,
        wanting ? ExitKind.HELD : ExitKind.OK,
        "");
  }

  static JobResult skipped(String job, TableName table, String why) {
    return new JobResult(
        job,
        table,
        Ending.SKIPPED,
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        ExitKind.OK,
        why);
  }

  static JobResult failed(String job, TableName table, ExitKind exit, String why) {
    return new JobResult(
        job,
        table,
        Ending.FAILED,
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        exit,
        why);
  }

  /** Held before there was a run to speak of: it would have cost more than the job allows. */
  static JobResult heldWithoutRun(String job, TableName table, String why) {
    return new JobResult(
        job,
        table,
        Ending.HELD,
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        ExitKind.HELD,
        why);
  }
}
