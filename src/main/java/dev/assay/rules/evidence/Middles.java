package dev.assay.rules.evidence;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A number near the middle of each column whose moments are wanted, from metadata. */
final class Middles {
  private Middles() {}

  static Map<String, Double> of(List<Slice> slices, List<Fact> facts) {
    Map<String, Double> middles = new HashMap<>();
    for (Fact fact : facts) {
      if (fact instanceof Fact.Moments || fact instanceof Fact.Comoments) {
        fact.columns()
            .forEach(column -> middles.computeIfAbsent(column, name -> middle(slices, name)));
      }
    }
    return middles;
  }

  /** The means that were found, of all these slices together. */
  static Map<String, Double> means(
      Fact fact, List<Slice> slices, Map<SliceId, Map<Fact, long[]>> found) {
    long[] merged = new long[fact.width()];
    for (Slice slice : slices) {
      long[] value = found.getOrDefault(slice.id(), Map.of()).get(fact);
      if (value != null) {
        fact.merge(merged, value);
      }
    }
    if (fact instanceof Fact.Comoments pair) {
      double[] central = PowerSums.centralTwo(merged);
      return pair.first().equals(pair.second())
          ? Map.of(pair.first(), central[1])
          : Map.of(pair.first(), central[1], pair.second(), central[2]);
    }
    return Map.of(fact.columns().get(0), PowerSums.central(merged)[1]);
  }

  private static double middle(List<Slice> slices, String column) {
    double sum = 0;
    int known = 0;
    for (Slice slice : slices) {
      if (slice.metadata().of(column).flatMap(ColumnMetadata::bounds).isPresent()) {
        ColumnMetadata.Bounds bounds =
            slice.metadata().of(column).flatMap(ColumnMetadata::bounds).get();
        BigDecimal middle =
            bounds
                .lowest()
                .add(bounds.highest())
                .divide(BigDecimal.valueOf(2), MathContext.DECIMAL64);
        sum += middle.doubleValue();
        known++;
      }
    }
    double middle = known == 0 ? 0 : sum / known;
    return Double.isFinite(middle) ? middle : 0;
  }
}
