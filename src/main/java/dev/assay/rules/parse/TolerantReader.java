package dev.assay.rules.parse;

import dev.assay.model.Position;
import dev.assay.rules.parse.InvalidRulesetException.Problem;
import dev.assay.rules.parse.RuleTokens.Place;
import dev.assay.rules.parse.grammar.DqdlParser;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;

/**
 * Reads a ruleset rule by rule: those that the grammar cannot read are taken out before the rest is
 * read, and put back as bad rules in their places.
 */
final class TolerantReader {
  private final String name;
  private final String text;

  TolerantReader(String name, String text) {
    this.name = name;
    this.text = text;
  }

  Ruleset ruleset() {
    CommonTokenStream all = new CommonTokenStream(RulesetParser.lexer(name, text));
    all.fill();
    Optional<RuleTokens> divided = RuleTokens.of(all.getTokens());
    // with nothing that can be told apart it is all or nothing
    return divided.isEmpty()
        ? RulesetParser.parse(name, text)
        : ruleset(divided.get(), all.getTokens());
  }

  private Ruleset ruleset(RuleTokens rules, List<Token> all) {
    Map<Place, Problem> bad = new LinkedHashMap<>();
    rules.places().forEach(place -> problem(rules, place).ifPresent(p -> bad.put(place, p)));
    List<Problem> problems = new ArrayList<>();
    CommonTokenStream rest =
        new CommonTokenStream(new ListTokenSource(rules.without(List.copyOf(bad.keySet())), name));
    DqdlParser.RulesetContext tree = RulesetParser.parser(rest, problems).ruleset();
    refuse(problems);
    TreeReader reader = new TreeReader(rest, problems, Constants.of(tree, problems));
    reader.checkDefaults(tree);
    refuse(problems);
    List<Ruleset.Entry> read = reader.entriesWithBadOnes(tree);
    List<Rule> analyzers = reader.analyzers(tree);
    refuse(problems);
    if (read.size() + bad.size() != rules.places().size()) {
      return RulesetParser.parse(name, text);
    }
    Iterator<Ruleset.Entry> good = read.iterator();
    List<Ruleset.Entry> entries = new ArrayList<>();
    for (Place place : rules.places()) {
      Problem problem = bad.get(place);
      int ordinal = entries.size() + 1;
      entries.add(
          problem == null
              ? at(ordinal, good.next())
              : entry(ordinal, rules.tokensOf(place), problem, reader.defaults(tree)));
    }
    return new Ruleset(name, entries, analyzers, RulesetParser.fingerprint(all));
  }

  private static Optional<Problem> problem(RuleTokens rules, Place place) {
    List<Problem> problems = new ArrayList<>();
    RulesetParser.parser(new CommonTokenStream(new ListTokenSource(rules.alone(place))), problems)
        .loneRule();
    return problems.stream().findFirst();
  }

  private static Ruleset.Entry at(int ordinal, Ruleset.Entry entry) {
    return new Ruleset.Entry(
        ordinal, entry.expression(), entry.text(), entry.labels(), entry.position());
  }

  /** The labels of such a rule cannot be relied on, so it has the default ones. */
  private static Ruleset.Entry entry(
      int ordinal, List<Token> tokens, Problem problem, Map<String, String> labels) {
    return new Ruleset.Entry(
        ordinal,
        new RuleExpression.Bad(List.of(problem)),
        TreeReader.textOf(tokens),
        labels,
        new Position(tokens.get(0).getLine(), tokens.get(0).getCharPositionInLine() + 1));
  }

  private void refuse(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new InvalidRulesetException(name, problems);
    }
  }
}
