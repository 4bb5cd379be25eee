package dev.assay.model.job;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.stream.Stream;

/**
 * What Comprehend charges, as a profile says.
 *
 * @param currency ISO 4217
 * @param region for which the prices are
 * @param date of the price list
 * @param unitCharacters characters in a unit, at least 1
 * @param minimumUnits charged for a text, at least 1
 * @param syncUnit price of a unit of a text that is asked for by itself
 * @param asyncUnit price of a unit of a text in a batch job
 * @param personalDataUnit price of a unit of a text that is searched for personal data
 * @param endpointSecond price of an inference unit of an endpoint for a second
 * @param trainingHour price of an hour of training
 * @param modelMonth price of keeping a trained classifier for a month
 */
public record ComprehendPrices(
    String currency,
    String region,
    LocalDate date,
    int unitCharacters,
    int minimumUnits,
    BigDecimal syncUnit,
    BigDecimal asyncUnit,
    BigDecimal personalDataUnit,
    BigDecimal endpointSecond,
    BigDecimal trainingHour,
    BigDecimal modelMonth) {
  /** Of a profile that names none. */
  public static final int USUAL_UNIT_CHARACTERS = 100;

  /** Of a profile that names none. */
  public static final int USUAL_MINIMUM_UNITS = 3;

  public ComprehendPrices {
    if (unitCharacters < 1 || minimumUnits < 1) {
      throw new IllegalArgumentException(
          "a unit of %d characters and at least %d units a text; expected at least 1 of both"
              .formatted(unitCharacters, minimumUnits));
    }
    if (Stream.of(syncUnit, asyncUnit, personalDataUnit, endpointSecond, trainingHour, modelMonth)
        .anyMatch(price -> price.signum() < 0)) {
      throw new IllegalArgumentException("a price is below 0; expected 0 or more");
    }
  }

  /** Units charged for a text of so many characters. */
  public long units(long characters) {
    return Math.max(minimumUnits, (characters + unitCharacters - 1) / unitCharacters);
  }

  /** The most units that texts with so many characters together can come to. */
  public long unitsAtMost(long documents, long characters) {
    return documents * minimumUnits + characters / unitCharacters;
  }

  /** Which prices these are, as a reader of a bill wants to know. */
  public String text() {
    return "prices in %s of %s for %s".formatted(currency, date, region);
  }
}
