package dev.assay.pipeline;

import dev.assay.lake.iceberg.Branches.PublishedSnapshot;
import dev.assay.model.Fingerprint;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.TableName;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The runs of a table before this one, as main and the ledger together know them. */
final class PastRuns {
  private final List<RunRecord> runs;

  private PastRuns(List<RunRecord> runs) {
    this.runs = List.copyOf(runs);
  }

  /** Reads them, and completes runs that were killed after their commit point. */
  static PastRuns of(Lane lane, TableName table) {
    Set<String> onMain =
        lane.branches().published(table).stream()
            .map(PublishedSnapshot::label)
            .map(label -> label.runId())
            .collect(Collectors.toSet());
    List<RunRecord> runs = new ArrayList<>();
    for (RunRecord run : lane.ledger().runs(table)) {
      boolean unfinished = onMain.contains(run.runId()) && run.state() != RunState.PUBLISHED;
      runs.add(
          unfinished
              ? new Publication(lane).complete(run, "completed after an interruption")
              : run);
    }
    runs.stream()
        .filter(run -> run.state() == RunState.PUBLISHED && onMain.contains(run.runId()))
        .findFirst()
        .ifPresent(new Publication(lane)::tidy);
    return new PastRuns(runs);
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
                    .filter(run -> run.state() == RunState.HELD)
                    .filter(run -> run.identity().equals(identity))
                    .findFirst());
  }

  /** The newest published run of a job and date, if it wrote the same rows. */
  Optional<RunRecord> publishedWithContent(
      Fingerprint content, String job, Optional<LocalDate> dataDate) {
    return runs.stream()
        .filter(run -> run.state() == RunState.PUBLISHED)
        .filter(run -> run.job().equals(job))
        .filter(run -> dataDate.map(run.dataDate()::equals).orElse(true))
        .findFirst()
        .filter(run -> run.content().equals(content));
  }

  /** Everything that published runs of a job have read. */
  Set<String> inputsPublishedBy(String job) {
    return runs.stream()
        .filter(run -> run.state() == RunState.PUBLISHED && run.job().equals(job))
        .flatMap(run -> run.inputs().stream())
        .collect(Collectors.toSet());
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
