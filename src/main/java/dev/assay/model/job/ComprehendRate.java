package dev.assay.model.job;

/**
 * What an endpoint of Comprehend may be asked.
 *
 * @param charactersPerSecond as Unicode code points, over 0
 * @param documentsPerSecond over 0
 */
public record ComprehendRate(double charactersPerSecond, double documentsPerSecond) {
  /** What one inference unit takes in a second. */
  public static final double CHARACTERS_OF_UNIT = 100;

  /** What one inference unit takes in a second. */
  public static final double DOCUMENTS_OF_UNIT = 2;

  public ComprehendRate {
    // asked this way round so that NaN is refused too
    if (!(charactersPerSecond > 0 && documentsPerSecond > 0)) {
      throw new IllegalArgumentException(
          "%s characters and %s documents a second; expected more than 0 of both"
              .formatted(charactersPerSecond, documentsPerSecond));
    }
  }

  /** Of so many inference units. */
  public static ComprehendRate ofUnits(double units) {
    return new ComprehendRate(CHARACTERS_OF_UNIT * units, DOCUMENTS_OF_UNIT * units);
  }

  /** One of so many equal shares. */
  public ComprehendRate share(int shares) {
    return new ComprehendRate(charactersPerSecond / shares, documentsPerSecond / shares);
  }

  /** How many inference units take as much. */
  public double units() {
    return Math.max(
        charactersPerSecond / CHARACTERS_OF_UNIT, documentsPerSecond / DOCUMENTS_OF_UNIT);
  }
}
