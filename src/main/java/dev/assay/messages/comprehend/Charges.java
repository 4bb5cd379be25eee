package dev.assay.messages.comprehend;

import dev.assay.messages.Bill;
import dev.assay.model.job.ComprehendPrices;
import dev.assay.model.job.ComprehendRate;
import dev.assay.model.job.ComprehendSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;

/** Reckons bills from the price list of the profile; without one units are counted, and free. */
final class Charges {
  private static final ComprehendPrices NONE =
      new ComprehendPrices(
          "",
          "",
          LocalDate.EPOCH,
          ComprehendPrices.USUAL_UNIT_CHARACTERS,
          ComprehendPrices.USUAL_MINIMUM_UNITS,
          BigDecimal.ZERO,
          BigDecimal.ZERO,
          BigDecimal.ZERO,
          BigDecimal.ZERO,
          BigDecimal.ZERO,
          BigDecimal.ZERO);
  private static final double NANOS = 1e9;

  private final ComprehendPrices prices;
  private final ComprehendRate rate;

  Charges(ComprehendSettings settings) {
    this.prices = settings.prices().orElse(NONE);
    this.rate = settings.rate();
  }

  ComprehendPrices prices() {
    return prices;
  }

  /** At most, for texts asked one by one; the time is what the quota leaves. */
  Bill endpointEstimate(long documents, long characters) {
    return endpointAtPace(documents, characters, prices.unitsAtMost(documents, characters));
  }

  /** For texts asked one by one, in the time that the quota leaves. */
  Bill endpointAtPace(long documents, long characters, long units) {
    double seconds =
        Math.max(characters / rate.charactersPerSecond(), documents / rate.documentsPerSecond());
    return endpoint(
        documents, characters, units, Duration.ofMillis((long) Math.ceil(seconds * 1000)));
  }

  /** For texts asked one by one in so much time. */
  Bill endpoint(long documents, long characters, long units, Duration time) {
    BigDecimal unitSeconds = BigDecimal.valueOf(Math.ceil(rate.units()) * time.toNanos() / NANOS);
    return new Bill(
        documents,
        characters,
        units,
        plain(
            prices
                .syncUnit()
                .multiply(BigDecimal.valueOf(units))
                .add(prices.endpointSecond().multiply(unitSeconds))),
        prices.currency(),
        time);
  }

  /** At most, for texts in batch jobs; how long those take nobody can say beforehand. */
  Bill batchEstimate(long documents, long characters) {
    return batch(documents, characters, prices.unitsAtMost(documents, characters), Duration.ZERO);
  }

  /** For texts in batch jobs. */
  Bill batch(long documents, long characters, long units, Duration time) {
    return new Bill(
        documents,
        characters,
        units,
        plain(prices.asyncUnit().multiply(BigDecimal.valueOf(units))),
        prices.currency(),
        time);
  }

  private static BigDecimal plain(BigDecimal cost) {
    return cost.signum() == 0 ? BigDecimal.ZERO : cost;
  }
}
