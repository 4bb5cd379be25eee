package dev.assay.jobs.filter;

import dev.assay.jobs.filter.grammar.RowFilterBaseVisitor;
import dev.assay.jobs.filter.grammar.RowFilterLexer;
import dev.assay.jobs.filter.grammar.RowFilterParser;
import dev.assay.model.job.RowExpression;
import dev.assay.model.job.RowExpression.Operator;
import dev.assay.model.job.RowFilter;
import java.util.List;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Row expressions from their text. */
public final class RowFilters {
  /** What Lake Formation takes. */
  private static final int LONGEST = 2048;

  private static final String EXPECTED =
      "Expected columns compared with constants: =, <>, <, <=, >, >=, BETWEEN, IN, LIKE, IS NULL, with AND, OR, NOT and parentheses; text in single quotes; no functions.";

  private RowFilters() {}

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException if it is none that Lake Formation takes; the message says
   *     where
   */
  public static RowFilter parse(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "the expression has %d characters, and Lake Formation takes at most %d"
              .formatted(text.length(), LONGEST));
    }
    Complaint complaint = new Complaint();
    RowFilterLexer lexer = new RowFilterLexer(CharStreams.fromString(text));
    lexer.removeErrorListeners();
    lexer.addErrorListener(complaint);
    RowFilterParser parser = new RowFilterParser(new CommonTokenStream(lexer));
    parser.removeErrorListeners();
    parser.addErrorListener(complaint);
    return new RowFilter(text, new Reading().visit(parser.filter().expression()));
  }

  /** The first thing that is not understood, by its character. */
  private static final class Complaint extends BaseErrorListener {
    @Override
    public void syntaxError(
        Recognizer<?, ?> recognizer,
        @Nullable Object symbol,
        int line,
        int column,
        String message,
        @Nullable RecognitionException cause) {
      String found =
          symbol instanceof Token token && token.getType() != Token.EOF
              ? "'%s'".formatted(token.getText())
              : "the end";
      throw new IllegalArgumentException(
          "character %d: %s is not understood. %s".formatted(column + 1, found, EXPECTED));
    }
  }

  private static final class Reading extends RowFilterBaseVisitor<RowExpression> {
    @Override
    public RowExpression visitNegated(RowFilterParser.NegatedContext context) {
      return visit(context.expression()).not();
    }

    @Override
    public RowExpression visitBoth(RowFilterParser.BothContext context) {
      return new RowExpression.All(context.expression().stream().map(this::visit).toList());
    }

    @Override
    public RowExpression visitEither(RowFilterParser.EitherContext context) {
      return new RowExpression.Any(context.expression().stream().map(this::visit).toList());
    }

    @Override
    public RowExpression visitParenthesised(RowFilterParser.ParenthesisedContext context) {
      return visit(context.expression());
    }

    @Override
    public RowExpression visitSingle(RowFilterParser.SingleContext context) {
      return visit(context.predicate());
    }

    @Override
    public RowExpression visitComparison(RowFilterParser.ComparisonContext context) {
      Operator operator =
          switch (context.operator().getText()) {
            case "=" -> Operator.EQUAL;
            case "<" -> Operator.LESS;
            case "<=" -> Operator.LESS_OR_EQUAL;
            case ">" -> Operator.GREATER;
            case ">=" -> Operator.GREATER_OR_EQUAL;
            default -> Operator.NOT_EQUAL;
          };
      return new RowExpression.Comparison(
          name(context.column()), operator, constant(context.constant()));
    }

    @Override
    public RowExpression visitMembership(RowFilterParser.MembershipContext context) {
      return new RowExpression.Membership(
          name(context.column()),
          context.constant().stream().map(Reading::constant).toList(),
          context.NOT() != null);
    }

    @Override
    public RowExpression visitRange(RowFilterParser.RangeContext context) {
      String column = name(context.column());
      RowExpression range =
          new RowExpression.All(
              List.of(
                  new RowExpression.Comparison(
                      column, Operator.GREATER_OR_EQUAL, constant(context.constant(0))),
                  new RowExpression.Comparison(
                      column, Operator.LESS_OR_EQUAL, constant(context.constant(1)))));
      return context.NOT() == null ? range : range.not();
    }

    @Override
    public RowExpression visitLikeness(RowFilterParser.LikenessContext context) {
      return new RowExpression.Likeness(
          name(context.column()), unquoted(context.STRING()), context.NOT() != null);
    }

    @Override
    public RowExpression visitAbsence(RowFilterParser.AbsenceContext context) {
      return new RowExpression.Absence(name(context.column()), context.NOT() != null);
    }

    private static String name(RowFilterParser.ColumnContext context) {
      String text = context.getText();
      return context.QUOTED() == null ? text : text.substring(1, text.length() - 1);
    }

    private static String constant(RowFilterParser.ConstantContext context) {
      return context.STRING() == null ? context.getText() : unquoted(context.STRING());
    }

    private static String unquoted(TerminalNode string) {
      String text = string.getText();
      return text.substring(1, text.length() - 1).replace("''", "'");
    }
  }
}
