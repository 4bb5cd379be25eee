package dev.assay.rules.plan;

import dev.assay.model.Sql;
import dev.assay.rules.parse.Condition;
import dev.assay.rules.parse.Operand;
import dev.assay.rules.plan.TableShape.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The SQL predicate of a condition on a column's values. As the reference says, a NULL breaks every
 * condition but {@code !=} and {@code not in}, unless the condition names NULL.
 */
final class ValuePredicate {
  private final String column;
  private final Kind kind;
  private final Instant now;

  /**
   * @param column as it stands in SQL
   */
  ValuePredicate(String column, Kind kind, Instant now) {
    this.column = column;
    this.kind = kind;
    this.now = now;
  }

  /** The predicate; it is never NULL. */
  String of(Condition condition) {
    if (condition instanceof Condition.Between between) {
      String inside =
          "%s > %s AND %s < %s"
              .formatted(
                  comparable(between.low()),
                  literal(between.low()),
                  comparable(between.high()),
                  literal(between.high()));
      return definite(between.negated() ? "NOT (" + inside + ")" : inside, false);
    }
    if (condition instanceof Condition.In in) {
      String member = member(in.operands());
      return in.negated() ? "NOT (" + member + ")" : member;
    }
    if (condition instanceof Condition.Matches matches) {
      String whole = Sql.text("\\A(?:" + matches.regex() + ")\\z");
      String match = "CAST(%s AS STRING) RLIKE %s".formatted(column, whole);
      return definite(matches.negated() ? "NOT (" + match + ")" : match, false);
    }
    Condition.Compare compare = (Condition.Compare) condition;
    return switch (compare.operator()) {
      case EQUAL -> equal(compare.operand());
      case NOT_EQUAL -> "NOT (" + equal(compare.operand()) + ")";
      default ->
          definite(
              "%s %s %s"
                  .formatted(
                      comparable(compare.operand()),
                      compare.operator().sql(),
                      literal(compare.operand())),
              false);
    };
  }

  /** Members that Spark compares alike are one list, which it looks up instead of going through. */
  private String member(List<Operand> operands) {
    Map<String, List<Operand>> alike = new LinkedHashMap<>();
    for (Operand operand : operands) {
      alike.computeIfAbsent(likeness(operand), key -> new ArrayList<>()).add(operand);
    }
    return alike.values().stream()
        .map(members -> "(" + (members.size() == 1 ? equal(members.get(0)) : oneOf(members)) + ")")
        .collect(Collectors.joining(" OR "));
  }

  private String oneOf(List<Operand> members) {
    return definite(
        "%s IN (%s)"
            .formatted(
                comparable(members.get(0)),
                members.stream().map(this::literal).distinct().collect(Collectors.joining(", "))),
        false);
  }

  /**
   * Equal for operands that may stand in one list: a list is compared in the type that fits all its
   * members, which must be the one that fits each.
   */
  private String likeness(Operand operand) {
    if (operand instanceof Operand.Keyword keyword) {
      return keyword.kind().name();
    }
    String literal = literal(operand);
    String type = literal.replaceFirst("(?s)'.*", "'");
    if (!literal.contains("'") && !(operand instanceof Operand.Bool)) {
      BigDecimal number = new BigDecimal(literal);
      if (number.signum() == 0 || literal.contains("E")) {
        // 0 and -0.0 are equal, but not always in a set
        return literal;
      }
      type =
          number.scale() <= 0
              ? "whole of " + (number.toBigInteger().bitLength() < 32 ? "int" : number.precision())
              : "decimal of " + number.precision() + " " + number.scale();
    }
    return comparable(operand) + " " + type;
  }

  private String equal(Operand operand) {
    if (operand instanceof Operand.Keyword keyword) {
      return switch (keyword.kind()) {
        case NULL -> column + " IS NULL";
        case EMPTY -> definite("CAST(%s AS STRING) = ''".formatted(column), false);
        case WHITESPACES_ONLY ->
            definite("CAST(%s AS STRING) RLIKE '^\\\\s+$'".formatted(column), false);
      };
    }
    return definite("%s = %s".formatted(comparable(operand), literal(operand)), false);
  }

  /** The column as something that compares with this operand. */
  private String comparable(Operand operand) {
    if (operand instanceof Operand.Number && kind == Kind.TEXT) {
      return "try_cast(%s AS DOUBLE)".formatted(column);
    }
    if (operand instanceof Operand.Text && kind == Kind.BOOLEAN) {
      return "CAST(%s AS STRING)".formatted(column);
    }
    if (operand instanceof Operand.Bool && kind == Kind.TEXT) {
      return "lower(%s)".formatted(column);
    }
    if (operand instanceof Operand.Now && kind == Kind.TEXT) {
      return "try_cast(%s AS TIMESTAMP)".formatted(column);
    }
    return column;
  }

  private String literal(Operand operand) {
    if (operand instanceof Operand.Number number && (kind == Kind.NUMBER || kind == Kind.TEXT)) {
      return number.value().toString();
    }
    if (operand instanceof Operand.Bool bool && (kind == Kind.BOOLEAN || kind == Kind.TEXT)) {
      return kind == Kind.BOOLEAN ? Boolean.toString(bool.value()) : "'" + bool.value() + "'";
    }
    if (operand instanceof Operand.Text text) {
      return switch (kind) {
        case DATE -> "DATE'" + date(text) + "'";
        case TIMESTAMP -> "TIMESTAMP" + Sql.text(timestamp(text));
        case NUMBER -> number(text);
        case TEXT, BOOLEAN -> Sql.text(text.value());
        case OTHER -> throw misfit(operand);
      };
    }
    if (operand instanceof Operand.Now shifted) {
      return switch (kind) {
        case DATE -> "DATE'" + LocalDate.ofInstant(shifted.at(now), ZoneOffset.UTC) + "'";
        case TIMESTAMP, TEXT -> "TIMESTAMP'" + shifted.at(now) + "'";
        default -> throw misfit(operand);
      };
    }
    throw misfit(operand);
  }

  private LocalDate date(Operand.Text text) {
    try {
      return LocalDate.parse(text.value());
    } catch (DateTimeParseException e) {
      throw misfit(text);
    }
  }

  private String timestamp(Operand.Text text) {
    if (!text.value()
        .matches(
            "\\d{4}-\\d{2}-\\d{2}([ T]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,6})?)?(Z|[+-]\\d{2}:\\d{2})?)?")) {
      throw misfit(text);
    }
    try {
      LocalDate.parse(text.value().substring(0, 10));
    } catch (DateTimeParseException e) {
      throw misfit(text);
    }
    return text.value();
  }

  /** A quoted number means the number. */
  private String number(Operand.Text text) {
    try {
      return new BigDecimal(text.value().strip()).toString();
    } catch (NumberFormatException e) {
      throw misfit(text);
    }
  }

  private MisfitException misfit(Operand operand) {
    return new MisfitException(
        "a column of type %s cannot be compared with %s"
            .formatted(kind.name().toLowerCase(java.util.Locale.ROOT), operand.text()));
  }

  private static String definite(String predicate, boolean whenNull) {
    return "coalesce(%s, %s)".formatted(predicate, whenNull);
  }

  /** The operand and the column's type do not go together. */
  static final class MisfitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MisfitException(String message) {
      super(message);
    }
  }
}
