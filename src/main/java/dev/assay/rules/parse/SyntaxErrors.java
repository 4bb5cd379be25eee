package dev.assay.rules.parse;

import dev.assay.model.Nearest;
import dev.assay.model.Position;
import dev.assay.rules.parse.InvalidRulesetException.Problem;
import dev.assay.rules.parse.grammar.DqdlParser;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Turns what the grammar cannot read into sentences for the author. */
final class SyntaxErrors extends BaseErrorListener {
  private static final List<String> WORDS =
      List.of(
          "between",
          "matches",
          "where",
          "with",
          "threshold",
          "labels",
          "and",
          "days",
          "hours",
          "minutes");
  private static final List<String> SECTIONS = List.of("Rules", "Analyzers", "DefaultLabels");

  private final List<Problem> problems;

  SyntaxErrors(List<Problem> problems) {
    this.problems = problems;
  }

  @Override
  public void syntaxError(
      @Nullable Recognizer<?, ?> recognizer,
      @Nullable Object symbol,
      int line,
      int charPosition,
      @Nullable String message,
      @Nullable RecognitionException cause) {
    if (!(symbol instanceof Token token) || !(recognizer instanceof Parser parser)) {
      return;
    }
    // after the first syntax error the rest is guesswork
    if (!problems.isEmpty()) {
      return;
    }
    Optional<Token> section = misspeltSection(parser);
    if (section.isPresent()) {
      problems.add(
          new Problem(
              new Position(section.get().getLine(), section.get().getCharPositionInLine() + 1),
              "'%s' is not expected here".formatted(brief(section.get().getText())),
              "A ruleset is made of sections. "
                  + Nearest.suggestion(section.get().getText(), SECTIONS)));
      return;
    }
    String found =
        token.getType() == Token.EOF
            ? "the text ends too early"
            : "'%s' is not expected here".formatted(brief(token.getText()));
    problems.add(new Problem(new Position(line, charPosition + 1), found, remedy(parser, token)));
  }

  /** A section with a name that is none looks like a constant that is a list. */
  private static Optional<Token> misspeltSection(Parser parser) {
    for (ParserRuleContext context = parser.getContext();
        context != null;
        context = context.getParent()) {
      if (context instanceof DqdlParser.ConstantContext constant) {
        return Optional.of(constant.getStart())
            .filter(name -> Nearest.to(name.getText(), SECTIONS).isPresent());
      }
    }
    return Optional.empty();
  }

  private static String remedy(Parser parser, Token token) {
    if (token.getText().equals("\"")) {
      return "The text in quotes that starts here, or before, has no end.";
    }
    Optional<String> meant = meant(parser.getInputStream().LT(-1)).or(() -> meant(token));
    if (meant.isPresent()) {
      return meant.get();
    }
    String rule = parser.getRuleNames()[parser.getContext().getRuleIndex()];
    if (rule.equals("ruleset") && token.getType() == DqdlParser.IDENTIFIER) {
      return "A ruleset is made of sections. " + Nearest.suggestion(token.getText(), SECTIONS);
    }
    if (rule.equals("ruleset") || rule.equals("section")) {
      return "Expected a section such as Rules = [ IsComplete \"id\", … ], rules parted by commas.";
    }
    return switch (rule) {
      case "condition", "operand", "number" ->
          "Expected a condition such as > 0.9, = \"text\", between 1 and 5, in [\"a\", \"b\"] or matches \"regex\".";
      case "label", "labelMap", "labels" -> "Expected labels such as labels=[\"owner\"=\"fleet\"].";
      case "expression", "topRule" ->
          "Expected a rule such as IsComplete \"id\"; parts of a composite stand in parentheses.";
      default -> "Rules are parted by commas; column names stand in double quotes.";
    };
  }

  /** A word that is almost one of the language's, here or just before. */
  private static Optional<String> meant(@Nullable Token token) {
    if (token == null || token.getType() != DqdlParser.IDENTIFIER) {
      return Optional.empty();
    }
    return Nearest.to(token.getText(), WORDS)
        .map(word -> "Did you mean '%s' by '%s'?".formatted(word, token.getText()));
  }

  private static String brief(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
