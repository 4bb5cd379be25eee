package dev.assay.messages.comprehend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.messages.Bill;
import dev.assay.model.job.ComprehendRate;
import dev.assay.model.job.ComprehendSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChargesTest {
  private static final ComprehendSettings SETTINGS =
      Settings.at(URI.create("http://127.0.0.1:1"), ComprehendRate.ofUnits(10), 4, "s3://b/w");

  private final Charges charges = new Charges(SETTINGS);

  @Test
  void aShortTextIsThreeUnits() {
    assertThat(Settings.PRICES.units(1)).isEqualTo(3);
    assertThat(Settings.PRICES.units(300)).isEqualTo(3);
    assertThat(Settings.PRICES.units(301)).isEqualTo(4);
  }

  @Test
  void anEstimateIsNeverTooLow() {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      long units = 0;
      long characters = 0;
      int documents = 1 + random.nextInt(50);
      for (int i = 0; i < documents; i++) {
        int size = 1 + random.nextInt(1_000);
        characters += size;
        units += Settings.PRICES.units(size);
      }
      assertThat(Settings.PRICES.unitsAtMost(documents, characters)).isGreaterThanOrEqualTo(units);
    }
  }

  @Test
  void anEndpointChargesUnitsAndTheTimeOfItsInferenceUnits() {
    // 1000 characters and 20 documents a second: 100 seconds, of 10 units
    Bill bill = charges.endpointEstimate(1_000, 100_000);

    assertThat(bill)
        .isEqualTo(new Bill(1_000, 100_000, 4_000, bill.cost(), "USD", Duration.ofSeconds(100)));
    assertThat(bill.cost()).isEqualByComparingTo("0.9");
  }

  @Test
  void aBatchChargesUnits() {
    Bill bill = charges.batch(1_000, 100_000, 3_000, Duration.ofMinutes(5));

    assertThat(bill.cost()).isEqualByComparingTo("1.5");
    assertThat(bill.currency()).isEqualTo("USD");
    assertThat(Settings.PRICES.text()).isEqualTo("prices in USD of 2026-11-01 for us-east-1");
  }

  @Test
  void theNameOfAModelIsTheSameForEndpointAndBatch() {
    assertThat(Models.of(Settings.CLASSIFIER + "/version/v1", "compliant").name())
        .isEqualTo("comprehend-given");
    assertThat(Models.of(Settings.CLASSIFIER + "/version/v1", "compliant"))
        .isNotEqualTo(Models.of(Settings.CLASSIFIER + "/version/v2", "compliant"))
        .isNotEqualTo(Models.of(Settings.CLASSIFIER + "/version/v1", "fine"));
  }
}
