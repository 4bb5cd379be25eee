package dev.assay.pipeline;

import dev.assay.lake.iceberg.Branches.PublishedSnapshot;
import dev.assay.lake.iceberg.MainHistory;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Fingerprint;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.ScoreScope;
import dev.assay.model.TableName;
import dev.assay.model.job.Job;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The runs of a table before this one, as main and the ledger together know them. */
final class PastRuns {
  private final List<RunRecord> runs;
  private final Set<Long> snapshots;

  private PastRuns(List<RunRecord> runs, Set<Long> snapshots) {
    this.runs = List.copyOf(runs);
    this.snapshots = Set.copyOf(snapshots);
  }

  /**
   * Reads them, and completes runs that were killed after their commit point. Runs that main was
   * rolled back behind are not among them.
   */
  static PastRuns of(Lane lane, TableName table) {
    Set<String> onMain =
        lane.branches().published(table).stream()
            .map(PublishedSnapshot::label)
            .map(label -> label.runId())
            .collect(Collectors.toSet());
    List<RunRecord> runs = new ArrayList<>();
    for (RunRecord run : lane.ledger().runs(table)) {
      boolean unfinished = onMain.contains(run.runId()) && run.state() != RunState.PUBLISHED;
      runs.add(unfinished ? new Publication(lane).complete(run, noteOf(run)) : run);
    }
    runs.stream()
        .filter(run -> run.state() == RunState.PUBLISHED && onMain.contains(run.runId()))
        .findFirst()
        .ifPresent(new Publication(lane)::tidy);
    MainHistory main = MainHistory.of(lane.catalog(), table);
    // what somebody rolled back is as if it had never been published
    runs.removeIf(run -> run.state() == RunState.PUBLISHED && main.wasRolledBack(run.snapshot()));
    // the newest may be one that only scored again
    runs.stream()
        .filter(run -> run.state() == RunState.PUBLISHED)
        .findFirst()
        .ifPresent(new Publication(lane)::tellOnTable);
    return new PastRuns(runs, main.snapshots());
  }

  private static String noteOf(RunRecord run) {
    return run.note().startsWith("overridden") ? run.note() : "completed after an interruption";
  }

  /**
   * Refuses a job that is not the one that wrote the table last: two jobs would take each other's
   * rows away without a word.
   *
   * @throws AssayException that names the other job, unless the run is forced
   */
  void requireWriter(Job job, Set<RunOption> options) {
    Optional<RunRecord> last =
        runs.stream().filter(run -> run.state() == RunState.PUBLISHED).findFirst();
    boolean another =
        last.filter(run -> !run.job().equals(job.name()) || !run.pipeline().equals(job.pipeline()))
            .isPresent();
    if (another && !options.contains(RunOption.FORCE)) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "%s: table %s was last written by job %s of pipeline %s (run %s), and a table has one job. Give this job a table of its own; if it takes the other's place (it was renamed, for example), run it once with --force."
              .formatted(
                  job.file(),
                  job.output().table(),
                  last.get().job(),
                  last.get().pipeline(),
                  last.get().runId().substring(0, 8)));
    }
  }

  /**
   * A run of a job with this identity that still stands: held, or the newest one published. An
   * older published one does not count, because main holds something else since.
   *
   * @param dataDate the date of a dated job; empty for others
   */
  Optional<RunRecord> standing(Fingerprint identity, String job, Optional<LocalDate> dataDate) {
    List<RunRecord> ofJob =
        runs.stream()
            .filter(run -> run.job().equals(job))
            .filter(run -> dataDate.map(run.dataDate()::equals).orElse(true))
            .toList();
    Optional<RunRecord> newest =
        ofJob.stream().filter(run -> run.state() == RunState.PUBLISHED).findFirst();
    return newest
        .filter(run -> run.identity().equals(identity))
        .or(
            () ->
                ofJob.stream()
                    // what was not staged is looked at again: the table may fit by now
                    .filter(run -> run.state() == RunState.HELD && run.isStaged())
                    .filter(run -> run.identity().equals(identity))
                    .findFirst());
  }

  /**
   * The newest published run of a job and date, if it wrote the same rows and they are still there
   * as it wrote them: rows may have been forgotten since.
   */
  Optional<RunRecord> publishedWithContent(
      Fingerprint content, String job, Optional<LocalDate> dataDate) {
    return runs.stream()
        .filter(run -> run.state() == RunState.PUBLISHED)
        .filter(run -> run.job().equals(job))
        .filter(run -> dataDate.map(run.dataDate()::equals).orElse(true))
        .findFirst()
        .filter(run -> run.content().equals(content))
        .filter(this::holds);
  }

  /** Whether what a run published is still there as it wrote it. */
  private boolean holds(RunRecord run) {
    return snapshots.contains(run.snapshot());
  }

  /** Whether that can be scored again: of a batch, what it is told from has to be there too. */
  boolean canBeScored(RunRecord run) {
    return holds(run)
        && (run.scope() == ScoreScope.TABLE
            || run.parentSnapshot().map(snapshots::contains).orElse(true));
  }

  /**
   * Runs of a job that are held because somebody has to look at their columns first.
   *
   * @param dataDate the date of a dated job; empty for others
   */
  List<RunRecord> awaitingReview(String job, Optional<LocalDate> dataDate) {
    return runs.stream()
        .filter(run -> run.state() == RunState.HELD && !run.isStaged())
        .filter(run -> run.job().equals(job))
        .filter(run -> dataDate.map(run.dataDate()::equals).orElse(true))
        .toList();
  }

  /** Everything that published runs have read, whatever their job was called. */
  Set<String> inputs() {
    return runs.stream()
        .filter(run -> run.state() == RunState.PUBLISHED)
        .flatMap(run -> run.inputs().stream())
        .collect(Collectors.toSet());
  }

  /** The newest published run, whatever its job was called. */
  Optional<RunRecord> lastPublished() {
    return runs.stream().filter(run -> run.state() == RunState.PUBLISHED).findFirst();
  }

  /** The newest published run of a job. */
  Optional<RunRecord> lastPublishedBy(String job) {
    return runs.stream()
        .filter(run -> run.state() == RunState.PUBLISHED && run.job().equals(job))
        .findFirst();
  }

  /** The published run of the same scope that started before this one. */
  Optional<RunRecord> publishedBefore(RunRecord run) {
    return runs.stream()
        .filter(other -> other.state() == RunState.PUBLISHED)
        .filter(other -> other.scope() == run.scope())
        .filter(other -> other.startedAt().isBefore(run.startedAt()))
        .findFirst();
  }
}
