package dev.assay.rules.parse;

import dev.assay.model.Nearest;
import dev.assay.rules.parse.InvalidRulesetException.Problem;
import dev.assay.rules.parse.grammar.DqdlParser;
import dev.assay.rules.parse.grammar.DqdlParser.OperandContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** The constants of a ruleset: {@code states = ["CA", "NY"]}, used as {@code $states}. */
final class Constants {
  private final Map<String, DqdlParser.ConstantContext> byName;
  private final List<Problem> problems;

  private Constants(Map<String, DqdlParser.ConstantContext> byName, List<Problem> problems) {
    this.byName = byName;
    this.problems = problems;
  }

  static Constants of(DqdlParser.RulesetContext tree, List<Problem> problems) {
    Map<String, DqdlParser.ConstantContext> byName = new LinkedHashMap<>();
    for (DqdlParser.ConstantContext constant : tree.constant()) {
      String name = constant.name().getText();
      if (byName.put(name, constant) != null) {
        problems.add(
            new Problem(
                RuleCheck.position(constant),
                "constant '%s' is defined twice".formatted(name),
                "Keep one of them."));
      }
    }
    return new Constants(byName, problems);
  }

  /** The text of a string, or of a constant that is one. */
  String text(@Nullable TerminalNode string, @Nullable TerminalNode reference) {
    if (string != null) {
      return ConditionReader.unquote(string.getText());
    }
    if (reference == null) {
      throw new IllegalStateException("the grammar has a string or a constant here");
    }
    DqdlParser.ConstantContext constant = find(reference.getSymbol());
    if (constant == null) {
      return "";
    }
    if (constant.STRING() == null) {
      problem(reference.getSymbol(), "is no text in quotes", "Only such a constant fits here.");
      return "";
    }
    return ConditionReader.unquote(constant.STRING().getText());
  }

  /** The operands that a constant stands for. */
  List<OperandContext> operands(TerminalNode reference) {
    DqdlParser.ConstantContext constant = find(reference.getSymbol());
    if (constant != null && constant.operand().isEmpty()) {
      problem(reference.getSymbol(), "is no list", "Define it like names = [\"a\", \"b\"].");
    }
    return constant == null ? List.of() : constant.operand();
  }

  /** The constant; {@code null} if there is none, which was said then. */
  DqdlParser.@Nullable ConstantContext find(Token reference) {
    String name = reference.getText().substring(1);
    DqdlParser.ConstantContext constant = byName.get(name);
    if (constant == null) {
      problem(
          reference,
          "is not defined",
          byName.isEmpty()
              ? "Define it before the rules, for example %s = 10.".formatted(name)
              : Nearest.suggestion(name, byName.keySet()));
    }
    return constant;
  }

  void problem(Token reference, String found, String remedy) {
    problems.add(
        new Problem(
            new dev.assay.model.Position(
                reference.getLine(), reference.getCharPositionInLine() + 1),
            "constant %s %s".formatted(reference.getText(), found),
            remedy));
  }
}
