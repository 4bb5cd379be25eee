package dev.assay.messages.local;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Chooses a category's threshold. */
final class ThresholdChoice {
  /** Outside of these a threshold says more about the training texts than about the category. */
  private static final double LOWEST = 0.1;

  private static final double HIGHEST = 0.5;

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
    int missed = (int) Math.floor((1 - targetRecall) * positive.length);
    double reached = positive[Math.min(missed, positive.length - 1)];
    double rounded = Math.floor(reached * 1000) / 1000;
    return Arrays.stream(new double[] {LOWEST, Math.min(rounded, HIGHEST)}).max().orElse(LOWEST);
  }
}
