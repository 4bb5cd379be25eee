package dev.assay.rules.plan;

import dev.assay.rules.parse.Condition;
import dev.assay.rules.parse.Rule;
import dev.assay.rules.plan.TableShape.Kind;
import dev.assay.rules.plan.ValuePredicate.MisfitException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What rules about the length, the type and the age of values ask of each row, in Spark SQL. */
final class RowPredicates {
  private final TableShape table;
  private final Instant now;

  RowPredicates(TableShape table, Instant now) {
    this.table = table;
    this.now = now;
  }

  String length(Rule rule, String column) {
    if (table.kindOf(column) != Kind.TEXT) {
      throw new MisfitException("'%s' is not a text column".formatted(column));
    }
    // the reference: a NULL counts as a text of length 0
    String length = "coalesce(length(%s), 0)".formatted(table.sql(column));
    Condition condition = plain(rule);
    if (condition instanceof Condition.Between between) {
      String inside =
          "%s > %s AND %s < %s"
              .formatted(length, between.low().text(), length, between.high().text());
      return between.negated() ? "NOT (" + inside + ")" : inside;
    }
    if (condition instanceof Condition.In in) {
      String members =
          String.join(", ", in.operands().stream().map(operand -> operand.text()).toList());
      return "%s %s (%s)".formatted(length, in.negated() ? "NOT IN" : "IN", members);
    }
    Condition.Compare compare = (Condition.Compare) condition;
    return "%s %s %s".formatted(length, compare.operator().sql(), compare.operand().text());
  }

  String type(Rule rule, String column) {
    Condition condition = condition(rule);
    String named = table.sql(column);
    List<String> castable =
        condition.operands().stream()
            .map(operand -> castType(operand.text().replace("\"", "")))
            .map(type -> "try_cast(CAST(%s AS STRING) AS %s) IS NOT NULL".formatted(named, type))
            .toList();
    boolean negated;
    if (condition instanceof Condition.In in) {
      negated = in.negated();
    } else if (condition instanceof Condition.Compare compare
        && (compare.operator() == Condition.Operator.EQUAL
            || compare.operator() == Condition.Operator.NOT_EQUAL)) {
      negated = compare.operator() == Condition.Operator.NOT_EQUAL;
    } else {
      throw new MisfitException("a type is tested with =, != or in");
    }
    String any = "(" + String.join(" OR ", castable) + ")";
    return "%s IS NULL OR %s%s".formatted(named, negated ? "NOT " : "", any);
  }

  private static String castType(String wanted) {
    return switch (wanted.toUpperCase(Locale.ROOT)) {
      case "BOOLEAN" -> "BOOLEAN";
      case "DATE" -> "DATE";
      case "TIMESTAMP" -> "TIMESTAMP";
      case "DOUBLE" -> "DOUBLE";
      case "FLOAT" -> "FLOAT";
      case "INTEGER", "INT" -> "INT";
      case "LONG", "BIGINT" -> "BIGINT";
      case "STRING" -> "STRING";
      default ->
          throw new MisfitException(
              "'%s' is not one of Boolean, Date, Timestamp, Integer, Long, Float, Double, String"
                  .formatted(wanted));
    };
  }

  String freshness(Rule rule, String column) {
    Kind kind = table.kindOf(column);
    if (kind != Kind.DATE && kind != Kind.TIMESTAMP && kind != Kind.TEXT) {
      throw new MisfitException("'%s' is not a date or timestamp column".formatted(column));
    }
    Optional<RangeTest> range =
        ValueRange.ofAge(column, table.typeOf(column), condition(rule), now);
    if (range.isPresent()) {
      RangeTest.End oldest = range.get().low().orElseThrow();
      return "coalesce(%s %s timestamp_micros(%s), false)"
          .formatted(table.sql(column), oldest.inclusive() ? ">=" : ">", oldest.value());
    }
    String age =
        "(unix_micros(TIMESTAMP'%s') - unix_micros(try_cast(%s AS TIMESTAMP))) / 1000000D"
            .formatted(now, table.sql(column));
    return "coalesce(%s, false)".formatted(AgeCondition.sql(age, condition(rule)));
  }

  /** The condition of a rule that compares with no earlier run. */
  static Condition plain(Rule rule) {
    Condition condition = condition(rule);
    if (PastCondition.dynamic(condition)) {
      throw new MisfitException("%s is not compared with earlier runs here".formatted(rule.type()));
    }
    return condition;
  }

  static Condition condition(Rule rule) {
    return rule.condition()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the parser lets no %s without a condition pass".formatted(rule.type())));
  }
}
