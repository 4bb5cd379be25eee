package dev.assay.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UsualTest {
  @Test
  void aFewOddRunsMoveNeitherTheMiddleNorTheTolerance() {
    Usual usual = Usual.of(new double[] {100, 102, 98, 101, 99, 100_000}, 0, 0);

    assertThat(usual.median()).isEqualTo(100.5);
    // deviations 0.5, 1.5, 2.5, 0.5, 1.5 and one far away: their median is 1.5
    assertThat(usual.tolerance()).isEqualTo(3.5 * 1.4826 * 1.5);
    assertThat(usual.isUnusual(108)).isFalse();
    assertThat(usual.isUnusual(109)).isTrue();
    assertThat(usual.isUnusual(92)).isTrue();
  }

  @Test
  void equalNumbersLeaveRoomForASmallChange() {
    Usual usual = Usual.of(new double[] {200, 200, 200, 200, 200}, 0.1, 1);

    assertThat(usual.isUnusual(220)).isFalse();
    assertThat(usual.isUnusual(221)).isTrue();
    assertThat(Usual.of(new double[] {2, 2, 2, 2, 2}, 0.1, 1).isUnusual(3)).isFalse();
  }

  @Test
  void tooFewRunsCallNothingUnusual() {
    assertThat(Usual.of(new double[] {5, 5, 5, 5}, 0, 0).isUnusual(5_000)).isFalse();
  }
}
