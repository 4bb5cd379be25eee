package dev.assay.health;

import dev.assay.model.PublishedRuns;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether the last run of a table wrote as many rows, and got the score, that its runs usually do.
 */
final class Anomalies {
  /** Older runs say nothing about today. */
  private static final int MOST_RUNS = 30;

  /** Rows may always differ by a tenth. */
  private static final double SHARE_OF_ROWS = 0.1;

  /** A score may always differ by a point. */
  private static final double POINTS = 1;

  private Anomalies() {}

  /**
   * What is unusual, a sentence each.
   *
   * @param runs of one table in their newest states, newest first
   */
  static List<String> of(List<RunRecord> runs) {
    List<String> unusual = new ArrayList<>();
    rows(runs).ifPresent(unusual::add);
    score(runs).ifPresent(unusual::add);
    return unusual;
  }

  /** Of runs that wrote: one that only scored again repeats the counts of the one that did. */
  private static Optional<String> rows(List<RunRecord> runs) {
    List<RunRecord> wrote = PublishedRuns.of(runs).writers();
    Optional<RunRecord> newest =
        runs.stream()
            .filter(run -> run.state() == RunState.HELD || wrote.contains(run))
            .max(Comparator.comparing(RunRecord::startedAt));
    double[] earlier =
        newest.stream()
            .flatMap(last -> before(wrote, last))
            .mapToDouble(run -> run.counts().written())
            .toArray();
    if (earlier.length == 0) {
      return Optional.empty();
    }
    Usual usual = Usual.of(earlier, SHARE_OF_ROWS, 1);
    long written = newest.orElseThrow().counts().written();
    return usual.isUnusual(written)
        ? Optional.of(
            "The last run wrote %s; the %d before it lead to expect %s to %s (median %s)."
                .formatted(
                    written == 1 ? "1 row" : count(written) + " rows",
                    usual.runs(),
                    count(Math.max(0, Math.ceil(usual.low()))),
                    count(Math.floor(usual.high())),
                    count(usual.median())))
        : Optional.empty();
  }

  /** Scores of different rulesets, or of batches and whole tables, are no series. */
  private static Optional<String> score(List<RunRecord> runs) {
    Optional<RunRecord> newest = runs.stream().filter(Anomalies::decided).findFirst();
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    RunRecord last = newest.get();
    List<RunRecord> alike =
        runs.stream()
            .filter(run -> run.state() == RunState.PUBLISHED)
            .filter(run -> run.ruleset().equals(last.ruleset()) && run.scope() == last.scope())
            .filter(run -> run.score().value().isPresent())
            .toList();
    double[] earlier =
        before(alike, last)
            .map(run -> run.score().value().orElseThrow())
            .mapToDouble(BigDecimal::doubleValue)
            .toArray();
    if (earlier.length < Usual.FEWEST) {
      return Optional.empty();
    }
    Usual usual = Usual.of(earlier, 0, POINTS);
    Optional<BigDecimal> value = last.score().value();
    return value.isEmpty() || usual.isUnusual(value.get().doubleValue())
        ? Optional.of(
            "The last run has %s; the %d before it lead to expect %s to %s (median %s)."
                .formatted(
                    value.map(score -> "score " + points(score)).orElse("no score"),
                    usual.runs(),
                    points(BigDecimal.valueOf(Math.max(0, usual.low()))),
                    points(BigDecimal.valueOf(Math.min(100, usual.high()))),
                    points(BigDecimal.valueOf(usual.median()))))
        : Optional.empty();
  }

  private static Stream<RunRecord> before(List<RunRecord> runs, RunRecord last) {
    return runs.stream()
        .filter(run -> run.startedAt().isBefore(last.startedAt()))
        .filter(run -> run.pipeline().equals(last.pipeline()) && run.job().equals(last.job()))
        .sorted(Comparator.comparing(RunRecord::startedAt).reversed())
        .limit(MOST_RUNS);
  }

  private static boolean decided(RunRecord run) {
    return run.state() == RunState.PUBLISHED || run.state() == RunState.HELD;
  }

  private static String count(double rows) {
    return String.format(Locale.ROOT, "%,.0f", rows);
  }

  private static String points(BigDecimal score) {
    return score.setScale(2, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
  }
}
