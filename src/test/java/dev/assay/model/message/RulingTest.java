package dev.assay.model.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RulingTest {
  private static final Thresholds THRESHOLDS =
      new Thresholds(Map.of("gambling", 0.5, "alcohol", 0.4), 0.1);

  @Test
  void farBelowEveryThresholdIsCompliant() {
    Ruling ruling = rule(Map.of("gambling", 0.1, "alcohol", 0.29));

    assertThat(ruling.decision()).isEqualTo(Decision.COMPLIANT);
    assertThat(ruling.reasons()).isEmpty();
  }

  @Test
  void aThresholdThatIsReachedRestrictsMostConfidentFirst() {
    Ruling ruling = rule(Map.of("gambling", 0.5, "alcohol", 0.9));

    assertThat(ruling.decision()).isEqualTo(Decision.RESTRICTED);
    assertThat(ruling.restrictedBy()).containsExactly("alcohol", "gambling");
  }

  @Test
  void withinTheMarginIsForReview() {
    assertThat(rule(Map.of("gambling", 0.4, "alcohol", 0.0)).reasons())
        .containsExactly(ReviewReason.NEAR_THRESHOLD);
  }

  @Test
  void aCategoryThatWasNotReportedIsUnknownAndNotZero() {
    Ruling ruling = rule(Map.of("gambling", 0.0));

    assertThat(ruling.decision()).isEqualTo(Decision.REVIEW);
    assertThat(ruling.reasons()).containsExactly(ReviewReason.NOT_REPORTED);
  }

  @Test
  void aCategoryWithoutAThresholdIsNeverCompliantByDefault() {
    Ruling ruling = rule(Map.of("gambling", 0.0, "alcohol", 0.0, "weapons", 0.9));
    Ruling faint = rule(Map.of("gambling", 0.0, "alcohol", 0.0, "weapons", 0.2));

    assertThat(ruling.decision()).isEqualTo(Decision.REVIEW);
    assertThat(ruling.reasons()).containsExactly(ReviewReason.NO_THRESHOLD);
    assertThat(faint.decision()).isEqualTo(Decision.COMPLIANT);
  }

  @Test
  void aDoubtIsNeverCompliant() {
    for (ReviewReason doubt : ReviewReason.values()) {
      Ruling ruling =
          Ruling.of(
              new Confidences(Map.of("gambling", 0.0, "alcohol", 0.0)), THRESHOLDS, Set.of(doubt));

      assertThat(ruling.decision()).isEqualTo(Decision.REVIEW);
      assertThat(ruling.reasons()).containsExactly(doubt);
    }
  }

  @Test
  void whatIsKnownToBeWrongNeedsNoReviewer() {
    Ruling ruling =
        Ruling.of(
            new Confidences(Map.of("gambling", 0.9)),
            THRESHOLDS,
            Set.of(ReviewReason.MIXED_LANGUAGES));

    assertThat(ruling.decision()).isEqualTo(Decision.RESTRICTED);
  }

  private static Ruling rule(Map<String, Double> confidences) {
    return Ruling.of(new Confidences(confidences), THRESHOLDS, Set.of());
  }
}
