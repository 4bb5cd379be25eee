package dev.assay.rules.evaluate;

import dev.assay.model.Trace;
import dev.assay.model.UnansweredReason;
import dev.assay.rules.plan.Measure;
import dev.assay.rules.plan.Measured;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The share of rows with a sound primary key, which is made of other measures. */
final class UniqueCompleteRows {
  private UniqueCompleteRows() {}

  static List<Measure.UniqueComplete> among(Collection<Measure> measures) {
    return measures.stream()
        .filter(Measure.UniqueComplete.class::isInstance)
        .map(Measure.UniqueComplete.class::cast)
        .toList();
  }

  static Measured of(Measure.UniqueComplete measure, Map<Measure, Measured> measured) {
    Trace trace = Trace.NOTHING;
    for (Measure part : measure.parts()) {
      Measured found = measured.get(part);
      if (!(found instanceof Measured.Value value)) {
        return found == null
            ? new Measured.None(UnansweredReason.ERROR, "A part was not measured.")
            : found;
      }
      trace = trace.plus(value.trace());
    }
    List<Measure> parts = measure.parts();
    BigDecimal rows = exact(parts.get(0), measured);
    BigDecimal complete =
        exact(parts.get(1), measured).multiply(rows).setScale(0, RoundingMode.HALF_EVEN);
    BigDecimal sound = complete.subtract(exact(parts.get(2), measured));
    return Measured.Value.share(sound.longValueExact(), rows.longValueExact()).by(trace);
  }

  private static BigDecimal exact(Measure part, Map<Measure, Measured> measured) {
    return measured.get(part) instanceof Measured.Value value
        ? value.exact().orElseThrow()
        : BigDecimal.ZERO;
  }
}
