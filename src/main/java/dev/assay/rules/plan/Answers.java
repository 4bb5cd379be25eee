package dev.assay.rules.plan;

import dev.assay.model.UnansweredReason;
import dev.assay.rules.parse.Condition;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/** How the answer to a rule follows from its measures. */
final class Answers {
  /** Shares are compared as they are written: six digits tell one row in a million. */
  private static final String EVERY = "%s to meet it";

  private static final String RETURNED = "every row to be returned";

  private Answers() {}

  static Function<Map<Measure, Measured>, Finding> number(
      Measure measure, Condition condition, String expected) {
    return measured ->
        withValue(
            measured,
            measure,
            value ->
                Finding.answered(
                    NumberTest.accepts(condition, value),
                    value,
                    NumberTest.show(value),
                    expected,
                    Optional.empty()));
  }

  static Function<Map<Measure, Measured>, Finding> known(double value, Condition condition) {
    return measured ->
        Finding.answered(
            NumberTest.accepts(condition, value),
            value,
            NumberTest.show(value),
            condition.text(),
            Optional.empty());
  }

  /** A share of rows and how many rows there are: a table without rows breaks no row rule. */
  static Function<Map<Measure, Measured>, Finding> rows(
      Measure share, Measure count, Optional<Condition> threshold, String everyRow) {
    return measured ->
        withValue(
            measured,
            count,
            rows -> {
              if (rows == 0) {
                return Finding.answered(true, 1, "no rows", "", Optional.of(0L));
              }
              return withValue(
                  measured, share, value -> shareOfRows(value, rows, threshold, everyRow));
            });
  }

  private static Finding shareOfRows(
      double share, double rows, Optional<Condition> threshold, String everyRow) {
    long failing = Math.round((1 - share) * rows);
    boolean passed =
        threshold.map(condition -> NumberTest.accepts(condition, share)).orElse(failing == 0);
    String observed =
        failing == 0
            ? String.format(Locale.ROOT, "all %,d rows", (long) rows)
            : String.format(Locale.ROOT, "%s of rows, %,d not", NumberTest.show(share), failing);
    String expected =
        threshold
            .map(condition -> "a share of rows " + condition.text())
            .orElse(everyRow.equals(RETURNED) ? RETURNED : EVERY.formatted(everyRow));
    return Finding.answered(passed, share, observed, expected, Optional.of(failing));
  }

  static Function<Map<Measure, Measured>, Finding> whole(Measure share, String expected) {
    return allWhole(List.of(share), expected);
  }

  /** Every share must be 1; a table without rows has none that breaks the rule. */
  static Function<Map<Measure, Measured>, Finding> allWhole(List<Measure> shares, String expected) {
    return measured -> {
      double lowest = 1;
      for (Measure share : shares) {
        Measured found = require(measured, share);
        if (found instanceof Measured.None none) {
          if (none.reason() == UnansweredReason.NO_ROWS) {
            continue;
          }
          return Finding.unanswered(none.reason(), none.message());
        }
        lowest = Math.min(lowest, ((Measured.Value) found).value());
      }
      return Finding.answered(
          lowest == 1, lowest, NumberTest.show(lowest), expected, Optional.empty());
    };
  }

  static Function<Map<Measure, Measured>, Finding> returnedRows(
      Measure returned, Measure count, Optional<Condition> threshold) {
    return measured ->
        withValue(
            measured,
            count,
            rows ->
                withValue(
                    measured,
                    returned,
                    found ->
                        rows == 0
                            ? Finding.answered(true, 1, "no rows", "", Optional.of(0L))
                            : shareOfRows(
                                Math.min(found, rows) / rows, rows, threshold, RETURNED)));
  }

  static Function<Map<Measure, Measured>, Finding> ratio(
      Measure above, Measure below, Condition condition, String what) {
    return measured ->
        withValue(
            measured,
            above,
            here ->
                withValue(
                    measured,
                    below,
                    there -> {
                      if (there == 0 && here != 0) {
                        return Finding.answered(
                            false,
                            here,
                            String.format(Locale.ROOT, "%s %s against none", amount(here), what),
                            condition.text(),
                            Optional.empty());
                      }
                      double ratio = there == 0 ? 1 : here / there;
                      return Finding.answered(
                          NumberTest.accepts(condition, ratio),
                          ratio,
                          String.format(
                              Locale.ROOT,
                              "%s (%s against %s %s)",
                              NumberTest.show(ratio),
                              amount(here),
                              amount(there),
                              what),
                          condition.text(),
                          Optional.empty());
                    }));
  }

  private static String amount(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,d", (long) value)
        : NumberTest.show(value);
  }

  private static Finding withValue(
      Map<Measure, Measured> measured, Measure measure, DoubleFunction<Finding> answer) {
    Measured found = require(measured, measure);
    if (found instanceof Measured.Value value) {
      return answer.apply(value.value());
    }
    Measured.None none = (Measured.None) found;
    return Finding.unanswered(none.reason(), none.message());
  }

  private static Measured require(Map<Measure, Measured> measured, Measure measure) {
    Measured found = measured.get(measure);
    if (found == null) {
      throw new IllegalStateException("nothing was measured for " + measure);
    }
    return found;
  }
}
