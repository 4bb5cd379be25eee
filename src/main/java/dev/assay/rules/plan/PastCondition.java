package dev.assay.rules.plan;

import dev.assay.rules.parse.Condition;
import dev.assay.rules.parse.Operand;
import java.math.BigDecimal;

/** Puts numbers in the place of formulas over earlier runs. */
final class PastCondition {
  private PastCondition() {}

  /** Whether a condition speaks of earlier runs. */
  static boolean dynamic(Condition condition) {
    return condition.operands().stream().anyMatch(operand -> operand instanceof Operand.Dynamic);
  }

  /** The condition as it stands after the earlier runs. */
  static Condition settled(Condition condition, String metric, MetricHistory history) {
    if (!dynamic(condition)) {
      return condition;
    }
    if (condition instanceof Condition.Between between) {
      return new Condition.Between(
          between.negated(),
          settled(between.low(), metric, history),
          settled(between.high(), metric, history),
          between.text());
    }
    if (condition instanceof Condition.In in) {
      return new Condition.In(
          in.negated(),
          in.operands().stream().map(operand -> settled(operand, metric, history)).toList(),
          in.text());
    }
    Condition.Compare compare = (Condition.Compare) condition;
    return new Condition.Compare(
        compare.operator(), settled(compare.operand(), metric, history), compare.text());
  }

  /** The condition as it stands after the earlier runs, which also shows what they came to. */
  static Condition told(Condition written, String metric, MetricHistory history) {
    Condition settled = settled(written, metric, history);
    String text = text(written, settled);
    if (settled instanceof Condition.Between between) {
      return new Condition.Between(between.negated(), between.low(), between.high(), text);
    }
    if (settled instanceof Condition.In in) {
      return new Condition.In(in.negated(), in.operands(), text);
    }
    Condition.Compare compare = (Condition.Compare) settled;
    return new Condition.Compare(compare.operator(), compare.operand(), text);
  }

  private static Operand settled(Operand operand, String metric, MetricHistory history) {
    if (!(operand instanceof Operand.Dynamic dynamic)) {
      return operand;
    }
    double value = dynamic.formula().of(history.newest(metric, dynamic.formula().depth()));
    if (!Double.isFinite(value)) {
      throw new ValuePredicate.MisfitException("%s comes to no number".formatted(dynamic.text()));
    }
    return new Operand.Settled(BigDecimal.valueOf(value), dynamic.text());
  }

  /** The condition as people read it, with the numbers that formulas came to. */
  static String text(Condition written, Condition settled) {
    if (!dynamic(written)) {
      return written.text();
    }
    StringBuilder text = new StringBuilder(written.text()).append(" (");
    String separator = "";
    for (int index = 0; index < written.operands().size(); index++) {
      if (written.operands().get(index) instanceof Operand.Dynamic) {
        Operand.Settled number = (Operand.Settled) settled.operands().get(index);
        text.append(separator).append(NumberTest.show(number.value().doubleValue()));
        separator = ", ";
      }
    }
    return text.append(")").toString();
  }
}
