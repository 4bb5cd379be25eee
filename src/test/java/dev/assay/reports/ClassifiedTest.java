package dev.assay.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.Metric;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassifiedTest {
  private final List<Metric> metrics =
      new ArrayList<>(
          List.of(
              metric("Verdicts", "compliant", 1_200),
              metric("Verdicts", "review", 4),
              metric("TextsClassified", "", 1_000),
              metric("TextsKnown", "", 7)));

  @Test
  void aRunWithoutVerdictsSaysNothing() {
    assertThat(Classified.of(List.of(metric("TextsKnown", "", 7)))).isEmpty();
  }

  @Test
  void aFreeRunSaysNoCost() {
    assertThat(lines())
        .containsExactly(
            "1,204 messages: 1,200 compliant, 0 restricted, 4 for review",
            "1,000 texts classified, 7 known from before");
  }

  @Test
  void aCascadeSaysWhatItSaved() {
    metrics.add(metric("ClassificationCost", "USD", 0.0123));
    metrics.add(metric("CascadeSettled", "", 900));
    metrics.add(metric("CascadeAsked", "", 100));
    metrics.add(metric("CascadeWholeCost", "USD", 12.3));

    assertThat(lines())
        .endsWith(
            "1,000 texts classified, 7 known from before, for 0.0123 USD",
            "The local model settled 900 of 1,000 texts, and 100 went to Comprehend: all of them would have cost about 12.30 USD, and these cost 0.0123 USD");
  }

  @Test
  void aCascadeThatAskedNobodyCostsNothing() {
    metrics.add(metric("ClassificationCost", "", 0));
    metrics.add(metric("CascadeSettled", "", 1_000));
    metrics.add(metric("CascadeAsked", "", 0));
    metrics.add(metric("CascadeWholeCost", "USD", 12.3));

    assertThat(lines())
        .endsWith(
            "The local model settled 1,000 of 1,000 texts, and 0 went to Comprehend: all of them would have cost about 12.30 USD, and these cost nothing");
  }

  @Test
  void withoutPricesACascadeCountsTexts() {
    metrics.add(metric("ClassificationCost", "", 0));
    metrics.add(metric("CascadeSettled", "", 900));
    metrics.add(metric("CascadeAsked", "", 100));
    metrics.add(metric("CascadeWholeCost", "", 0));

    assertThat(lines())
        .endsWith(
            "1,000 texts classified, 7 known from before",
            "The local model settled 900 of 1,000 texts, and 100 went to Comprehend");
  }

  @Test
  void smallAmountsKeepDigitsThatSaySomething() {
    assertThat(Numbers.money(0, "USD")).isEqualTo("0.00 USD");
    assertThat(Numbers.money(0.000_123_456, "USD")).isEqualTo("0.0001235 USD");
    assertThat(Numbers.money(0.5, "USD")).isEqualTo("0.50 USD");
    assertThat(Numbers.money(1234.567, "USD")).isEqualTo("1234.57 USD");
  }

  private List<String> lines() {
    return Classified.of(metrics).orElseThrow().lines();
  }

  private static Metric metric(String name, String detail, double value) {
    return new Metric(name, List.of("text"), detail, value);
  }
}
