package dev.assay.emr;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UsageTest {
  @Test
  void reckonsWhatServerlessHasBilled() {
    Usage usage = Usage.ofServerless(1.25, 5, 0.5, Optional.of(EmrProfiles.prices()));

    assertThat(usage.seconds())
        .isEqualTo(
            Map.of("vcpu-seconds", 4500L, "gb-seconds", 18000L, "storage-gb-seconds", 1800L));
    assertThat(usage.text())
        .isEqualTo(
            "1.25 vCPU-hours, 5 GB-hours, 0.5 storage GB-hours: 0.0876 USD (prices in USD of 2026-11-01 for eu-central-1)");
    assertThat(usage.cost().orElseThrow().amount()).isEqualByComparingTo("0.08755");
  }

  @Test
  void withoutPricesThereIsNoCost() {
    Usage usage = Usage.ofServerless(1, 4, 0, Optional.empty());

    assertThat(usage.cost()).isEmpty();
    assertThat(usage.text()).endsWith(": the profile names no price for it");
  }

  @Test
  void reckonsInstancesByTheirMarket() {
    Usage usage =
        Usage.ofInstances(
            List.of(
                new Usage.Instances("m7g.xlarge", false, Duration.ofMinutes(90)),
                new Usage.Instances("m7g.xlarge", true, Duration.ofMinutes(30))),
            Optional.of(EmrProfiles.prices()));

    // 1.5 h of 0.24 and 0.5 h of 0.12
    assertThat(usage.cost().orElseThrow().amount()).isEqualByComparingTo("0.42");
    assertThat(usage.seconds()).isEqualTo(Map.of("m7g.xlarge-seconds", 7200L));
    assertThat(usage.text())
        .startsWith("1.5 m7g.xlarge-hours, 0.5 m7g.xlarge-hours (Spot): 0.42 USD");
  }

  @Test
  void aTypeWithoutAPriceLeavesTheCostOpen() {
    Usage usage =
        Usage.ofInstances(
            List.of(new Usage.Instances("r7g.xlarge", false, Duration.ofHours(1))),
            Optional.of(EmrProfiles.prices()));

    assertThat(usage.cost()).isEmpty();
  }
}
