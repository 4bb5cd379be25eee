package dev.assay.messages.comprehend;

import dev.assay.model.job.ComprehendPrices;
import dev.assay.model.job.ComprehendSettings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;

/** What Comprehend charges by time, as the profile's price list says: trainings and endpoints. */
public final class TimePrices {
  private static final BigDecimal SECONDS_OF_HOUR = BigDecimal.valueOf(3600);
  private static final BigDecimal HOURS_OF_DAY = BigDecimal.valueOf(24);

  private final Optional<ComprehendPrices> prices;

  private TimePrices(Optional<ComprehendPrices> prices) {
    this.prices = prices;
  }

  public static TimePrices of(ComprehendSettings settings) {
    return new TimePrices(settings.prices());
  }

  /** What a training costs, in words; how long it takes nobody can say beforehand. */
  public String training() {
    return priced(prices.map(ComprehendPrices::trainingHour))
        .map(
            hour ->
                "Training costs %s an hour (%s); how long it takes is known when it has ended.%s"
                    .formatted(amount(hour), prices.orElseThrow().text(), keeping()))
        .orElse(
            "Training is paid by the hour, and the profile does not say how much an hour costs ('comprehend: {prices: {training-hour: …}}').");
  }

  private String keeping() {
    return priced(prices.map(ComprehendPrices::modelMonth))
        .map(month -> " The classifier then costs %s a month.".formatted(amount(month)))
        .orElse("");
  }

  /** How long a training may take for so much money; empty if the profile has no price. */
  public Optional<Duration> trainingFor(BigDecimal money) {
    return priced(prices.map(ComprehendPrices::trainingHour))
        .map(
            hour ->
                Duration.ofSeconds(
                    money
                        .multiply(SECONDS_OF_HOUR)
                        .divide(hour, 0, RoundingMode.FLOOR)
                        .longValueExact()));
  }

  /** What so much training has cost, with its currency; empty if the profile has no price. */
  public Optional<String> trained(Duration time) {
    return priced(prices.map(ComprehendPrices::trainingHour))
        .map(hour -> money(hour.multiply(hours(time))));
  }

  /** What an endpoint costs, in words. */
  public String endpoint(int units) {
    String cost =
        hourOfEndpoint(units)
            .map(
                hour ->
                    "%s an hour, %s a day (%s)"
                        .formatted(
                            amount(hour),
                            amount(hour.multiply(HOURS_OF_DAY)),
                            prices.orElseThrow().text()))
            .orElse(
                "an amount that the profile does not say ('comprehend: {prices: {endpoint-second: …}}')");
    return "An endpoint of %d inference units costs %s from its creation to its deletion, asked or not. Delete it when it is no longer needed."
        .formatted(units, cost);
  }

  /** Price of an hour of an endpoint; empty if the profile has none. */
  public Optional<BigDecimal> hourOfEndpoint(int units) {
    return priced(prices.map(ComprehendPrices::endpointSecond))
        .map(second -> second.multiply(SECONDS_OF_HOUR).multiply(BigDecimal.valueOf(units)));
  }

  /** What an endpoint has cost in a time; empty if the profile has no price. */
  public Optional<BigDecimal> endpointFor(int units, Duration time) {
    return hourOfEndpoint(units).map(hour -> hour.multiply(hours(time)));
  }

  /** An amount with its currency and at most two places. */
  public String money(BigDecimal amount) {
    return amount(amount.setScale(2, RoundingMode.HALF_UP));
  }

  /** As it is, for example {@code 3 USD}. */
  private String amount(BigDecimal amount) {
    BigDecimal shown = amount.stripTrailingZeros();
    return "%s %s"
        .formatted(
            (shown.scale() > 0 && shown.scale() < 2 ? shown.setScale(2) : shown).toPlainString(),
            prices.map(ComprehendPrices::currency).orElse(""));
  }

  private static BigDecimal hours(Duration time) {
    return BigDecimal.valueOf(time.toSeconds()).divide(SECONDS_OF_HOUR, 6, RoundingMode.HALF_UP);
  }

  private static Optional<BigDecimal> priced(Optional<BigDecimal> price) {
    return price.filter(some -> some.signum() > 0);
  }
}
