package dev.assay.rules.parse;

import dev.assay.model.Nearest;
import dev.assay.rules.parse.InvalidRulesetException.Problem;
import dev.assay.rules.parse.grammar.DqdlParser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;

/** Checks texts in rules that are not free: types, metrics, strategies, patterns. */
final class KnownWordsCheck {
  private final List<Problem> problems;

  KnownWordsCheck(List<Problem> problems) {
    this.problems = problems;
  }

  /** Checks a rule that has as many parameters as its type takes. */
  void check(DqdlParser.Rule_Context context, RuleType type, Rule rule) {
    switch (type) {
      case ColumnNamesMatchPattern -> checkRegex(context.parameter(0), rule.parameters().get(0));
      case DetectAnomalies -> checkMetric(context, rule.parameters());
      case ColumnDataType ->
          rule.condition().ifPresent(condition -> checkTypes(context.condition(), type, condition));
      default -> {
        // names of columns, which only the table knows
      }
    }
  }

  /** A label called strategy means something on rules that detect anomalies, and only there. */
  void checkStrategy(
      ParserRuleContext context, Map<String, String> labels, RuleExpression expression) {
    String named = labels.get(AnomalyStrategy.LABEL);
    boolean asked =
        expression.rules().stream()
            .anyMatch(rule -> rule.type().equals(RuleType.DetectAnomalies.name()));
    if (named != null && asked && AnomalyStrategy.named(named).isEmpty()) {
      problem(
          context,
          "label strategy is '%s'".formatted(named),
          Nearest.suggestion(named, AnomalyStrategy.names()));
    }
  }

  void checkRegex(ParserRuleContext place, String regex) {
    try {
      java.util.regex.Pattern.compile(regex);
    } catch (java.util.regex.PatternSyntaxException e) {
      problem(
          place,
          "the regular expression has an error: " + e.getDescription(),
          "Java's syntax is expected.");
    }
  }

  private void checkMetric(DqdlParser.Rule_Context context, List<String> parameters) {
    String name = parameters.get(0);
    Optional<AnalyzerType> metric = AnalyzerType.named(name).filter(AnalyzerType::oneNumber);
    if (metric.isEmpty()) {
      problem(
          context.parameter(0),
          "'%s' is no metric of one number".formatted(name),
          Nearest.suggestion(name, AnalyzerType.namesOfOneNumber()));
    } else if (!metric.get().takes(parameters.size() - 1)) {
      problem(
          context,
          "%s is asked of %d columns".formatted(name, parameters.size() - 1),
          "Expected %s.".formatted(metric.get().arity()));
    }
  }

  private void checkTypes(ParserRuleContext place, RuleType type, Condition condition) {
    boolean equality =
        condition instanceof Condition.In
            || (condition instanceof Condition.Compare compare
                && (compare.operator() == Condition.Operator.EQUAL
                    || compare.operator() == Condition.Operator.NOT_EQUAL));
    boolean texts =
        condition.operands().stream().allMatch(operand -> operand instanceof Operand.Text);
    if (!equality || !texts) {
      problem(
          place,
          "%s cannot be compared with %s".formatted(type.name(), condition.text()),
          "Expected a type, such as = \"Integer\" or in [\"Date\", \"Timestamp\"].");
      return;
    }
    for (Operand operand : condition.operands()) {
      String named = ((Operand.Text) operand).value();
      if (ValueType.named(named).isEmpty()) {
        problem(
            place,
            "there is no type '%s'".formatted(named),
            Nearest.suggestion(named, ValueType.names()));
      }
    }
  }

  private void problem(ParserRuleContext context, String found, String remedy) {
    problems.add(new Problem(RuleCheck.position(context), found, remedy));
  }
}
