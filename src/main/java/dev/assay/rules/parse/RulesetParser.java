package dev.assay.rules.parse;

import dev.assay.model.Fingerprint;
import dev.assay.model.Position;
import dev.assay.rules.parse.InvalidRulesetException.Problem;
import dev.assay.rules.parse.grammar.DqdlLexer;
import dev.assay.rules.parse.grammar.DqdlParser;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenSource;

/** Reads DQDL. All problems of a text are reported together, each with line and column. */
public final class RulesetParser {
  private RulesetParser() {}

  /**
   * Reads a file in UTF-8.
   *
   * @throws InvalidRulesetException if the text is not a ruleset
   */
  public static Ruleset parse(Path file) {
    return parse(file.toString(), text(file));
  }

  /**
   * Reads a file in UTF-8 and keeps what is wrong with a rule beside that rule, as {@link
   * RuleExpression.Bad}.
   *
   * @throws InvalidRulesetException if something is wrong that is no single rule's: a section, a
   *     constant, default labels, an analyzer, a quote or bracket without an end
   */
  public static Ruleset parseWithBadRules(Path file) {
    return parseWithBadRules(file.toString(), text(file));
  }

  /** The same for a text. */
  public static Ruleset parseWithBadRules(String name, String text) {
    return new TolerantReader(name, text).ruleset();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (MalformedInputException e) {
      Problem problem =
          new Problem(new Position(1, 1), "the file is not UTF-8", "Save it as UTF-8.");
      throw new InvalidRulesetException(file.toString(), List.of(problem));
    } catch (IOException e) {
      Problem problem =
          new Problem(new Position(1, 1), "the file cannot be read", "Check the path.");
      throw new InvalidRulesetException(file.toString(), List.of(problem));
    }
  }

  /**
   * Reads a text.
   *
   * @param name what messages call the text
   * @throws InvalidRulesetException if the text is not a ruleset
   */
  public static Ruleset parse(String name, String text) {
    List<Problem> problems = new ArrayList<>();
    CommonTokenStream tokens = new CommonTokenStream(lexer(name, text));
    DqdlParser.RulesetContext tree = parser(tokens, problems).ruleset();
    if (!problems.isEmpty()) {
      throw new InvalidRulesetException(name, problems);
    }
    TreeReader reader = new TreeReader(tokens, problems, Constants.of(tree, problems));
    List<Ruleset.Entry> entries = reader.entries(tree);
    List<Rule> analyzers = reader.analyzers(tree);
    if (!problems.isEmpty()) {
      throw new InvalidRulesetException(name, problems);
    }
    return new Ruleset(name, entries, analyzers, fingerprint(tokens.getTokens()));
  }

  static TokenSource lexer(String name, String text) {
    DqdlLexer lexer = new DqdlLexer(CharStreams.fromString(text, name));
    lexer.removeErrorListeners();
    return lexer;
  }

  /** A parser that says what it cannot read to {@code problems}. */
  static DqdlParser parser(CommonTokenStream tokens, List<Problem> problems) {
    DqdlParser parser = new DqdlParser(tokens);
    parser.removeErrorListeners();
    parser.addErrorListener(new SyntaxErrors(problems));
    return parser;
  }

  static Fingerprint fingerprint(List<Token> tokens) {
    return Fingerprint.of(
        tokens.stream()
            .filter(token -> token.getType() != Token.EOF)
            .map(Token::getText)
            .collect(Collectors.toList()));
  }
}
