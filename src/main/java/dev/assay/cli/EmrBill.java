package dev.assay.cli;

import dev.assay.emr.Submission;
import dev.assay.emr.Submission.Target;
import dev.assay.emr.Usage;
import dev.assay.model.Spending;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run on EMR cost, spread over its jobs by the time that the driver took for each; evenly if
 * that is not known. Nothing is lost by rounding: the last job has what is left.
 */
final class EmrBill {
  private static final String PURPOSE = "compute";
  private static final int SCALE = 6;

  private EmrBill() {}

  /**
   * A row per job, with the id of the job run or cluster.
   *
   * @param usage with a cost
   * @param seconds by table
   */
  static List<Spending> of(
      Submission submission,
      String id,
      String service,
      Usage usage,
      Map<String, Double> seconds,
      Instant at) {
    Usage.Cost cost = usage.cost().orElseThrow();
    List<Target> targets = submission.targets();
    double all = targets.stream().mapToDouble(target -> time(target, seconds)).sum();
    List<Spending> rows = new ArrayList<>();
    BigDecimal left = cost.amount();
    Map<String, Long> leftOver = new LinkedHashMap<>(usage.seconds());
    for (int i = 0; i < targets.size(); i++) {
      Target target = targets.get(i);
      boolean last = i == targets.size() - 1;
      double share = all > 0 ? time(target, seconds) / all : 1.0 / targets.size();
      BigDecimal amount =
          last
              ? left
              : cost.amount()
                  .multiply(BigDecimal.valueOf(share))
                  .setScale(SCALE, RoundingMode.DOWN);
      left = left.subtract(amount);
      Map<String, Long> quantities = new LinkedHashMap<>();
      usage
          .seconds()
          .forEach(
              (unit, whole) -> {
                long part = last ? leftOver.getOrDefault(unit, 0L) : (long) (whole * share);
                quantities.put(unit, part);
                leftOver.merge(unit, -part, Long::sum);
              });
      rows.add(
          new Spending(
              id,
              at,
              submission.pipeline(),
              submission.domain(),
              target.job(),
              target.table(),
              PURPOSE,
              service,
              quantities,
              amount,
              cost.currency()));
    }
    return rows;
  }

  private static double time(Target target, Map<String, Double> seconds) {
    return seconds.getOrDefault(target.table().toString(), 0.0);
  }
}
