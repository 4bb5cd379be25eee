package dev.assay.rules.plan;

import dev.assay.model.UnansweredReason;
import dev.assay.rules.parse.Condition;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
                    value.value(),
                    NumberTest.show(value),
                    expected,
                    Optional.empty()));
  }

  static Function<Map<Measure, Measured>, Finding> known(
      Measured.Value value, Condition condition) {
    return measured ->
        Finding.answered(
            NumberTest.accepts(condition, value),
            value.value(),
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
              if (rows.value() == 0) {
                return noRows();
              }
              return withValue(
                  measured, share, value -> shareOfRows(value, rows, threshold, everyRow));
            });
  }

  private static Finding noRows() {
    return Finding.answered(true, 1, "no rows", "", Optional.of(0L));
  }

  private static Finding shareOfRows(
      Measured.Value share, Measured.Value rows, Optional<Condition> threshold, String everyRow) {
    long failing = failing(share, rows);
    boolean passed =
        threshold.map(condition -> NumberTest.accepts(condition, share)).orElse(failing == 0);
    String observed =
        failing == 0
            ? String.format(Locale.ROOT, "all %,d rows", (long) rows.value())
            : String.format(Locale.ROOT, "%s of rows, %,d not", NumberTest.show(share), failing);
    String expected =
        threshold
            .map(condition -> "a share of rows " + condition.text())
            .orElse(everyRow.equals(RETURNED) ? RETURNED : EVERY.formatted(everyRow));
    return Finding.answered(passed, share.value(), observed, expected, Optional.of(failing));
  }

  private static long failing(Measured.Value share, Measured.Value rows) {
    if (share.exact().isEmpty() || rows.exact().isEmpty()) {
      return Math.round((1 - share.value()) * rows.value());
    }
    BigDecimal all = rows.exact().get();
    return all.subtract(share.exact().get().multiply(all))
        .setScale(0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }

  static Function<Map<Measure, Measured>, Finding> whole(Measure share, String expected) {
    return allWhole(List.of(share), expected);
  }

  /** A share of the rows that have a key; where none has, none breaks the rule. */
  static Function<Map<Measure, Measured>, Finding> shareOfKeys(Measure share, Condition threshold) {
    return measured ->
        require(measured, share) instanceof Measured.None none
                && none.reason() == UnansweredReason.NO_ROWS
            ? Finding.answered(true, 1, "no keys", "", Optional.empty())
            : withValue(
                measured,
                share,
                value ->
                    Finding.answered(
                        NumberTest.accepts(threshold, value),
                        value.value(),
                        NumberTest.show(value) + " of keys",
                        "a share of keys that occur once " + threshold.text(),
                        Optional.empty()));
  }

  /** Every share must be 1; a table without rows has none that breaks the rule. */
  static Function<Map<Measure, Measured>, Finding> allWhole(List<Measure> shares, String expected) {
    return measured -> {
      Measured.Value lowest = Measured.Value.count(1);
      for (Measure share : shares) {
        Measured found = require(measured, share);
        if (found instanceof Measured.None none) {
          if (none.reason() == UnansweredReason.NO_ROWS) {
            continue;
          }
          return Finding.unanswered(none.reason(), none.message());
        }
        Measured.Value value = (Measured.Value) found;
        lowest = below(value, lowest) ? value : lowest;
      }
      return Finding.answered(
          !below(lowest, Measured.Value.count(1)),
          lowest.value(),
          NumberTest.show(lowest),
          expected,
          Optional.empty());
    };
  }

  private static boolean below(Measured.Value one, Measured.Value other) {
    return one.exact().isPresent() && other.exact().isPresent()
        ? one.exact().get().compareTo(other.exact().get()) < 0
        : one.value() < other.value();
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
                        rows.value() == 0
                            ? noRows()
                            : shareOfRows(
                                (below(found, rows) ? found : rows).over(rows),
                                rows,
                                threshold,
                                RETURNED)));
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
                      if (there.value() == 0 && here.value() != 0) {
                        return Finding.answered(
                            false,
                            here.value(),
                            String.format(Locale.ROOT, "%s %s against none", amount(here), what),
                            condition.text(),
                            Optional.empty());
                      }
                      Measured.Value ratio =
                          there.value() == 0 ? Measured.Value.count(1) : here.over(there);
                      return Finding.answered(
                          NumberTest.accepts(condition, ratio),
                          ratio.value(),
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

  private static String amount(Measured.Value number) {
    Optional<BigDecimal> whole =
        number.exact().filter(exact -> exact.stripTrailingZeros().scale() <= 0);
    if (whole.isPresent()) {
      return String.format(Locale.ROOT, "%,d", whole.get().toBigIntegerExact());
    }
    double value = number.value();
    return value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE
        ? String.format(Locale.ROOT, "%,d", (long) value)
        : NumberTest.show(number);
  }

  private static Finding withValue(
      Map<Measure, Measured> measured, Measure measure, Function<Measured.Value, Finding> answer) {
    Measured found = require(measured, measure);
    if (found instanceof Measured.Value value) {
      return answer.apply(value);
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
