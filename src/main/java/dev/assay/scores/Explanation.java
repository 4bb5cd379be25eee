package dev.assay.scores;

import dev.assay.model.RuleOutcome;
import dev.assay.model.RuleOutcome.Verdict;
import dev.assay.model.Score;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Why a score is what it is.
 *
 * @param lost points lost by each failed rule, most first; together 100 minus the score
 * @param lostByColumn the same by column; a rule on several columns loses an equal part on each, a
 *     rule on the table loses under {@code (table)}
 * @param lostByPartition of the points lost by rules that count rows, how many each partition cost,
 *     most first: a rule's points are shared out by the rows that break it
 * @param changes rules whose verdict is another than last time
 */
public record Explanation(
    List<Lost> lost,
    Map<String, BigDecimal> lostByColumn,
    List<PartitionLoss> lostByPartition,
    List<Change> changes) {
  /** Points that one rule cost. */
  public record Lost(RuleOutcome outcome, BigDecimal points) {}

  /** Points that a rule lost through the rows of one partition. */
  public record PartitionLoss(
      String partition, RuleOutcome outcome, long rows, BigDecimal points) {}

  /** A rule whose verdict changed; {@code before} is empty for a new rule. */
  public record Change(String rule, Optional<Verdict> before, Verdict now) {}

  /**
   * Explains a run's outcomes.
   *
   * @param before the outcomes of the run before; empty for the first
   */
  public static Explanation of(List<RuleOutcome> outcomes, List<RuleOutcome> before) {
    BigDecimal answered =
        outcomes.stream()
            .filter(outcome -> !outcome.shadow() && !outcome.unanswered())
            .map(Score::weightOf)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    List<Lost> lost =
        outcomes.stream()
            .filter(outcome -> !outcome.shadow() && outcome.failed())
            .map(
                outcome ->
                    new Lost(
                        outcome,
                        answered.signum() == 0
                            ? BigDecimal.ZERO
                            : Score.percentage(Score.weightOf(outcome), answered)))
            .sorted(Comparator.comparing(Lost::points).reversed())
            .toList();
    return new Explanation(lost, byColumn(lost), byPartition(lost), changes(outcomes, before));
  }

  private static Map<String, BigDecimal> byColumn(List<Lost> lost) {
    Map<String, BigDecimal> points = new TreeMap<>();
    for (Lost one : lost) {
      List<String> columns =
          one.outcome().columns().isEmpty() ? List.of("(table)") : one.outcome().columns();
      BigDecimal part =
          one.points()
              .divide(
                  BigDecimal.valueOf(columns.size()), Score.PLACES, java.math.RoundingMode.HALF_UP);
      columns.forEach(column -> points.merge(column, part, BigDecimal::add));
    }
    return points;
  }

  private static List<PartitionLoss> byPartition(List<Lost> lost) {
    return lost.stream()
        .flatMap(one -> partitions(one).stream())
        .sorted(
            Comparator.comparing(PartitionLoss::points)
                .reversed()
                .thenComparing(PartitionLoss::partition))
        .toList();
  }

  private static List<PartitionLoss> partitions(Lost lost) {
    Map<String, Long> failing = lost.outcome().cost().failingByPartition();
    BigDecimal all = BigDecimal.valueOf(failing.values().stream().mapToLong(rows -> rows).sum());
    return failing.entrySet().stream()
        .map(
            entry ->
                new PartitionLoss(
                    entry.getKey(),
                    lost.outcome(),
                    entry.getValue(),
                    lost.points()
                        .multiply(BigDecimal.valueOf(entry.getValue()))
                        .divide(all, Score.PLACES, java.math.RoundingMode.HALF_UP)))
        .toList();
  }

  private static List<Change> changes(List<RuleOutcome> outcomes, List<RuleOutcome> before) {
    if (before.isEmpty()) {
      return List.of();
    }
    Map<String, Verdict> earlier = new LinkedHashMap<>();
    before.forEach(outcome -> earlier.put(outcome.rule(), outcome.verdict()));
    return outcomes.stream()
        .filter(outcome -> earlier.get(outcome.rule()) != outcome.verdict())
        .map(
            outcome ->
                new Change(
                    outcome.rule(),
                    Optional.ofNullable(earlier.get(outcome.rule())),
                    outcome.verdict()))
        .toList();
  }
}
