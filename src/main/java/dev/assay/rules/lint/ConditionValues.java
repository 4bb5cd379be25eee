package dev.assay.rules.lint;

import dev.assay.rules.lint.Values.Line;
import dev.assay.rules.parse.Condition;
import dev.assay.rules.parse.Operand;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The values that meet a condition, where that is known without data. */
final class ConditionValues {
  /** Floating numbers are compared like this; counts and the values of rows as they are. */
  private static final MathContext TWELVE_DIGITS = new MathContext(12, RoundingMode.HALF_EVEN);

  private final Line line;
  private final boolean ofRows;
  private final boolean exact;

  private ConditionValues(Line line, boolean ofRows, boolean exact) {
    this.line = line;
    this.ofRows = ofRows;
    this.exact = exact;
  }

  /** Of a condition on a number that is compared to its last digit. */
  static Optional<Values> ofExactNumber(Condition condition, Line line) {
    return new ConditionValues(line, false, true).values(condition);
  }

  /** Of a condition on a measured number that may be a floating one. */
  static Optional<Values> ofNumber(Condition condition, Line line) {
    return new ConditionValues(line, false, false).values(condition);
  }

  /**
   * Of a condition on the values of rows: a NULL meets {@code !=} and {@code not in} alone.
   *
   * @param whole whether the column holds whole numbers only
   */
  static Optional<Values> ofRows(Condition condition, boolean whole) {
    return lineOf(condition.operands())
        .map(line -> line == Line.NUMBER && whole ? Line.WHOLE_NUMBER : line)
        .flatMap(line -> new ConditionValues(line, true, true).values(condition));
  }

  private Optional<Values> values(Condition condition) {
    if (condition instanceof Condition.Matches) {
      return Optional.empty();
    }
    List<Point> points = new ArrayList<>();
    for (Operand operand : condition.operands()) {
      Optional<Point> point = point(operand);
      if (point.isEmpty() && line != Line.PRESENCE) {
        return Optional.empty();
      }
      point.ifPresent(points::add);
    }
    if (line == Line.PRESENCE) {
      return presence(condition);
    }
    if (condition instanceof Condition.Between) {
      Span inside = new Span(points.get(0), false, points.get(1), false);
      return Optional.of(present(List.of(settled(inside)), negated(condition)));
    }
    if (condition instanceof Condition.In) {
      List<Span> members = points.stream().map(Span::only).toList();
      return Optional.of(members(members, negated(condition)));
    }
    return compare(((Condition.Compare) condition).operator(), points.get(0));
  }

  private Optional<Values> compare(Condition.Operator operator, Point point) {
    return Optional.of(
        switch (operator) {
          case EQUAL -> members(List.of(Span.only(point)), false);
          case NOT_EQUAL -> members(List.of(Span.only(point)), true);
          case GREATER -> present(List.of(settled(Span.from(point, false))), false);
          case GREATER_OR_EQUAL -> present(List.of(settled(Span.from(point, true))), false);
          case LESS -> present(List.of(settled(Span.upTo(point, false))), false);
          case LESS_OR_EQUAL -> present(List.of(settled(Span.upTo(point, true))), false);
        });
  }

  /** {@code = NULL} and {@code != NULL}. */
  private static Optional<Values> presence(Condition condition) {
    boolean negated = negated(condition);
    return Optional.of(
        new Values(Line.PRESENCE, negated ? List.of(Span.ALL) : List.of(), !negated));
  }

  /** NULL breaks it, negated or not. */
  private Values present(List<Span> spans, boolean negated) {
    Values values = new Values(line, spans, false);
    return negated ? new Values(line, values.not().spans(), false) : values;
  }

  /** NULL is none of the members. */
  private Values members(List<Span> members, boolean negated) {
    Values values = new Values(line, members.stream().map(this::settled).toList(), false);
    return negated ? new Values(line, values.not().spans(), ofRows) : values;
  }

  private Span settled(Span span) {
    return line == Line.WHOLE_NUMBER ? span.whole() : span;
  }

  private static boolean negated(Condition condition) {
    if (condition instanceof Condition.Between between) {
      return between.negated();
    }
    if (condition instanceof Condition.In in) {
      return in.negated();
    }
    return condition instanceof Condition.Compare compare
        && compare.operator() == Condition.Operator.NOT_EQUAL;
  }

  private Optional<Point> point(Operand operand) {
    if (operand instanceof Operand.Number number) {
      BigDecimal value = number.value();
      return Optional.of(Point.of(exact ? value : value.round(TWELVE_DIGITS)));
    }
    if (operand instanceof Operand.Size size) {
      return Optional.of(Point.of(size.bytes()));
    }
    if (operand instanceof Operand.Text text) {
      return Optional.of(Point.of(text.value()));
    }
    if (operand instanceof Operand.Bool bool) {
      return Optional.of(Point.of(bool.value() ? 1 : 0));
    }
    if (operand instanceof Operand.Length length) {
      return Optional.of(Point.of(length.value().toMillis()));
    }
    return operand instanceof Operand.Now now
        ? Optional.of(Point.of(now.shift().toMillis()))
        : Optional.empty();
  }

  /** The line that all operands lie on, if there is one. */
  private static Optional<Line> lineOf(List<Operand> operands) {
    List<Optional<Line>> lines = operands.stream().map(ConditionValues::lineOf).distinct().toList();
    return lines.size() == 1 ? lines.get(0) : Optional.empty();
  }

  private static Optional<Line> lineOf(Operand operand) {
    if (operand instanceof Operand.Number) {
      return Optional.of(Line.NUMBER);
    }
    if (operand instanceof Operand.Text text) {
      return ordered(text.value()) ? Optional.of(Line.TEXT) : Optional.empty();
    }
    if (operand instanceof Operand.Bool) {
      return Optional.of(Line.TRUTH);
    }
    if (operand instanceof Operand.Length || operand instanceof Operand.Now) {
      return Optional.of(Line.TIME);
    }
    return operand instanceof Operand.Keyword keyword && keyword.kind() == Operand.Keyword.Kind.NULL
        ? Optional.of(Line.PRESENCE)
        : Optional.empty();
  }

  /** A quoted number and a point in time may mean something else than their text. */
  private static boolean ordered(String text) {
    if (text.matches("\\d{4}-\\d{2}-\\d{2}")) {
      try {
        LocalDate.parse(text);
        return true;
      } catch (DateTimeParseException e) {
        return false;
      }
    }
    return !text.matches("\\s*[+-]?[0-9.].*");
  }
}
