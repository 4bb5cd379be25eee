package dev.assay.rules.parse;

import dev.assay.model.Nearest;
import dev.assay.rules.parse.InvalidRulesetException.Problem;
import dev.assay.rules.parse.grammar.DqdlParser;
import dev.assay.rules.parse.grammar.DqdlParser.DynamicOperandContext;
import dev.assay.rules.parse.grammar.DqdlParser.OperandContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;

/** Reads formulas over earlier runs. */
final class FormulaReader {
  private static final int MOST_RUNS = 1000;
  private static final List<String> WORDS =
      List.of("last", "index", "avg", "median", "max", "min", "sum", "std", "abs");

  private final Constants constants;
  private final List<Problem> problems;

  FormulaReader(Constants constants, List<Problem> problems) {
    this.constants = constants;
    this.problems = problems;
  }

  Formula of(OperandContext context) {
    if (context instanceof DqdlParser.ScaledOperandContext scaled) {
      char operator = scaled.STAR() == null ? '/' : '*';
      return new Formula.Joined(operator, of(scaled.operand(0)), of(scaled.operand(1)));
    }
    if (context instanceof DqdlParser.ShiftedOperandContext shifted) {
      char operator = shifted.PLUS() == null ? '-' : '+';
      return new Formula.Joined(operator, of(shifted.operand(0)), of(shifted.operand(1)));
    }
    if (context instanceof DqdlParser.GroupedOperandContext grouped) {
      return of(grouped.operand());
    }
    if (context instanceof DqdlParser.NumberOperandContext number) {
      return new Formula.Constant(ConditionReader.number(number.number()).doubleValue());
    }
    if (context instanceof DqdlParser.ConstantOperandContext constant) {
      DqdlParser.ConstantContext found = constants.find(constant.CONSTANT().getSymbol());
      if (found != null && found.number() != null) {
        return new Formula.Constant(ConditionReader.number(found.number()).doubleValue());
      }
    }
    if (context instanceof DynamicOperandContext call) {
      return call(call);
    }
    return wrong(
        context,
        "'%s' is not a number".formatted(context.getText()),
        "Expected a number or a function of last(k).");
  }

  private Formula call(DynamicOperandContext call) {
    String name = call.name().getText();
    List<OperandContext> arguments =
        call.arguments() == null ? List.of() : call.arguments().operand();
    if (name.equals("last")) {
      int runs = arguments.isEmpty() ? 1 : count(arguments.get(0));
      return runs == 1
          ? new Formula.Earlier(0)
          : wrong(
              call,
              "last(%d) is several runs, not one".formatted(runs),
              "Say which number of them is meant, for example avg(last(%d)).".formatted(runs));
    }
    if (name.equals("index")
        && arguments.size() == 2
        && arguments.get(0) instanceof DynamicOperandContext runs
        && runs.name().getText().equals("last")) {
      return indexed(call, runs, arguments.get(1));
    }
    if (name.equals("abs") && arguments.size() == 1) {
      return new Formula.Absolute(of(arguments.get(0)));
    }
    Optional<Formula.Function> function =
        Arrays.stream(Formula.Function.values()).filter(one -> one.word().equals(name)).findFirst();
    if (function.isPresent()
        && arguments.size() == 1
        && arguments.get(0) instanceof DynamicOperandContext inner
        && inner.name().getText().equals("last")) {
      List<OperandContext> runs =
          inner.arguments() == null ? List.of() : inner.arguments().operand();
      return new Formula.Over(function.get(), runs.isEmpty() ? 1 : count(runs.get(0)));
    }
    return wrong(
        call,
        "'%s' is no function of earlier runs".formatted(call.getText()),
        WORDS.contains(name)
            ? "Expected for example last(), avg(last(10)) or index(last(3), 0)."
            : Nearest.suggestion(name.toLowerCase(Locale.ROOT), WORDS));
  }

  private Formula indexed(
      DynamicOperandContext call, DynamicOperandContext runs, OperandContext place) {
    List<OperandContext> asked = runs.arguments() == null ? List.of() : runs.arguments().operand();
    int many = asked.isEmpty() ? 1 : count(asked.get(0));
    int index = count(place);
    return index < many
        ? new Formula.Earlier(index)
        : wrong(
            call,
            "%s has no run number %d".formatted(runs.getText(), index),
            "Runs are counted from 0, the newest: up to %d here.".formatted(many - 1));
  }

  private int count(OperandContext context) {
    String text = context.getText();
    if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) > MOST_RUNS) {
      wrong(
          context,
          "'%s' is no number of runs".formatted(text),
          "Expected a whole number up to %d.".formatted(MOST_RUNS));
      return 1;
    }
    return Integer.parseInt(text);
  }

  private Formula wrong(ParserRuleContext context, String found, String remedy) {
    problems.add(new Problem(RuleCheck.position(context), found, remedy));
    return new Formula.Constant(0);
  }
}
