package dev.assay.messages.comprehend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.ProfileReader;
import dev.assay.model.job.ComprehendRate;
import dev.assay.model.job.ComprehendSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimePricesTest {
  @TempDir Path folder;

  private final TimePrices prices =
      TimePrices.of(
          Settings.at(URI.create("http://127.0.0.1:1"), ComprehendRate.ofUnits(1), 1, "s3://b/w"));

  @Test
  void trainingIsPaidByTheHour() {
    assertThat(prices.training())
        .isEqualTo(
            "Training costs 3 USD an hour (prices in USD of 2026-11-01 for us-east-1); how long it takes is known when it has ended. The classifier then costs 0.50 USD a month.");
    assertThat(prices.trainingFor(new BigDecimal("10"))).contains(Duration.ofMinutes(200));
    assertThat(prices.trained(Duration.ofMinutes(41))).contains("2.05 USD");
  }

  @Test
  void anEndpointIsPaidByTheSecondAndUnit() {
    assertThat(prices.hourOfEndpoint(2)).contains(new BigDecimal("3.6000"));
    assertThat(prices.endpointFor(10, Duration.ofDays(30)).map(prices::money))
        .contains("12960 USD");
    assertThat(prices.money(new BigDecimal("0.0049"))).isEqualTo("0 USD");
  }

  @Test
  void whatHasNoPriceIsNotSaidToBeFree() throws IOException {
    Path profile =
        Files.writeString(
            folder.resolve("profile.yaml"),
            """
            catalog: {name: lake, properties: {type: hadoop}}
            comprehend: {prices: {currency: USD, region: us-east-1, date: 2026-11-01}}
            """);
    ComprehendSettings unpriced =
        ProfileReader.load(profile.toString(), folder).comprehend().orElseThrow();
    TimePrices none = TimePrices.of(unpriced);

    assertThat(none.training()).contains("the profile does not say how much an hour costs");
    assertThat(none.trainingFor(BigDecimal.TEN)).isEmpty();
    assertThat(none.trained(Duration.ofHours(1))).isEmpty();
    assertThat(none.endpoint(1)).contains("costs an amount that the profile does not say");
    assertThat(none.endpointFor(1, Duration.ofHours(1))).isEmpty();
  }

  @Test
  void timesAreSaidShortly() {
    assertThat(Elapsed.words(Duration.ofSeconds(59))).isEqualTo("59 s");
    assertThat(Elapsed.words(Duration.ofSeconds(3599))).isEqualTo("59 min");
    assertThat(Elapsed.words(Duration.ofHours(30).plusMinutes(5))).isEqualTo("30 h 5 min");
  }
}
