package dev.assay.publishing;

import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What follows from the ledger: who reads it twice announces the same twice. */
public final class Announcements {
  private static final Comparator<RunRecord> BY_TIME =
      Comparator.comparing(RunRecord::stateAt).thenComparing(RunRecord::runId);

  private final History history;
  private final int mostEvaluations;
  private final Notices notices;
  private final LineageEvents lineage;

  /**
   * @param mostEvaluations how many rules a score tells one by one
   * @param notices what people are told
   * @param lineage how runs are told as OpenLineage events
   */
  public Announcements(
      History history, int mostEvaluations, Notices notices, LineageEvents lineage) {
    this.history = history;
    this.mostEvaluations = mostEvaluations;
    this.notices = notices;
    this.lineage = lineage;
  }

  /** All of them, those of a table in the order in which they are delivered. */
  Map<TableName, List<Announcement>> byTable() {
    Map<TableName, List<RunRecord>> tables = new TreeMap<>();
    history
        .runs()
        .forEach(run -> tables.computeIfAbsent(run.table(), t -> new ArrayList<>()).add(run));
    Set<String> traced = history.runsWithLineage();
    Map<TableName, List<Delivery>> parked = ParkedDeliveries.toBeTold(history.deliveries());
    Map<TableName, List<Announcement>> all = new TreeMap<>();
    tables.forEach(
        (table, runs) -> {
          runs.sort(BY_TIME);
          all.put(table, ofTable(runs, traced, parked.getOrDefault(table, List.of())));
        });
    return all;
  }

  /** Those about one run. */
  public List<Announcement> of(RunRecord run) {
    List<RunRecord> runs =
        history.runs().stream()
            .filter(other -> other.table().equals(run.table()))
            .sorted(BY_TIME)
            .toList();
    List<Delivery> parked =
        ParkedDeliveries.toBeTold(history.deliveries()).getOrDefault(run.table(), List.of());
    return ofTable(runs, history.runsWithLineage(), parked).stream()
        .filter(one -> one.run().runId().equals(run.runId()))
        .toList();
  }

  private List<Announcement> ofTable(
      List<RunRecord> runs, Set<String> traced, List<Delivery> parked) {
    List<Announcement> all = new ArrayList<>();
    for (RunRecord run : runs) {
      if (run.state() != RunState.HELD && run.state() != RunState.PUBLISHED) {
        // staged or discarded: nothing is known of it outside
        continue;
      }
      boolean held = run.state() == RunState.HELD;
      if (traced.contains(run.runId())) {
        all.add(Announcement.of(Announcement.Kind.STARTED, run));
        all.add(
            Announcement.of(held ? Announcement.Kind.FAILED : Announcement.Kind.COMPLETED, run));
      }
      if (!held && run.score().value().isPresent()) {
        all.add(Announcement.of(Announcement.Kind.SCORE, run));
      }
    }
    all.addAll(notices.of(runs));
    for (Delivery refused : parked) {
      runs.stream()
          .filter(run -> run.runId().equals(refused.runId()))
          .forEach(run -> all.add(Announcement.parked(run, refused)));
    }
    all.sort(Announcement.ORDER);
    return all;
  }

  /** JSON, as the announcement's kind says. */
  String body(Announcement announcement) {
    RunRecord run = announcement.run();
    return switch (announcement.kind()) {
      case STARTED, COMPLETED, FAILED ->
          lineage.json(
              announcement,
              history.lineage(run.runId()).orElseThrow(),
              announcement.kind() == Announcement.Kind.FAILED
                  ? history.outcomes(run.runId())
                  : List.of());
      case SCORE -> QualityResult.json(run, history.outcomes(run.runId()), mostEvaluations);
      case HELD, NOTICE -> notices.json(run);
      case PARKED -> notices.json(run, announcement.refused().orElseThrow());
    };
  }
}
