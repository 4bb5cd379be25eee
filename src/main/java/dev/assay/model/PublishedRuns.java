package dev.assay.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the ledger's runs of one table say about its published rows. Runs that only scored rows
 * again share the snapshot of the run that wrote them.
 */
public final class PublishedRuns {
  private static final Comparator<RunRecord> BY_STATE = Comparator.comparing(RunRecord::stateAt);

  /** Of each snapshot the run that wrote it. */
  private final List<RunRecord> writers;

  private final Map<Long, List<RunRecord>> bySnapshot;

  private PublishedRuns(Map<Long, List<RunRecord>> bySnapshot) {
    this.bySnapshot = bySnapshot;
    this.writers =
        bySnapshot.values().stream()
            .map(runs -> runs.stream().min(BY_STATE).orElseThrow())
            .sorted(BY_STATE.reversed())
            .toList();
  }

  /**
   * @param runs of one table, in their newest states and any order; those not published are passed
   *     over
   */
  public static PublishedRuns of(Collection<RunRecord> runs) {
    return new PublishedRuns(
        runs.stream()
            .filter(run -> run.state() == RunState.PUBLISHED)
            .collect(Collectors.groupingBy(RunRecord::snapshot)));
  }

  /**
   * The run whose score is the table's: of the snapshot that was published last the scoring that
   * came last.
   */
  public Optional<RunRecord> current() {
    return writers.stream()
        .findFirst()
        .flatMap(
            last -> bySnapshot.getOrDefault(last.snapshot(), List.of()).stream().max(BY_STATE));
  }

  /** The runs that wrote rows, the one published last first. */
  public List<RunRecord> writers() {
    return writers;
  }

  /**
   * The run that wrote the newest rows: of the newest data date the one published last. Writing an
   * older date again makes no table newer, and neither does scoring.
   */
  public Optional<RunRecord> newestRows() {
    return writers.stream()
        .max(Comparator.comparing(RunRecord::dataDate).thenComparing(RunRecord::stateAt));
  }
}
