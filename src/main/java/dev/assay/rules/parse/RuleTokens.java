package dev.assay.rules.parse;

import dev.assay.rules.parse.grammar.DqdlLexer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/**
 * Which tokens of a ruleset are whose rule: by commas and brackets alone, so that it can be told
 * for rules that the grammar cannot read.
 */
final class RuleTokens {
  /** The tokens of one rule, and the comma or bracket that ends it. */
  record Place(int from, int end) {}

  private final List<Token> tokens;
  private final List<Place> places = new ArrayList<>();

  private RuleTokens(List<Token> tokens) {
    this.tokens = tokens;
  }

  /**
   * Empty if quotes or brackets leave open where a rule ends, or if there is nothing in a place.
   */
  static Optional<RuleTokens> of(List<Token> tokens) {
    RuleTokens found = new RuleTokens(tokens);
    return found.divide() ? Optional.of(found) : Optional.empty();
  }

  /** In the order of the text. */
  List<Place> places() {
    return places;
  }

  /** Copies of a rule's tokens with the one that ends it. */
  List<Token> alone(Place place) {
    return copies(tokens.subList(place.from(), place.end() + 1));
  }

  /** The rule's tokens as they stand. */
  List<Token> tokensOf(Place place) {
    return tokens.subList(place.from(), place.end());
  }

  /** Copies of all tokens but those of some rules. */
  List<Token> without(List<Place> left) {
    List<Token> rest = new ArrayList<>();
    int next = 0;
    for (Place place : left) {
      rest.addAll(tokens.subList(next, place.from()));
      boolean comma = tokens.get(place.end()).getType() == DqdlLexer.COMMA;
      next = comma ? place.end() + 1 : place.end();
    }
    rest.addAll(tokens.subList(next, tokens.size()));
    return copies(rest);
  }

  /** A stream of tokens numbers those it is given, so each gets its own. */
  private static List<Token> copies(List<Token> originals) {
    return originals.stream().<Token>map(CommonToken::new).toList();
  }

  private boolean divide() {
    Deque<Integer> open = new ArrayDeque<>();
    int from = -1;
    for (int index = 0; index < tokens.size(); index++) {
      Token token = tokens.get(index);
      switch (token.getType()) {
        case DqdlLexer.LBRACK -> {
          if (open.isEmpty() && from < 0 && rulesBefore(index)) {
            from = index + 1;
          }
          open.push(DqdlLexer.RBRACK);
        }
        case DqdlLexer.LPAREN -> open.push(DqdlLexer.RPAREN);
        case DqdlLexer.LBRACE -> open.push(DqdlLexer.RBRACE);
        case DqdlLexer.RBRACK, DqdlLexer.RPAREN, DqdlLexer.RBRACE -> {
          if (open.isEmpty() || open.pop() != token.getType()) {
            return false;
          }
          if (open.isEmpty() && from >= 0) {
            if (from < index) {
              places.add(new Place(from, index));
            }
            from = -1;
          }
        }
        case DqdlLexer.COMMA -> {
          if (open.size() == 1 && from >= 0) {
            if (from == index) {
              return false;
            }
            places.add(new Place(from, index));
            from = index + 1;
          }
        }
        default -> {
          if (token.getText().equals("\"")) {
            return false;
          }
        }
      }
    }
    return open.isEmpty();
  }

  private boolean rulesBefore(int bracket) {
    return bracket >= 2
        && tokens.get(bracket - 1).getType() == DqdlLexer.EQ
        && tokens.get(bracket - 2).getType() == DqdlLexer.RULES;
  }
}
