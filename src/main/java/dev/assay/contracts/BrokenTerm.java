package dev.assay.contracts;

import java.util.Locale;

/**
 * A term of a contract that is not met.
 *
 * @param required what the contract asks for
 * @param found what there is instead; never a value of a row
 */
public record BrokenTerm(Kind kind, String required, String found) {
  /** What a contract can ask for. */
  public enum Kind {
    /** There is a published run at all. */
    PUBLISHED,
    SCORE,
    COVERAGE,
    MUST_PASS,
    FRESHNESS;

    /** As people write it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
