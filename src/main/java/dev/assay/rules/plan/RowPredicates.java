package dev.assay.rules.plan;

import dev.assay.model.Nearest;
import dev.assay.rules.parse.Condition;
import dev.assay.rules.parse.Operand;
import dev.assay.rules.parse.Rule;
import dev.assay.rules.parse.ValueType;
import dev.assay.rules.plan.TableShape.Kind;
import dev.assay.rules.plan.ValuePredicate.MisfitException;
import java.time.Instant;
import java.util.List;
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
              .formatted(length, number(between.low()), length, number(between.high()));
      return between.negated() ? "NOT (" + inside + ")" : inside;
    }
    if (condition instanceof Condition.In in) {
      String members =
          String.join(", ", in.operands().stream().map(RowPredicates::number).toList());
      return "%s %s (%s)".formatted(length, in.negated() ? "NOT IN" : "IN", members);
    }
    Condition.Compare compare = (Condition.Compare) condition;
    return "%s %s %s".formatted(length, compare.operator().sql(), number(compare.operand()));
  }

  /** Its value and not its text, which may be the name of a constant. */
  private static String number(Operand operand) {
    if (operand instanceof Operand.Number number) {
      return number.value().toString();
    }
    throw new MisfitException("a length cannot be compared with %s".formatted(operand.text()));
  }

  String type(Rule rule, String column) {
    Condition condition = condition(rule);
    String named = table.sql(column);
    List<String> castable =
        condition.operands().stream()
            .map(operand -> castType(operand))
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

  private static String castType(Operand operand) {
    String wanted = operand instanceof Operand.Text text ? text.value() : operand.text();
    return ValueType.named(wanted)
        .map(ValueType::sql)
        .orElseThrow(
            () ->
                new MisfitException(
                    "there is no type '%s'. %s"
                        .formatted(wanted, Nearest.suggestion(wanted, ValueType.names()))));
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
