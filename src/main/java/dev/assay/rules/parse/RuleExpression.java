package dev.assay.rules.parse;

import java.util.List;
import java.util.stream.Stream;

/** A rule, or rules joined by {@code and} and {@code or}. */
public sealed interface RuleExpression {
  /** The rules in the order they are written. */
  List<Rule> rules();

  /** One rule. */
  record Single(Rule rule) implements RuleExpression {
    @Override
    public List<Rule> rules() {
      return List.of(rule);
    }
  }

  /** Two expressions, both or either of which must hold. */
  record Joined(boolean both, RuleExpression left, RuleExpression right) implements RuleExpression {
    @Override
    public List<Rule> rules() {
      return Stream.concat(left.rules().stream(), right.rules().stream()).toList();
    }
  }
}
