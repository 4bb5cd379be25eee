package dev.assay.rules.evidence;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a file's metadata says of a column, once it is known to be believable.
 *
 * @param values values that are not NULL
 * @param bounds of these values, in the units of {@link dev.assay.rules.plan.RangeTest}; empty if
 *     there are none, they were cut short, or NaN is among the values
 */
public record ColumnMetadata(long values, Optional<Bounds> bounds) {
  /** Every value lies between them; whether one lies on them is not said. */
  public record Bounds(BigDecimal lowest, BigDecimal highest) {}
}
