package dev.assay.rules.parse;

import dev.assay.model.Nearest;
import dev.assay.rules.parse.InvalidRulesetException.Problem;
import dev.assay.rules.parse.grammar.DqdlParser;
import dev.assay.rules.parse.grammar.DqdlParser.SectionContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** From the grammar's tree to our rules, checking what the grammar leaves open. */
final class TreeReader {
  // the limits of AWS Glue
  private static final int MOST_LABELS = 10;
  private static final int LONGEST_KEY = 128;
  private static final int LONGEST_VALUE = 256;

  private final CommonTokenStream tokens;
  private final List<Problem> problems;
  private final Constants constants;
  private final ConditionReader conditions;

  TreeReader(CommonTokenStream tokens, List<Problem> problems, Constants constants) {
    this.tokens = tokens;
    this.problems = problems;
    this.constants = constants;
    this.conditions = new ConditionReader(constants, problems);
  }

  List<Ruleset.Entry> entries(DqdlParser.RulesetContext tree) {
    Map<String, String> defaults = defaults(tree);
    List<Ruleset.Entry> entries = new ArrayList<>();
    rules(tree).forEach(rule -> entries.add(entry(entries.size() + 1, rule, defaults)));
    return entries;
  }

  /** What is wrong with a rule becomes the rule's own instead of the ruleset's. */
  List<Ruleset.Entry> entriesWithBadOnes(DqdlParser.RulesetContext tree) {
    Map<String, String> defaults = defaults(tree);
    List<Ruleset.Entry> entries = new ArrayList<>();
    for (DqdlParser.TopRuleContext rule : rules(tree)) {
      int before = problems.size();
      Ruleset.Entry entry = entry(entries.size() + 1, rule, defaults);
      List<Problem> own = problems.subList(before, problems.size());
      entries.add(own.isEmpty() ? entry : bad(entry, own));
      own.clear();
    }
    return entries;
  }

  /** Its labels stay, so that a shadow rule counts nowhere, but a weight may be what is wrong. */
  private static Ruleset.Entry bad(Ruleset.Entry entry, List<Problem> own) {
    Map<String, String> labels = new LinkedHashMap<>(entry.labels());
    labels.remove("weight");
    return new Ruleset.Entry(
        entry.ordinal(), new RuleExpression.Bad(own), entry.text(), labels, entry.position());
  }

  private static List<DqdlParser.TopRuleContext> rules(DqdlParser.RulesetContext tree) {
    List<DqdlParser.TopRuleContext> rules = new ArrayList<>();
    for (SectionContext section : tree.section()) {
      if (section instanceof DqdlParser.RulesSectionContext named) {
        rules.addAll(named.topRule());
      }
    }
    return rules;
  }

  Map<String, String> defaults(DqdlParser.RulesetContext tree) {
    Map<String, String> defaults = new LinkedHashMap<>();
    tree.defaultLabels().forEach(labels -> defaults.putAll(labels(labels.labelMap())));
    return defaults;
  }

  /** Default labels are every rule's, so what is wrong with them is no single rule's fault. */
  void checkDefaults(DqdlParser.RulesetContext tree) {
    tree.defaultLabels().forEach(labels -> checkLabels(labels, labels(labels.labelMap())));
  }

  /** What an Analyzers section asks to measure. */
  List<Rule> analyzers(DqdlParser.RulesetContext tree) {
    List<Rule> analyzers = new ArrayList<>();
    for (SectionContext section : tree.section()) {
      if (section instanceof DqdlParser.AnalyzersSectionContext named) {
        named.analyzer().forEach(analyzer -> analyzers.add(analyzer(analyzer)));
      }
    }
    return analyzers;
  }

  private Rule analyzer(DqdlParser.AnalyzerContext context) {
    String name = context.name().getText();
    List<String> parameters = parameters(context.parameter());
    Optional<AnalyzerType> type = AnalyzerType.named(name);
    if (type.isEmpty()) {
      problem(
          context,
          "unknown analyzer '%s'".formatted(name),
          Nearest.suggestion(name, AnalyzerType.names()));
    } else if (!type.get().takes(parameters.size())) {
      problem(
          context,
          "%s has %d parameters".formatted(name, parameters.size()),
          "Expected %s.".formatted(type.get().arity()));
    }
    return new Rule(
        name,
        parameters,
        Optional.empty(),
        where(context.where()),
        Optional.empty(),
        RuleCheck.position(context),
        textOf(context));
  }

  private List<String> parameters(List<DqdlParser.ParameterContext> contexts) {
    return contexts.stream()
        .map(
            parameter ->
                parameter.name() != null
                    ? parameter.getText()
                    : constants.text(parameter.STRING(), parameter.CONSTANT()))
        .toList();
  }

  private Optional<String> where(DqdlParser.@Nullable WhereContext context) {
    return Optional.ofNullable(context)
        .map(where -> constants.text(where.STRING(), where.CONSTANT()));
  }

  private Ruleset.Entry entry(
      int ordinal, DqdlParser.TopRuleContext context, Map<String, String> defaults) {
    Map<String, String> labels = new LinkedHashMap<>(defaults);
    if (context.labels() != null) {
      labels.putAll(labels(context.labels().labelMap()));
    }
    if (context.expression() instanceof DqdlParser.SingleExpressionContext single) {
      List<DqdlParser.LabelsContext> own = single.rule_().labels();
      own.forEach(each -> labels.putAll(labels(each.labelMap())));
      if (own.size() > 1) {
        problem(own.get(1), "a rule has labels twice", "Put all of them into one list.");
      }
    }
    checkLabels(context, labels);
    RuleExpression expression = expression(context.expression());
    new KnownWordsCheck(problems).checkStrategy(context, labels, expression);
    return new Ruleset.Entry(
        ordinal, expression, textOf(context.expression()), labels, RuleCheck.position(context));
  }

  private void checkLabels(ParserRuleContext context, Map<String, String> labels) {
    String weight = labels.get("weight");
    if (weight != null && !weight.matches("\\d{1,6}(\\.\\d{1,6})?")) {
      problem(
          context,
          "label weight is '%s'".formatted(weight),
          "Expected a number from 0 to 999999, for example \"weight\"=\"2\".");
    }
    if (labels.size() > MOST_LABELS) {
      problem(
          context,
          "%d labels".formatted(labels.size()),
          "A rule has at most %d labels.".formatted(MOST_LABELS));
    }
    labels.forEach(
        (key, value) -> {
          checkLength(context, "the key of a label", key, LONGEST_KEY);
          checkLength(context, "the value of a label", value, LONGEST_VALUE);
        });
  }

  private void checkLength(ParserRuleContext context, String what, String text, int longest) {
    int length = text.codePointCount(0, text.length());
    if (length > longest) {
      problem(
          context,
          "%s has %d characters".formatted(what, length),
          "It may have %d.".formatted(longest));
    }
  }

  private RuleExpression expression(DqdlParser.ExpressionContext context) {
    if (context instanceof DqdlParser.GroupedExpressionContext grouped) {
      return inner(grouped.expression());
    }
    if (context instanceof DqdlParser.BothExpressionContext both) {
      return new RuleExpression.Joined(true, inner(both.expression(0)), inner(both.expression(1)));
    }
    if (context instanceof DqdlParser.EitherExpressionContext either) {
      return new RuleExpression.Joined(
          false, inner(either.expression(0)), inner(either.expression(1)));
    }
    return new RuleExpression.Single(rule(((DqdlParser.SingleExpressionContext) context).rule_()));
  }

  /** A part of a composite, which has no labels of its own. */
  private RuleExpression inner(DqdlParser.ExpressionContext context) {
    if (context instanceof DqdlParser.SingleExpressionContext single
        && !single.rule_().labels().isEmpty()) {
      problem(
          single.rule_().labels(0),
          "labels stand inside a composite",
          "Put the whole composite in parentheses and the labels behind it.");
    }
    return expression(context);
  }

  private Rule rule(DqdlParser.Rule_Context context) {
    List<String> parameters = parameters(context.parameter());
    Rule rule =
        new Rule(
            context.name().getText(),
            parameters,
            condition(context.condition()),
            where(context.where()),
            context.threshold() == null
                ? Optional.empty()
                : condition(context.threshold().condition()),
            tags(context.tag()),
            RuleCheck.position(context),
            textOf(context));
    new RuleCheck(problems).check(context, rule);
    return rule;
  }

  private Map<String, List<String>> tags(List<DqdlParser.TagContext> contexts) {
    Map<String, List<String>> tags = new LinkedHashMap<>();
    for (DqdlParser.TagContext tag : contexts) {
      String name =
          tag.name() != null
              ? tag.name().getText()
              : ConditionReader.unquote(tag.STRING().getText());
      if (tags.put(name, values(tag.tagValue())) != null) {
        problem(tag, "'with %s' stands twice".formatted(name), "Take one of them out.");
      }
    }
    return tags;
  }

  private List<String> values(DqdlParser.TagValueContext value) {
    if (value.STRING().isEmpty() && value.CONSTANT() == null) {
      return List.of(value.getText());
    }
    return value.CONSTANT() != null
        ? List.of(constants.text(null, value.CONSTANT()))
        : value.STRING().stream().map(text -> ConditionReader.unquote(text.getText())).toList();
  }

  private Optional<Condition> condition(DqdlParser.@Nullable ConditionContext context) {
    return context == null
        ? Optional.empty()
        : Optional.of(conditions.condition(context, textOf(context)));
  }

  private static Map<String, String> labels(DqdlParser.LabelMapContext context) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (DqdlParser.LabelContext label : context.label()) {
      labels.put(
          ConditionReader.unquote(label.STRING(0).getText()),
          ConditionReader.unquote(label.STRING(1).getText()));
    }
    return labels;
  }

  /** The source of a node, white space folded and labels left out. */
  private String textOf(ParserRuleContext context) {
    List<Token> source =
        new ArrayList<>(
            tokens.getTokens(
                context.getStart().getTokenIndex(), context.getStop().getTokenIndex()));
    List<DqdlParser.LabelsContext> labels = List.of();
    if (context instanceof DqdlParser.SingleExpressionContext single) {
      labels = single.rule_().labels();
    } else if (context instanceof DqdlParser.Rule_Context rule) {
      labels = rule.labels();
    }
    for (DqdlParser.LabelsContext left : labels) {
      int first = left.getStart().getTokenIndex();
      int last = left.getStop().getTokenIndex();
      source.removeIf(token -> token.getTokenIndex() >= first && token.getTokenIndex() <= last);
    }
    return textOf(source);
  }

  /** The source of tokens, white space folded. */
  static String textOf(List<Token> tokens) {
    StringBuilder text = new StringBuilder();
    @Nullable Token previous = null;
    for (Token token : tokens) {
      if (previous != null && token.getStartIndex() > previous.getStopIndex() + 1) {
        text.append(' ');
      }
      text.append(token.getText());
      previous = token;
    }
    return text.toString();
  }

  private void problem(ParserRuleContext context, String found, String remedy) {
    problems.add(new Problem(RuleCheck.position(context), found, remedy));
  }
}
