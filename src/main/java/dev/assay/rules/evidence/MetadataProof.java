package dev.assay.rules.evidence;

import java.math.BigDecimal;
import java.util.Optional;

/** What metadata alone proves about a slice: the exact value of a fact, or nothing. */
final class MetadataProof {
  /** How many of the rows that are left a fact counts. */
  enum Share {
    ALL,
    NONE;

    private static Optional<Share> of(long counted, long rows) {
      if (counted == 0) {
        return Optional.of(NONE);
      }
      return counted == rows ? Optional.of(ALL) : Optional.empty();
    }
  }

  private MetadataProof() {}

  static Optional<long[]> of(Fact fact, Slice slice) {
    if (slice.rows() == 0) {
      return Optional.of(new long[fact.width()]);
    }
    if (!slice.exact()) {
      return Optional.empty();
    }
    if (fact instanceof Fact.Rows) {
      return Optional.of(new long[] {slice.rows()});
    }
    if (fact instanceof Fact.Values values) {
      return slice.metadata().of(values.column()).map(column -> new long[] {column.values()});
    }
    if (fact instanceof Fact.AnyValue any) {
      boolean everywhere =
          any.columns().stream()
              .anyMatch(
                  name ->
                      slice.metadata().of(name).map(ColumnMetadata::values).orElse(-1L)
                          == slice.rows());
      return everywhere ? Optional.of(new long[] {slice.rows()}) : Optional.empty();
    }
    if (fact instanceof Fact.Matches matches && matches.range().isPresent()) {
      return slice
          .metadata()
          .of(matches.range().get().column())
          .flatMap(column -> matching(matches, column));
    }
    if (fact instanceof Fact.Bounds bounds
        && bounds.sql().isEmpty()
        && bounds.of() != Fact.Bounds.Of.LENGTH) {
      return slice.metadata().of(bounds.column()).flatMap(column -> bounds(bounds, column));
    }
    return fact instanceof WideBounds bounds && bounds.sql().isEmpty()
        ? slice.metadata().of(bounds.column()).flatMap(MetadataProof::wideBounds)
        : Optional.empty();
  }

  /**
   * The same for a slice of which deletes took rows: nobody counted those that are left, but
   * whatever metadata says of every row of the file is true of them still.
   */
  static Optional<Share> ofRowsLeft(Fact fact, Slice slice) {
    if (slice.exact() || slice.rows() <= 0) {
      return Optional.empty();
    }
    Slice undeleted = slice.undeleted();
    return fact instanceof Fact.Values
            || fact instanceof Fact.AnyValue
            || fact instanceof Fact.Matches
        ? of(fact, undeleted).flatMap(value -> Share.of(value[0], slice.rows()))
        : Optional.empty();
  }

  private static Optional<long[]> wideBounds(ColumnMetadata column) {
    if (column.values() == 0) {
      return Optional.of(new long[5]);
    }
    return column
        .bounds()
        .map(
            found ->
                WideBounds.value(
                    column.values(),
                    found.lowest().unscaledValue(),
                    found.highest().unscaledValue()));
  }

  /** All values match, or none does: anything between has to be counted. */
  static Optional<long[]> matching(Fact.Matches fact, ColumnMetadata column) {
    if (column.values() == 0) {
      return Optional.of(new long[] {0});
    }
    if (column.bounds().isEmpty()) {
      return Optional.empty();
    }
    BigDecimal lowest = column.bounds().get().lowest();
    BigDecimal highest = column.bounds().get().highest();
    if (fact.range().orElseThrow().holdsAll(lowest, highest)) {
      return Optional.of(new long[] {column.values()});
    }
    return fact.range().orElseThrow().holdsNone(lowest, highest)
        ? Optional.of(new long[] {0})
        : Optional.empty();
  }

  private static Optional<long[]> bounds(Fact.Bounds fact, ColumnMetadata column) {
    if (column.values() == 0) {
      return Optional.of(new long[3]);
    }
    return column
        .bounds()
        .map(
            found ->
                new long[] {
                  column.values(), bits(fact, found.lowest()), bits(fact, found.highest())
                });
  }

  private static long bits(Fact.Bounds fact, BigDecimal bound) {
    return fact.whole()
        ? bound.unscaledValue().longValueExact()
        : Double.doubleToRawLongBits(bound.doubleValue());
  }
}
