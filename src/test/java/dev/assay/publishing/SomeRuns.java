package dev.assay.publishing;

import dev.assay.model.Fingerprint;
import dev.assay.model.RowCounts;
import dev.assay.model.RuleCost;
import dev.assay.model.RuleOutcome;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.Score;
import dev.assay.model.ScoreScope;
import dev.assay.model.TableName;
import dev.assay.model.UnansweredReason;
import dev.assay.model.lineage.ColumnLineage;
import dev.assay.model.lineage.ColumnSource;
import dev.assay.model.lineage.InputDataset;
import dev.assay.model.lineage.Relation;
import dev.assay.model.lineage.RunLineage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs, and a ledger and deliveries in memory, for tests. */
public final class SomeRuns {
  public static final TableName TRIPS = new TableName("prepared", "trips");
  public static final Instant START = Instant.parse("2026-11-18T06:00:00Z");

  private SomeRuns() {}

  /** The score of a run of prepared.trips. */
  public static Announcement announced() {
    return announced(Announcement.Kind.SCORE, run(TRIPS, "r", RunState.PUBLISHED, 0));
  }

  public static Announcement announced(Announcement.Kind kind, RunRecord run) {
    return Announcement.of(kind, run);
  }

  public static Announcements announcements(History history) {
    return new Announcements(
        history,
        10,
        new Notices(history, BigDecimal.valueOf(5)),
        (announcement, lineage, outcomes) -> "{}");
  }

  /** The notice of a run. */
  public static String notice(History history, RunRecord run) {
    return new Notices(history, BigDecimal.valueOf(5)).json(run);
  }

  /** Trips read from a table of raw trips; the driver behind a mask. */
  public static RunLineage lineage() {
    return new RunLineage(
        List.of(
            InputDataset.ofTable("raw", new TableName("raw", "trips"), 41),
            InputDataset.ofFiles("export", "s3://landing/exports/cars")),
        Map.of("driver", "string"),
        new ColumnLineage(
            Map.of("driver", Set.of(ColumnSource.of("raw", "driver_name").behindMask())),
            Set.of(ColumnSource.of("export", "vin").as(Relation.JOIN))));
  }

  public static RuleOutcome outcome(String rule, RuleOutcome.Verdict verdict) {
    return new RuleOutcome(
        0,
        rule,
        "Completeness",
        List.of("driver"),
        Map.of(),
        verdict,
        verdict == RuleOutcome.Verdict.UNANSWERED
            ? Optional.of(UnansweredReason.UNSUPPORTED)
            : Optional.empty(),
        "0.9",
        Optional.of(0.9),
        "",
        Optional.empty(),
        RuleCost.NONE);
  }

  public static RunRecord run(TableName table, String id, RunState state, int minute) {
    return run(table, id, state, minute, "98.765432");
  }

  public static RunRecord run(
      TableName table, String id, RunState state, int minute, String score) {
    Instant at = START.plus(Duration.ofMinutes(minute));
    return new RunRecord(
        id,
        "demo",
        table.name(),
        table,
        LocalDate.of(2026, 11, 17),
        state,
        at,
        at,
        Fingerprint.of("identity"),
        Fingerprint.of("content"),
        Fingerprint.of("ruleset"),
        List.of(),
        Optional.empty(),
        1,
        "branch",
        new Score(Optional.of(new BigDecimal(score)), new BigDecimal("75.000000"), 2, 1, 1),
        new RowCounts(1, Map.of(), Map.of(), 0, 1),
        Optional.empty(),
        List.of("The score is below 99."),
        "",
        "test",
        at,
        ScoreScope.TABLE,
        Map.of());
  }

  /** How the delivery of something about trips ended. */
  static Delivery delivery(
      String destination,
      String key,
      Announcement.Kind kind,
      String run,
      Instant at,
      Delivery.State state,
      String why) {
    return new Delivery(
        destination, key, kind, TRIPS, run, at, 1, state, why, "", at, Optional.empty());
  }

  /** A ledger in memory. */
  public static final class Known implements History {
    public final Map<String, RunLineage> lineage = new HashMap<>();
    public final Map<String, Long> restricted = new HashMap<>();
    public final Map<String, List<String>> brokenContracts = new HashMap<>();
    public final List<Delivery> deliveries = new ArrayList<>();
    public final Map<String, List<RuleOutcome>> outcomes = new HashMap<>();
    private final List<RunRecord> runs;

    public Known(List<RunRecord> runs) {
      this.runs = runs;
    }

    @Override
    public List<RunRecord> runs() {
      return runs;
    }

    @Override
    public Set<String> runsWithLineage() {
      return lineage.keySet().stream().collect(Collectors.toSet());
    }

    @Override
    public Optional<RunLineage> lineage(String runId) {
      return Optional.ofNullable(lineage.get(runId));
    }

    @Override
    public long restricted(RunRecord run) {
      return restricted.getOrDefault(run.runId(), 0L);
    }

    @Override
    public List<String> brokenContracts(RunRecord run) {
      return brokenContracts.getOrDefault(run.runId(), List.of());
    }

    @Override
    public List<Delivery> deliveries() {
      return deliveries;
    }

    @Override
    public List<RuleOutcome> outcomes(String runId) {
      return outcomes.getOrDefault(runId, List.of());
    }
  }

  /** Shares its lines with others, as processes share a table. */
  public static final class Memory implements Deliveries {
    private final List<Delivery> lines;
    private int known;

    public Memory(List<Delivery> lines) {
      this.lines = lines;
      this.known = lines.size();
    }

    @Override
    public List<Delivery> read() {
      known = lines.size();
      return List.copyOf(lines);
    }

    @Override
    public boolean add(List<Delivery> more) {
      if (known != lines.size()) {
        return false;
      }
      lines.addAll(more);
      known = lines.size();
      return true;
    }
  }
}
