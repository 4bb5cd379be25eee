package dev.assay.rules.parse;

import dev.assay.rules.parse.grammar.DqdlParser;
import dev.assay.rules.parse.grammar.DqdlParser.ConditionContext;
import dev.assay.rules.parse.grammar.DqdlParser.OperandContext;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Reads conditions and operands from the grammar's tree. */
final class ConditionReader {
  private static final BigDecimal LONGEST = BigDecimal.valueOf(1000L * 366 * 86_400);

  private final Constants constants;
  private final FormulaReader formulas;

  ConditionReader(Constants constants, List<InvalidRulesetException.Problem> problems) {
    this.constants = constants;
    this.formulas = new FormulaReader(constants, problems);
  }

  Condition condition(ConditionContext context, String text) {
    if (context instanceof DqdlParser.BetweenConditionContext between) {
      return new Condition.Between(
          between.NOT() != null, operand(between.operand(0)), operand(between.operand(1)), text);
    }
    if (context instanceof DqdlParser.InConditionContext in) {
      List<Operand> operands = in.operand().stream().map(this::operand).toList();
      return new Condition.In(in.NOT() != null, operands, text);
    }
    if (context instanceof DqdlParser.MatchesConditionContext matches) {
      return new Condition.Matches(
          matches.NOT() != null, constants.text(matches.STRING(), matches.CONSTANT()), text);
    }
    if (context instanceof DqdlParser.InConstantConditionContext in) {
      List<Operand> operands =
          constants.operands(in.CONSTANT()).stream().map(this::operand).toList();
      return new Condition.In(in.NOT() != null, operands, text);
    }
    DqdlParser.CompareConditionContext compare = (DqdlParser.CompareConditionContext) context;
    return new Condition.Compare(operator(compare.comparison()), operand(compare.operand()), text);
  }

  private static Condition.Operator operator(DqdlParser.ComparisonContext context) {
    return switch (context.getStart().getType()) {
      case DqdlParser.EQ -> Condition.Operator.EQUAL;
      case DqdlParser.NEQ -> Condition.Operator.NOT_EQUAL;
      case DqdlParser.GT -> Condition.Operator.GREATER;
      case DqdlParser.GE -> Condition.Operator.GREATER_OR_EQUAL;
      case DqdlParser.LT -> Condition.Operator.LESS;
      case DqdlParser.LE -> Condition.Operator.LESS_OR_EQUAL;
      default -> throw new IllegalStateException("not a comparison: " + context.getText());
    };
  }

  private Operand operand(OperandContext context) {
    String text = context.getText();
    if (context instanceof DqdlParser.GroupedOperandContext grouped) {
      return operand(grouped.operand());
    }
    if (context instanceof DqdlParser.NumberOperandContext number) {
      return new Operand.Number(number(number.number()), text);
    }
    if (context instanceof DqdlParser.TextOperandContext) {
      return new Operand.Text(unquote(text), text);
    }
    if (context instanceof DqdlParser.KeywordOperandContext) {
      return new Operand.Keyword(Operand.Keyword.Kind.valueOf(text.toUpperCase(Locale.ROOT)), text);
    }
    if (context instanceof DqdlParser.BooleanOperandContext) {
      return new Operand.Bool(Boolean.parseBoolean(text.toLowerCase(Locale.ROOT)), text);
    }
    if (context instanceof DqdlParser.DurationOperandContext duration) {
      return new Operand.Length(duration(duration.number(), duration.unit()), text);
    }
    if (context instanceof DqdlParser.SizeOperandContext size) {
      return new Operand.Size(size(size), text);
    }
    if (context instanceof DqdlParser.InstantOperandContext instant) {
      return new Operand.Now(shift(instant.instant()), text);
    }
    if (context instanceof DqdlParser.ConstantOperandContext constant) {
      return constant(constant, text);
    }
    Formula formula = formulas.of(context);
    // what speaks of no earlier run is a number, only written as a sum
    return formula.depth() == 0 && Double.isFinite(formula.of(new double[0]))
        ? new Operand.Number(BigDecimal.valueOf(formula.of(new double[0])), text)
        : new Operand.Dynamic(formula, text);
  }

  private Operand constant(DqdlParser.ConstantOperandContext reference, String text) {
    DqdlParser.ConstantContext constant = constants.find(reference.CONSTANT().getSymbol());
    if (constant != null && constant.STRING() != null) {
      return new Operand.Text(unquote(constant.STRING().getText()), text);
    }
    if (constant != null && constant.number() != null) {
      return new Operand.Number(number(constant.number()), text);
    }
    if (constant != null) {
      constants.problem(
          reference.CONSTANT().getSymbol(), "is a list", "A list stands behind 'in' only.");
    }
    return new Operand.Number(BigDecimal.ZERO, text);
  }

  private static Duration shift(DqdlParser.InstantContext instant) {
    if (instant.number() == null) {
      return Duration.ZERO;
    }
    Duration length = duration(instant.number(), instant.unit());
    return instant.MINUS() == null ? length : length.negated();
  }

  private static Duration duration(DqdlParser.NumberContext number, DqdlParser.UnitContext unit) {
    long secondsPerUnit =
        switch (unit.getStart().getType()) {
          case DqdlParser.DAYS -> 86_400L;
          case DqdlParser.HOURS -> 3_600L;
          default -> 60L;
        };
    BigDecimal seconds = number(number).multiply(BigDecimal.valueOf(secondsPerUnit));
    // a thousand years is as good as for ever
    return Duration.ofMillis(seconds.min(LONGEST).movePointRight(3).longValue());
  }

  private static BigDecimal size(DqdlParser.SizeOperandContext context) {
    int power =
        switch (context.sizeUnit().getStart().getType()) {
          case DqdlParser.KILOBYTES -> 1;
          case DqdlParser.MEGABYTES -> 2;
          case DqdlParser.GIGABYTES -> 3;
          case DqdlParser.TERABYTES -> 4;
          default -> 0;
        };
    return number(context.number()).multiply(BigDecimal.valueOf(1024).pow(power));
  }

  static BigDecimal number(DqdlParser.NumberContext context) {
    return new BigDecimal(context.getText());
  }

  /** The text between the quotes; {@code \"} and {@code \\} stand for themselves without it. */
  static String unquote(String quoted) {
    String inner = quoted.substring(1, quoted.length() - 1);
    StringBuilder text = new StringBuilder(inner.length());
    for (int index = 0; index < inner.length(); index++) {
      char current = inner.charAt(index);
      boolean escape = current == '\\' && index + 1 < inner.length();
      // other escapes belong to regular expressions and stay as they are
      if (escape && (inner.charAt(index + 1) == '"' || inner.charAt(index + 1) == '\\')) {
        index++;
        text.append(inner.charAt(index));
      } else {
        text.append(current);
      }
    }
    return text.toString();
  }
}
