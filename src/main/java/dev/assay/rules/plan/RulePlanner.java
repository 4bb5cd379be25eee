package dev.assay.rules.plan;

import dev.assay.model.AssayException;
import dev.assay.model.UnansweredReason;
import dev.assay.rules.parse.InvalidRulesetException.Problem;
import dev.assay.rules.parse.Rule;
import dev.assay.rules.parse.RuleExpression;
import dev.assay.rules.parse.Ruleset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans a ruleset for one table: what to measure for each rule, and the assertion on it. A rule
 * that cannot be measured is planned as its own unanswered finding and does not disturb the others.
 */
public final class RulePlanner {
  private static final Logger LOG = LoggerFactory.getLogger(RulePlanner.class);

  private final TableShape table;
  private final PlanContext context;

  public RulePlanner(TableShape table, PlanContext context) {
    this.table = table;
    this.context = context;
  }

  /** One plan per line of the ruleset, in its order. */
  public List<PlannedRule> plan(Ruleset ruleset) {
    return ruleset.entries().stream().map(entry -> new PlannedRule(entry, leaves(entry))).toList();
  }

  private List<PlannedRule.Leaf> leaves(Ruleset.Entry entry) {
    if (entry.expression() instanceof RuleExpression.Bad bad) {
      return List.of(bad(entry, bad));
    }
    return entry.expression().rules().stream().map(rule -> leaf(rule, entry.labels())).toList();
  }

  private static PlannedRule.Leaf bad(Ruleset.Entry entry, RuleExpression.Bad bad) {
    Rule rule =
        new Rule(
            RuleExpression.Bad.TYPE,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            entry.position(),
            entry.text());
    return unanswered(
        rule,
        UnansweredReason.BAD_RULE,
        String.join(" ", bad.problems().stream().map(Problem::text).toList()));
  }

  private PlannedRule.Leaf leaf(Rule rule, Map<String, String> labels) {
    try {
      return new RuleLeaves(table, context).leaf(rule, labels);
    } catch (MissingColumnException e) {
      return unanswered(
          rule,
          UnansweredReason.MISSING_COLUMN,
          "There is no column '%s'. %s".formatted(e.column(), e.remedy()));
    } catch (MissingReferenceException e) {
      return unanswered(
          rule,
          UnansweredReason.MISSING_REFERENCE,
          "There is no reference '%s'. Declare it in the job under references: {%s: layer.table}."
              .formatted(e.alias(), e.alias()));
    } catch (ValuePredicate.MisfitException e) {
      return unanswered(
          rule,
          UnansweredReason.WRONG_TYPE,
          "The rule does not fit: %s.".formatted(e.getMessage()));
    } catch (AssayException e) {
      // what earlier runs measured cannot be read, for example: nothing that is this rule's alone
      throw e;
    } catch (RuntimeException e) {
      return broken(rule, e);
    }
  }

  /** One rule that we cannot deal with costs no other its answer. */
  private static PlannedRule.Leaf broken(Rule rule, RuntimeException failure) {
    LOG.error("A rule could not be planned", failure);
    return unanswered(
        rule,
        UnansweredReason.ERROR,
        "Planning the rule failed with %s, which is our fault. Please report it with the rule."
            .formatted(failure.getClass().getSimpleName()));
  }

  /** What the ruleset's analyzers measure; what does not fit the table is left out. */
  public List<Measure> measures(Ruleset ruleset) {
    return ruleset.analyzers().stream()
        .flatMap(analyzer -> new AnalyzerMeasures(table).of(analyzer).stream())
        .distinct()
        .toList();
  }

  /** What one analyzer measures; nothing if it does not fit the table. */
  public List<Measure> measures(Rule analyzer) {
    return new AnalyzerMeasures(table).of(analyzer);
  }

  /** Which of the ruleset's analyzers measure nothing here and why, a sentence each. */
  public List<String> silentAnalyzers(Ruleset ruleset) {
    AnalyzerMeasures measures = new AnalyzerMeasures(table);
    return ruleset.analyzers().stream()
        .flatMap(
            analyzer ->
                measures
                    .silent(analyzer)
                    .map(why -> "Analyzer %s measures nothing: %s".formatted(analyzer.text(), why))
                    .stream())
        .toList();
  }

  private static PlannedRule.Leaf unanswered(Rule rule, UnansweredReason reason, String message) {
    return new PlannedRule.Leaf(
        rule, List.of(), List.of(), measured -> Finding.unanswered(reason, message));
  }

  /** A rule names a column or field that the table does not have. */
  static final class MissingColumnException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String column;
    private final String remedy;

    MissingColumnException(String column, String remedy) {
      super(column);
      this.column = column;
      this.remedy = remedy;
    }

    /** What may have been meant. */
    String remedy() {
      return remedy;
    }

    String column() {
      return column;
    }
  }

  /** A rule names a reference that the job does not declare. */
  static final class MissingReferenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String alias;

    MissingReferenceException(String alias) {
      super(alias);
      this.alias = alias;
    }

    String alias() {
      return alias;
    }
  }
}
