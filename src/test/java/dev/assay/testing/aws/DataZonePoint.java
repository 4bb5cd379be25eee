package dev.assay.testing.aws;

import java.math.BigDecimal;

/**
 * A data point that is really there.
 *
 * @param timestamp in seconds of the epoch, as it was sent
 * @param content as it was sent, to the digit
 * @param token of the request that brought it
 */
public record DataZonePoint(
    String id,
    String asset,
    String formName,
    String typeIdentifier,
    String typeRevision,
    BigDecimal timestamp,
    String content,
    String token) {
  /** What must be there once: the same form of the same asset for the same time. */
  public record Key(String asset, String formName, BigDecimal timestamp) {}

  /** By what a repeated point is told. */
  public Key key() {
    return new Key(asset, formName, timestamp.stripTrailingZeros());
  }
}
