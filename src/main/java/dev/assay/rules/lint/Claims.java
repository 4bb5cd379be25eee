package dev.assay.rules.lint;

import dev.assay.rules.lint.Values.Line;
import dev.assay.rules.parse.Condition;
import dev.assay.rules.parse.Rule;
import dev.assay.rules.parse.RuleType;
import dev.assay.rules.plan.TableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What rules claim, all of which must hold; nothing of rules whose numbers have no bounds known.
 */
final class Claims {
  private static final Values NOTHING_BUT_ALL =
      new Values(Line.NUMBER, List.of(Span.only(Point.of(1))), false);
  private static final Values SHARES =
      new Values(Line.NUMBER, List.of(new Span(Point.of(0), true, Point.of(1), true)), false);
  private static final Values COUNTS =
      new Values(Line.WHOLE_NUMBER, List.of(Span.from(Point.of(0), true)), false);
  private static final Values NOT_NEGATIVE =
      new Values(Line.NUMBER, List.of(Span.from(Point.of(0), true)), false);
  private static final Values NUMBERS = new Values(Line.NUMBER, List.of(Span.ALL), false);
  private static final Values CORRELATIONS =
      new Values(Line.NUMBER, List.of(new Span(Point.of(-1), true, Point.of(1), true)), false);
  private static final Values AGES = new Values(Line.TIME, List.of(Span.ALL), true);
  private static final Set<String> WHOLE = Set.of("tinyint", "smallint", "int", "bigint");

  private final Optional<TableShape> table;

  Claims(Optional<TableShape> table) {
    this.table = table;
  }

  List<Claim> of(Rule rule) {
    return switch (RuleType.valueOf(rule.type())) {
      case RowCount, ColumnCount, DistinctValuesCount, DuplicateRowCount -> number(rule, COUNTS);
      case Completeness, Uniqueness, UniqueValueRatio, ReferentialIntegrity, SchemaMatch ->
          number(rule, SHARES);
      case DatasetMatch, FileUniqueness -> number(rule, SHARES);
      case StandardDeviation, Variance, Entropy, Range, RowCountMatch -> number(rule, NOT_NEGATIVE);
      case ColumnCorrelation -> number(rule, CORRELATIONS);
      case Mean, Sum, Minimum, Maximum, Skewness, Kurtosis, AggregateMatch -> number(rule, NUMBERS);
      case CustomSql -> rule.condition().isPresent() ? number(rule, NUMBERS) : List.of();
      case IsComplete -> share("Completeness", rule);
      case IsUnique -> share("Uniqueness", rule);
      case IsPrimaryKey -> primaryKey(rule);
      case ColumnValues -> values(rule);
      case ColumnLength -> lengths(rule);
      case FileSize -> rule.tags().containsKey("failFast") ? List.of() : lengths(rule);
      case DataFreshness -> ages(rule);
      default -> List.of();
    };
  }

  /** The shares of rows that a rule's threshold lets pass. */
  static Optional<Claim> threshold(Rule rule) {
    return rule.threshold()
        .flatMap(condition -> ConditionValues.ofExactNumber(condition, Line.NUMBER))
        .map(shares -> new Claim("threshold", SHARES, shares, Optional.empty()));
  }

  private static List<Claim> number(Rule rule, Values possible) {
    return rule.condition()
        .flatMap(
            condition ->
                possible == COUNTS || possible == SHARES
                    ? ConditionValues.ofExactNumber(condition, possible.line())
                    : ConditionValues.ofNumber(condition, possible.line()))
        .map(
            allowed ->
                List.of(
                    new Claim(
                        subject(rule.type(), rule.parameters(), rule),
                        possible,
                        allowed,
                        Optional.empty())))
        .orElse(List.of());
  }

  private static List<Claim> share(String type, Rule rule) {
    String subject = subject(type, rule.parameters(), rule);
    if (rule.threshold().isEmpty()) {
      return List.of(new Claim(subject, SHARES, NOTHING_BUT_ALL, Optional.empty()));
    }
    return threshold(rule)
        .map(claim -> List.of(new Claim(subject, SHARES, claim.allowed(), Optional.empty())))
        .orElse(List.of());
  }

  private static List<Claim> primaryKey(Rule rule) {
    if (rule.threshold().isPresent()) {
      return share(rule.type(), rule);
    }
    List<Claim> claims = new ArrayList<>();
    claims.add(whole("Uniqueness", rule.parameters(), rule));
    for (String column : rule.parameters()) {
      claims.add(whole("Completeness", List.of(column), rule));
    }
    return claims;
  }

  private static Claim whole(String type, List<String> columns, Rule rule) {
    return new Claim(subject(type, columns, rule), SHARES, NOTHING_BUT_ALL, Optional.empty());
  }

  private List<Claim> values(Rule rule) {
    String type =
        table
            .flatMap(shape -> shape.find(rule.parameters().get(0)).map(shape::typeOf))
            .orElse("")
            .toLowerCase(Locale.ROOT);
    return rule.condition()
        .flatMap(condition -> ConditionValues.ofRows(condition, WHOLE.contains(type)))
        .map(allowed -> rows(rule, Values.everything(allowed.line()), allowed))
        .orElse(List.of());
  }

  private static List<Claim> lengths(Rule rule) {
    return rule.condition()
        .flatMap(condition -> ConditionValues.ofExactNumber(condition, Line.WHOLE_NUMBER))
        .map(allowed -> rows(rule, COUNTS, allowed))
        .orElse(List.of());
  }

  private static List<Claim> ages(Rule rule) {
    Optional<Condition> condition = rule.condition();
    return condition
        .flatMap(age -> ConditionValues.ofRows(age, false))
        .map(allowed -> rows(rule, AGES, allowed))
        .orElse(List.of());
  }

  private static List<Claim> rows(Rule rule, Values possible, Values allowed) {
    Optional<Values> share = threshold(rule).map(Claim::allowed);
    return rule.threshold().isPresent() && share.isEmpty()
        ? List.of()
        : List.of(
            new Claim(subject(rule.type(), rule.parameters(), rule), possible, allowed, share));
  }

  private static String subject(String type, List<String> parameters, Rule rule) {
    String subject = Signature.subject(type, parameters, rule.where());
    return rule.tags().isEmpty() ? subject : subject + " with " + new TreeMap<>(rule.tags());
  }
}
