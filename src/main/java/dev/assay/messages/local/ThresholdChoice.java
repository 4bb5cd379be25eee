package dev.assay.messages.local;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Chooses a category's threshold. */
final class ThresholdChoice {
  /** Below it, a text would be restricted that is more than twice as likely to be harmless. */
  static final double LOWEST = 0.3;

  /** Above it, a text would pass that more likely is not. */
  static final double HIGHEST = 0.5;

  private ThresholdChoice() {}

  /** The highest threshold that reaches the recall on held-out texts, within bounds. */
  static double of(double[] confidences, boolean[] labels, double targetRecall) {
    double[] positive =
        IntStream.range(0, labels.length)
            .filter(text -> labels[text])
            .mapToDouble(text -> confidences[text])
            .sorted()
            .toArray();
    if (positive.length == 0) {
      return HIGHEST;
    }
    // 1 - 0.8 is a little less than 0.2
    int missed = (int) Math.floor((1 - targetRecall) * positive.length + 1e-9);
    double reached = positive[Math.min(missed, positive.length - 1)];
    double rounded = Math.floor(reached * 1000) / 1000;
    return Arrays.stream(new double[] {LOWEST, Math.min(rounded, HIGHEST)}).max().orElse(LOWEST);
  }
}
