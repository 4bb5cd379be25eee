package dev.assay.model;

import java.util.Comparator;
import java.util.Optional;

/**
 * How many quarantined rows have one reason.
 *
 * @param kind a {@link RowMark.ProblemKind}
 * @param column the column it is about, if one
 * @param detail the sentence or rule; never a value
 */
public record QuarantineCount(String kind, Optional<String> column, String detail, long rows)
    implements Comparable<QuarantineCount> {
  private static final Comparator<QuarantineCount> ORDER =
      Comparator.comparingLong(QuarantineCount::rows)
          .reversed()
          .thenComparing(QuarantineCount::kind)
          .thenComparing(count -> count.column().orElse(""))
          .thenComparing(QuarantineCount::detail);

  @Override
  public int compareTo(QuarantineCount other) {
    return ORDER.compare(this, other);
  }
}
