package dev.assay.rules.plan;

import dev.assay.rules.parse.Condition;
import dev.assay.rules.parse.Operand;

/** The SQL of a condition on an age in seconds. */
final class AgeCondition {
  private AgeCondition() {}

  static String sql(String age, Condition condition) {
    if (condition instanceof Condition.Between between) {
      String inside =
          "(%s > %s AND %s < %s)"
              .formatted(age, seconds(between.low()), age, seconds(between.high()));
      return between.negated() ? "NOT " + inside : inside;
    }
    if (condition instanceof Condition.Compare compare) {
      return "%s %s %s".formatted(age, compare.operator().sql(), seconds(compare.operand()));
    }
    throw new ValuePredicate.MisfitException("an age cannot be tested with " + condition.text());
  }

  private static String seconds(Operand operand) {
    if (operand instanceof Operand.Length length) {
      return length.value().toMillis() / 1000.0 + "D";
    }
    throw new ValuePredicate.MisfitException("an age cannot be tested with " + operand.text());
  }
}
