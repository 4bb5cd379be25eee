package dev.assay.pipeline;

import dev.assay.model.Metric;
import dev.assay.model.RuleOutcome;
import dev.assay.rules.evaluate.Evaluation;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes literals out of what is remembered of rules that speak of protected columns: a rule may
 * have been written with somebody's name in it, and the ledger is read by more people than the
 * rule.
 */
final class HiddenLiterals {
  private static final Pattern SQL_TEXT = Pattern.compile("'(?:[^'\\\\]|\\\\.|'')*'");
  private static final Pattern OPERAND =
      Pattern.compile("(?<=[=<>,\\[(]|in|and|between|matches)\\s*\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Pattern QUOTED_IN_SQL = Pattern.compile("\\\\\"(?:.*?)\\\\\"");
  private static final Pattern LONG_NUMBER = Pattern.compile("\\d{5,}");

  private final Set<String> secret;

  HiddenLiterals(Set<String> secretColumns) {
    this.secret = secretColumns;
  }

  Evaluation in(Evaluation evaluation) {
    if (secret.isEmpty()) {
      return evaluation;
    }
    return new Evaluation(
        evaluation.outcomes().stream().map(this::in).toList(),
        evaluation.metrics().stream().map(this::in).toList());
  }

  private RuleOutcome in(RuleOutcome outcome) {
    if (!mayQuote(outcome)) {
      return outcome;
    }
    return new RuleOutcome(
        outcome.ordinal(),
        hide(outcome.rule()),
        outcome.type(),
        outcome.columns(),
        outcome.labels(),
        outcome.verdict(),
        outcome.reason(),
        outcome.observed(),
        outcome.measured(),
        hide(outcome.message()),
        outcome.failingRows(),
        outcome.cost());
  }

  private Metric in(Metric metric) {
    return !metric.detail().isEmpty() ? metric.showing(hide(metric.detail())) : metric;
  }

  /** SQL, protected columns, and columns that may be misspelt protected ones. */
  private boolean mayQuote(RuleOutcome outcome) {
    String rule = outcome.rule();
    return outcome.unanswered()
        || rule.contains("CustomSql")
        || rule.toLowerCase(Locale.ROOT).contains("where")
        || secret.stream()
            .anyMatch(
                column -> rule.toLowerCase(Locale.ROOT).contains(column.toLowerCase(Locale.ROOT)));
  }

  private static String hide(String text) {
    String plain = SQL_TEXT.matcher(text).replaceAll("'***'");
    plain = QUOTED_IN_SQL.matcher(plain).replaceAll("'***'");
    plain = OPERAND.matcher(plain).replaceAll(" \"***\"");
    return LONG_NUMBER.matcher(plain).replaceAll("***");
  }
}
