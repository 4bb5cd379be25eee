package dev.assay.rules.parse;

import dev.assay.rules.parse.InvalidRulesetException.Problem;
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

  /**
   * What stands where a rule should and cannot be used as written; in rulesets that are read
   * without their bad rules only.
   *
   * @param problems at least one
   */
  record Bad(List<Problem> problems) implements RuleExpression {
    /** Stands as the type of a rule that has none. */
    public static final String TYPE = "BadRule";

    public Bad {
      problems = List.copyOf(problems);
    }

    @Override
    public List<Rule> rules() {
      return List.of();
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
