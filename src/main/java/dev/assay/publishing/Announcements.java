package dev.assay.publishing;

import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What follows from the ledger: who reads it twice announces the same twice. */
public final class Announcements {
  private final History history;
  private final int mostEvaluations;

  /**
   * @param mostEvaluations how many rules a score tells one by one
   */
  public Announcements(History history, int mostEvaluations) {
    this.history = history;
    this.mostEvaluations = mostEvaluations;
  }

  /** All of them, those of a table in the order in which they are delivered. */
  Map<TableName, List<Announcement>> byTable() {
    Map<TableName, List<Announcement>> all = new TreeMap<>();
    for (RunRecord run : history.runs()) {
      kind(run)
          .ifPresent(
              kind ->
                  all.computeIfAbsent(run.table(), table -> new ArrayList<>())
                      .add(Announcement.of(kind, run)));
    }
    all.values().forEach(list -> list.sort(Announcement.ORDER));
    return all;
  }

  /** A run without a score announces none; one that is staged or discarded announces nothing. */
  private static Optional<Announcement.Kind> kind(RunRecord run) {
    if (run.state() == RunState.HELD) {
      return Optional.of(Announcement.Kind.HELD);
    }
    return run.state() == RunState.PUBLISHED && run.score().value().isPresent()
        ? Optional.of(Announcement.Kind.SCORE)
        : Optional.empty();
  }

  /** JSON, as the announcement's kind says. */
  String body(Announcement announcement) {
    RunRecord run = announcement.run();
    return switch (announcement.kind()) {
      case SCORE -> QualityResult.json(run, history.outcomes(run.runId()), mostEvaluations);
      case HELD -> HeldNotice.of(run);
    };
  }
}
