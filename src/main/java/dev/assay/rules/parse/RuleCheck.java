package dev.assay.rules.parse;

import dev.assay.model.Nearest;
import dev.assay.model.Position;
import dev.assay.rules.parse.InvalidRulesetException.Problem;
import dev.assay.rules.parse.grammar.DqdlParser;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;

/** Checks what the grammar leaves open: rule types, what each takes, conditions and thresholds. */
final class RuleCheck {
  private final List<Problem> problems;

  RuleCheck(List<Problem> problems) {
    this.problems = problems;
  }

  void check(DqdlParser.Rule_Context context, Rule rule) {
    Optional<RuleType> known = RuleType.named(rule.type());
    if (known.isEmpty()) {
      problem(
          context,
          "unknown rule type '%s'".formatted(rule.type()),
          Nearest.to(rule.type(), RuleType.names())
              .map("Did you mean '%s'?"::formatted)
              .orElse("The rule types are listed in docs/rules.md."));
      return;
    }
    RuleType type = known.get();
    Optional<String> swallowed =
        context.parameter().stream()
            .filter(parameter -> parameter.STRING() == null)
            .map(ParserRuleContext::getText)
            .filter(RuleType.names()::contains)
            .findFirst();
    if (swallowed.isPresent()) {
      problem(
          context,
          "a comma is missing between %s and %s".formatted(type.name(), swallowed.get()),
          "Rules are parted by commas.");
      return;
    }
    checkNarrowing(context, type, rule);
    if (!type.takes(rule.parameters().size())) {
      problem(
          context,
          "%s takes %s and has %d".formatted(type.name(), type.arity(), rule.parameters().size()),
          type.ofFiles()
              ? "A path, folder or s3:// address stands in double quotes."
              : "Column names stand in double quotes, parted by spaces.");
    } else {
      new KnownWordsCheck(problems).check(context, type, rule);
    }
    checkCondition(context, type, rule);
    new FileRuleCheck(problems).check(context, type, rule);
    rule.threshold().ifPresent(threshold -> checkThreshold(context, type, threshold));
  }

  private void checkNarrowing(DqdlParser.Rule_Context context, RuleType type, Rule rule) {
    if (rule.where().isPresent() && !type.takesWhere()) {
      problem(context.where(), type.name() + " takes no where", "Take it out.");
    }
    if (rule.threshold().isPresent() && !type.takesThreshold()) {
      problem(
          context.threshold(),
          type.name() + " takes no threshold",
          type == RuleType.ReferentialIntegrity
              ? "Its condition is about the share of rows already, for example > 0.95."
              : "Use its condition, or a rule about single rows such as ColumnValues.");
    }
  }

  private void checkCondition(DqdlParser.Rule_Context context, RuleType type, Rule rule) {
    boolean present = rule.condition().isPresent();
    ParserRuleContext place = context.condition() == null ? context : context.condition();
    switch (type.needs()) {
      case NOTHING -> {
        if (present) {
          problem(place, type.name() + " takes no condition", "Take it out.");
        }
      }
      case NUMBER, OPTIONAL_NUMBER, DURATION -> {
        if (!present && type.needs() != RuleType.Needs.OPTIONAL_NUMBER) {
          problem(
              context,
              "%s has no condition".formatted(type.name()),
              type.needs() == RuleType.Needs.DURATION
                  ? "Expected one such as <= 24 hours."
                  : "Expected one such as > 0.9 or between 1 and 10.");
        }
        rule.condition().ifPresent(condition -> checkOperands(place, type, condition));
      }
      case MOMENT, SIZE, CHECKSUMS -> {
        // FileRuleCheck knows them
      }
      case ANYTHING -> {
        if (!present) {
          problem(
              context,
              "%s has no condition".formatted(type.name()),
              "Expected one such as in [\"a\", \"b\"], > 0 or matches \"[A-Z]+\".");
        }
      }
    }
    rule.condition()
        .filter(condition -> type.needs() != RuleType.Needs.SIZE)
        .ifPresent(condition -> checkNoSize(place, type, condition));
    if (rule.condition().orElse(null) instanceof Condition.Matches matches) {
      new KnownWordsCheck(problems).checkRegex(place, matches.regex());
    }
  }

  private void checkOperands(ParserRuleContext place, RuleType type, Condition condition) {
    boolean duration = type.needs() == RuleType.Needs.DURATION;
    boolean fits =
        !(condition instanceof Condition.Matches)
            && !(duration && condition instanceof Condition.In)
            && condition.operands().stream()
                .allMatch(
                    operand ->
                        duration
                            ? operand instanceof Operand.Length
                            : operand instanceof Operand.Number
                                || operand instanceof Operand.Dynamic);
    if (!fits) {
      problem(
          place,
          "%s cannot be compared with %s".formatted(type.name(), condition.text()),
          duration
              ? "Expected a length of time such as <= 24 hours or between 1 day and 3 days."
              : "Expected numbers, such as > 0.9 or between 1 and 10.");
    }
  }

  private void checkNoSize(ParserRuleContext place, RuleType type, Condition condition) {
    if (type.needs() == RuleType.Needs.ANYTHING
        && condition.operands().stream().anyMatch(operand -> operand instanceof Operand.Size)) {
      problem(
          place,
          "%s cannot be compared with %s".formatted(type.name(), condition.text()),
          "Sizes with a unit are for FileSize.");
    }
  }

  private void checkThreshold(DqdlParser.Rule_Context context, RuleType type, Condition threshold) {
    // of files, and of rows that a query returns, no share is kept
    boolean history = !type.ofFiles() && type != RuleType.CustomSql;
    boolean fractions =
        threshold.operands().stream()
            .allMatch(
                operand ->
                    operand instanceof Operand.Number number
                        ? number.value().signum() >= 0
                            && number.value().compareTo(BigDecimal.ONE) <= 0
                        : history && operand instanceof Operand.Dynamic);
    if (!fractions || threshold instanceof Condition.Matches) {
      problem(
          context.threshold(),
          "threshold %s is not a share of %s"
              .formatted(threshold.text(), type.ofFiles() ? "files" : "rows"),
          "Expected numbers from 0 to 1, for example with threshold > 0.95.");
    }
  }

  static Position position(ParserRuleContext context) {
    return new Position(
        context.getStart().getLine(), context.getStart().getCharPositionInLine() + 1);
  }

  private void problem(ParserRuleContext context, String found, String remedy) {
    problems.add(new Problem(position(context), found, remedy));
  }
}
