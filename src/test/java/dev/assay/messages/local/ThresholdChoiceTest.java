package dev.assay.messages.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThresholdChoiceTest {
  private static final double[] CONFIDENCES = {0.9, 0.45, 0.4, 0.35, 0.32, 0.1};

  @Test
  void isTheHighestThatReachesTheRecall() {
    boolean[] labels = {true, true, true, true, true, false};

    assertThat(ThresholdChoice.of(CONFIDENCES, labels, 0.8)).isEqualTo(0.35);
    assertThat(ThresholdChoice.of(CONFIDENCES, labels, 0.6)).isEqualTo(0.4);
    assertThat(ThresholdChoice.of(CONFIDENCES, labels, 1)).isEqualTo(0.32);
  }

  @Test
  void staysWithinItsBounds() {
    assertThat(
            ThresholdChoice.of(
                CONFIDENCES, new boolean[] {true, false, false, false, false, true}, 1))
        .isEqualTo(ThresholdChoice.LOWEST);
    assertThat(
            ThresholdChoice.of(
                CONFIDENCES, new boolean[] {true, false, false, false, false, false}, 1))
        .isEqualTo(ThresholdChoice.HIGHEST);
    assertThat(ThresholdChoice.of(CONFIDENCES, new boolean[6], 1))
        .isEqualTo(ThresholdChoice.HIGHEST);
  }
}
