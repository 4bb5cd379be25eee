package dev.assay.rules.plan;

import dev.assay.model.Nearest;
import dev.assay.model.UnansweredReason;
import dev.assay.rules.parse.Condition;
import dev.assay.rules.parse.Operand;
import dev.assay.rules.parse.Rule;
import dev.assay.rules.parse.RuleType;
import dev.assay.rules.parse.Ruleset;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Plans a ruleset for one table: what to measure for each rule, and the assertion on it. A rule
 * that cannot be measured is planned as its own unanswered finding and does not disturb the others.
 */
public final class RulePlanner {
  private final TableShape table;
  private final Set<String> references;
  private final Instant evaluationInstant;

  /**
   * @param references aliases of the tables that rules may compare with
   * @param evaluationInstant what {@code now()} means
   */
  public RulePlanner(TableShape table, Set<String> references, Instant evaluationInstant) {
    this.table = table;
    this.references = Set.copyOf(references);
    this.evaluationInstant = evaluationInstant;
  }

  /** One plan per line of the ruleset, in its order. */
  public List<PlannedRule> plan(Ruleset ruleset) {
    return ruleset.entries().stream()
        .map(
            entry ->
                new PlannedRule(
                    entry, entry.expression().rules().stream().map(this::leaf).toList()))
        .toList();
  }

  private PlannedRule.Leaf leaf(Rule rule) {
    if (!RuleType.valueOf(rule.type()).answered()) {
      return unanswered(
          rule,
          UnansweredReason.UNSUPPORTED,
          "Rule type %s is not answered by this version.".formatted(rule.type()));
    }
    if (usesHistory(rule)) {
      return unanswered(
          rule,
          UnansweredReason.UNSUPPORTED,
          "Conditions over past runs, such as avg(last(10)), are not answered by this version.");
    }
    try {
      return new RuleLeaves(table, references, evaluationInstant).leaf(rule);
    } catch (MissingColumnException e) {
      return unanswered(
          rule,
          UnansweredReason.MISSING_COLUMN,
          "There is no column '%s'. %s"
              .formatted(e.column(), Nearest.suggestion(e.column(), table.columns())));
    } catch (MissingReferenceException e) {
      return unanswered(
          rule,
          UnansweredReason.MISSING_REFERENCE,
          "There is no reference '%s'. Declare it in the job under references: {%s: layer.table}."
              .formatted(e.alias(), e.alias()));
    } catch (ValuePredicate.MisfitException e) {
      return unanswered(
          rule,
          UnansweredReason.WRONG_TYPE,
          "The rule does not fit: %s.".formatted(e.getMessage()));
    }
  }

  private static boolean usesHistory(Rule rule) {
    return rule.condition().map(Condition::operands).orElse(List.of()).stream()
        .anyMatch(operand -> operand instanceof Operand.Dynamic);
  }

  private static PlannedRule.Leaf unanswered(Rule rule, UnansweredReason reason, String message) {
    return new PlannedRule.Leaf(
        rule, List.of(), List.of(), measured -> Finding.unanswered(reason, message));
  }

  /** A rule names a column that the table does not have. */
  static final class MissingColumnException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String column;

    MissingColumnException(String column) {
      super(column);
      this.column = column;
    }

    String column() {
      return column;
    }
  }

  /** A rule names a reference that the job does not declare. */
  static final class MissingReferenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String alias;

    MissingReferenceException(String alias) {
      super(alias);
      this.alias = alias;
    }

    String alias() {
      return alias;
    }
  }
}
