package dev.assay.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run of which a test says what it cares for: by default published, of one snapshot of its own.
 */
public final class SomeRun {
  private static long snapshots = 1;

  private final String id;
  private final TableName table;
  private LocalDate dataDate = LocalDate.of(2026, 11, 18);
  private Instant startedAt = Instant.parse("2026-11-19T04:00:00Z");
  private Optional<Instant> stateAt = Optional.empty();
  private RunState state = RunState.PUBLISHED;
  private long snapshot = snapshots++;
  private Score score =
      new Score(Optional.of(new BigDecimal("100.000000")), new BigDecimal("100.000000"), 1, 0, 0);
  private long written = 1000;
  private String ruleset = "ruleset";

  private SomeRun(String id, TableName table) {
    this.id = id;
    this.table = table;
  }

  public static SomeRun of(String table, String id) {
    return new SomeRun(id, TableName.parse(table));
  }

  public SomeRun date(String date) {
    this.dataDate = LocalDate.parse(date);
    return this;
  }

  /** Began then, and reached its state ten minutes later. */
  public SomeRun started(Instant at) {
    this.startedAt = at;
    return this;
  }

  public SomeRun started(String at) {
    return started(Instant.parse(at));
  }

  /** Reached its state then. */
  public SomeRun at(String at) {
    this.stateAt = Optional.of(Instant.parse(at));
    return this;
  }

  public SomeRun state(RunState is) {
    this.state = is;
    return this;
  }

  public SomeRun snapshot(long is) {
    this.snapshot = is;
    return this;
  }

  public SomeRun score(Score is) {
    this.score = is;
    return this;
  }

  public SomeRun score(String value) {
    return score(
        new Score(
            Optional.of(new BigDecimal(value).setScale(Score.PLACES)),
            new BigDecimal("100.000000"),
            1,
            1,
            0));
  }

  public SomeRun written(long rows) {
    this.written = rows;
    return this;
  }

  public SomeRun ruleset(String text) {
    this.ruleset = text;
    return this;
  }

  public RunRecord run() {
    return new RunRecord(
        id,
        "demo",
        table.name(),
        table,
        dataDate,
        state,
        stateAt.orElse(startedAt.plusSeconds(600)),
        startedAt,
        Fingerprint.of(id),
        Fingerprint.of("content"),
        Fingerprint.of(ruleset),
        List.of(),
        Optional.empty(),
        snapshot,
        "assay_" + id,
        score,
        new RowCounts(written, Map.of(), Map.of(), 0, written),
        Optional.empty(),
        List.of(),
        "",
        "test",
        startedAt.plusSeconds(300),
        ScoreScope.TABLE,
        Map.of());
  }
}
