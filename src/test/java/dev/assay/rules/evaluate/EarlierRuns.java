package dev.assay.rules.evaluate;

import dev.assay.rules.plan.MetricHistory;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;

/**
 * What every number was in earlier runs, for the sake of the test: a number of rows, more or less.
 */
record EarlierRuns(double[] newestFirst) implements MetricHistory {
  static EarlierRuns of(GeneratedTable table) {
    Random random = new Random(table.name().hashCode());
    int usual = Math.max(4, table.rows().size());
    int runs = new int[] {0, 1, 3, 8, 12}[random.nextInt(5)];
    return new EarlierRuns(
        random.ints(runs, usual - 2, usual + 3).mapToDouble(rows -> rows).toArray());
  }

  @Override
  public double[] newest(String metric, int runs) {
    return Arrays.copyOf(newestFirst, Math.min(runs, newestFirst.length));
  }

  /** Of the last runs; 0 without any. */
  double average(int runs) {
    return DoubleStream.of(newest("", runs)).average().orElse(0);
  }

  double highest(int runs) {
    return DoubleStream.of(newest("", runs)).max().orElse(0);
  }

  double run(int index) {
    return index < newestFirst.length ? newestFirst[index] : 0;
  }

  int count() {
    return newestFirst.length;
  }

  /** Whether a number is less than half or more than twice the newest. */
  boolean changedBeyondFactors(double value) {
    return value / run(0) < 0.5 || value / run(0) > 2;
  }

  /** Whether a number differs from the newest by more than three times the largest change. */
  boolean changedBeyondChanges(double value) {
    double most = 0;
    for (int index = 1; index < count(); index++) {
      most = Math.max(most, Math.abs(run(index) - run(index - 1)));
    }
    return Math.abs(value - run(0)) > 3 * most;
  }

  /** Whether a number lies three standard deviations of a sample from the mean. */
  boolean farFromTheMean(double value) {
    double mean = average(count());
    double squares = DoubleStream.of(newestFirst).map(run -> (run - mean) * (run - mean)).sum();
    return Math.abs(value - mean) > 3 * Math.sqrt(squares / (count() - 1));
  }
}
