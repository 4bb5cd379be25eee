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
