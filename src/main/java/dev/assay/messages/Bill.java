package dev.assay.messages;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * What classifying costs, before or after, with the search for personal data.
 *
 * @param documents texts that a classifier is asked about
 * @param characters in them
 * @param searched texts that a paid service looks through for personal data
 * @param units that the service charges for
 * @param cost in {@code currency}
 * @param duration about how long it takes
 */
public record Bill(
    long documents,
    long characters,
    long searched,
    long units,
    BigDecimal cost,
    String currency,
    Duration duration) {
  /** Without a search for personal data. */
  public Bill(
      long documents,
      long characters,
      long units,
      BigDecimal cost,
      String currency,
      Duration duration) {
    this(documents, characters, 0, units, cost, currency, duration);
  }

  /** Nobody is paid. */
  public static Bill free(long documents, long characters) {
    return new Bill(documents, characters, 0, BigDecimal.ZERO, "", Duration.ZERO);
  }

  /** What was added to an earlier bill of the same classifier. */
  public Bill since(Bill earlier) {
    return new Bill(
        documents - earlier.documents,
        characters - earlier.characters,
        searched - earlier.searched,
        units - earlier.units,
        cost.subtract(earlier.cost),
        currency,
        duration.minus(earlier.duration));
  }

  /** For people: how much there is to classify, and what it costs. */
  public String inWords() {
    String what = "%,d texts to classify with %,d characters".formatted(documents, characters);
    if (!charged()) {
      return what + ", at no cost";
    }
    if (searched > 0) {
      what += " and %,d to search for personal data".formatted(searched);
    }
    String price =
        unpriced()
            ? "at a cost that the profile has no prices for"
            : "about %s %s".formatted(cost.toPlainString(), currency);
    String time =
        duration.isZero()
            ? "in a time that only the service knows"
            : "about %d s".formatted(duration.toSeconds());
    return "%s, %,d units, %s, %s".formatted(what, units, price, time);
  }

  /** Whether somebody is paid, known or not how much. */
  public boolean charged() {
    return units > 0;
  }

  /** Both together; of two bills in one currency, or of which one is free. */
  public Bill plus(Bill more) {
    return new Bill(
        documents + more.documents,
        characters + more.characters,
        searched + more.searched,
        units + more.units,
        cost.add(more.cost),
        currency.isEmpty() ? more.currency : currency,
        duration.plus(more.duration));
  }

  /** Whether units are charged for whose price nobody has said. */
  public boolean unpriced() {
    return units > 0 && currency.isEmpty();
  }

  /** Whether somebody is paid. */
  public boolean paid() {
    return cost.signum() > 0;
  }
}
