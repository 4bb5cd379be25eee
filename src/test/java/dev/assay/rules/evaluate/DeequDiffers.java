package dev.assay.rules.evaluate;

import dev.assay.model.RuleOutcome.Verdict;
import dev.assay.rules.evaluate.GeneratedTable.Column;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Why Deequ's DQDL engine says something else; each as narrow as it can be. */
enum DeequDiffers {
  /** {@code true} and {@code false} without quotes are not in its grammar. */
  BOOLEANS(found -> found.unparsed() && found.matches(".*(=|\\[|, ) ?(true|false).*")),

  /** Parser 1.0.0 knows one column for uniqueness. */
  SEVERAL_KEY_COLUMNS(
      found ->
          found.unparsed()
              && found.matches("Is(Unique|PrimaryKey).*|Uniqueness.*")
              && found.rule().columns().size() > 1),

  /** A part of a composite that cannot be parsed, for a reason of its own. */
  UNPARSED_PART(
      found ->
          found.unparsed()
              && found.rule().parts().stream().anyMatch(part -> found.of(part) == null)),

  /** A part of a composite comes to something else, for a reason of its own. */
  PARTS_DIFFER(
      found ->
          found.composite()
              && found.theirs().verdict()
                  == found
                      .rule()
                      .joined(
                          found.of(found.rule().parts().get(0)).verdict(),
                          found.of(found.rule().parts().get(1)).verdict())),

  /** Its verdicts are Passed and Failed: what cannot be measured gets one of them. */
  NO_THIRD_VERDICT(found -> !found.unparsed() && found.ours().verdict() == Verdict.UNANSWERED),

  /** A rule about rows fails where there are no rows; here it has none that break it. */
  NO_ROWS(found -> !found.unparsed() && found.ours().verdict() == Verdict.PASSED && found.noRows()),

  /** A threshold of ColumnValues is read and not used. */
  THRESHOLD_IGNORED(
      found ->
          !found.unparsed()
              && found.rule().type().equals("ColumnValues")
              && found.matches(".* with threshold .*")
              && (found.theirs().verdict() == Verdict.PASSED)
                  == found.ours().failingRows().orElse(1L).equals(0L)),

  /** Thresholds are in its grammar for ColumnValues, ColumnDataType and CustomSql. */
  THRESHOLD_UNPARSED(
      found ->
          found.unparsed()
              && found.matches("(IsComplete|ColumnLength|DataFreshness) .* with threshold .*")),

  /** Keys take no threshold in its grammar. */
  KEY_THRESHOLD_UNPARSED(
      found -> found.unparsed() && found.matches("Is(Unique|PrimaryKey) .* with threshold .*")),

  /** Deequ's further statistics are no rules of its language. */
  NO_SUCH_RULE(
      found ->
          found.unparsed()
              && found.matches(
                  "(Variance|Skewness|Kurtosis|Minimum|Maximum|Range|DuplicateRowCount)\\b.*")),

  /** Labels are not in its grammar. */
  LABELS(found -> found.unparsed() && found.matches(".* labels=\\[.*")),

  /** It keeps no history: what speaks of earlier runs is not parsed, or fails. */
  NO_HISTORY(
      found ->
          found.matches(".*last\\(.*")
              && (found.unparsed() || found.theirs().verdict() != Verdict.PASSED)),

  /** Datasets are compared only where keys occur once on both sides. */
  REPEATED_KEYS(
      found ->
          found.type("DatasetMatch")
              && found.theirs().message().contains("Comparison keys must be unique")),

  /** Schemas with different numbers of columns do not match at all. */
  SCHEMAS_OF_DIFFERENT_SIZE(
      found ->
          found.type("SchemaMatch")
              && found.theirs().message().contains("Column counts do not match")),

  /** A rule of its language that its engine does not know. */
  NO_AGGREGATE_MATCH(
      found -> found.type("AggregateMatch") && found.theirs().message().contains("not supported")),

  /** The share of names is given there, and a part of a name is enough. */
  NAMES_MATCH_IN_PART(
      found ->
          found.type("ColumnNamesMatchPattern")
              && (found.theirs().verdict() == found.ours().verdict()
                  || found.theirs().verdict() == Verdict.PASSED)),

  /** Names are not quoted everywhere, and escapes in them are not taken out. */
  ODD_NAMES(
      found ->
          !found.unparsed()
              && found.rule().columns().stream().anyMatch(column -> !column.plainName())
              && found.theirs().metrics().isEmpty()),

  /**
   * Beside a number with a fraction, whole numbers of a list are doubles, and large ones not exact.
   */
  WHOLE_NUMBERS_AS_DOUBLES(
      found -> found.values("bigint") && found.matches(".* in \\[.*[0-9]{17,}.*")),

  /** The only text that equals the number 5 is 5.0, and no text is above or below a number. */
  NUMBER_IN_TEXT(found -> found.values("string") && found.matches("\\w+ \"\\w+\" [^\"]*[0-9].*")),

  /** {@code = "true"} is not compared with a boolean. */
  TEXT_FOR_BOOLEAN(
      found ->
          found.values("boolean")
              && found.theirs().message().contains("DATATYPE_MISMATCH.DATA_DIFF_TYPES")),

  /** Instants are cut to days before they are compared with a date or with now. */
  DAYS_FOR_INSTANTS(
      found -> found.values("timestamp") && found.matches(".*(\"[0-9-]{10}\"|now\\(\\)).*")),

  /**
   * NULL fails some kinds of {@code !=} and {@code not in} and passes {@code not between}; the
   * reference has it the other way round.
   */
  NULL_IN_NEGATIONS(
      found ->
          found.type("ColumnValues")
              && found.matches(".* (!=|not in|not between) .*")
              && found.hasNull()
              && (found.values("date")
                  || found.matches(".* (!= (EMPTY|WHITESPACES_ONLY)|not in \\[EMPTY).*"))),

  /** White space is the space character. */
  OTHER_WHITE_SPACE(
      found ->
          found.type("ColumnValues")
              && found.matches(".*WHITESPACES_ONLY.*")
              && found.has(text -> text.isBlank() && !text.replace(" ", "").isEmpty())),

  /** {@code ^a|b$} is not {@code ^(a|b)$}, and $ stands before a last line feed too. */
  MATCHES_A_PART(
      found ->
          found.type("ColumnValues")
              && (found.matches(".* matches \"a\\|b\".*")
                  || found.matches(".* matches .*") && found.has(text -> text.endsWith("\n")))),

  /** The pattern is looked for at the beginning, between word boundaries. */
  NOT_MATCHES_LOOKS_AHEAD(
      found -> found.type("ColumnValues") && found.matches(".* not matches .*")),

  /** Backslashes stay in texts, and SQL then takes them for escapes. */
  ESCAPES(found -> !found.unparsed() && found.matches(".*\\\\.*")),

  /** A rule that was not measured passes when it has a where. */
  NOT_MEASURED_AND_PASSED(
      found ->
          !found.unparsed()
              && found.theirs().verdict() == Verdict.PASSED
              && found.theirs().metrics().isEmpty()
              && found.matches(".* where .*")),

  /** A key of several columns may have NULL in one of them. */
  NULL_IN_A_KEY(found -> found.type("IsPrimaryKey") && found.rule().columns().size() > 1),

  /** Rows returned are matched with rows by value: equal ones count several times. */
  EQUAL_ROWS(
      found ->
          found.type("CustomSqlRows")
              && found.table().rows().stream().distinct().count() < found.table().rows().size()),

  /** A number that is none meets what is negated. */
  NO_NUMBER_MEETS_NEGATIONS(
      found ->
          !found.unparsed()
              && found.ours().number().filter(it -> it.isNaN()).isPresent()
              && found.matches(".* (!=|not) .*")),

  /** A text like a date makes a list one of dates. */
  DATE_AMONG_KEYWORDS(
      found ->
          found.unparsed()
              && found.matches("ColumnValues .*(EMPTY|WHITESPACES_ONLY), \"[0-9-]{10}\".*")),

  /** Only the shortest and the longest text are looked at. */
  NEGATED_LENGTHS(
      found -> found.type("ColumnLength") && found.matches(".* (!=|not in|not between) .*")),

  /** NULL has no length; the reference says that it has length 0. */
  NULL_HAS_NO_LENGTH(found -> found.type("ColumnLength") && found.hasNull()),

  /** NULL is of no type; here it fits every type. */
  NULL_HAS_NO_TYPE(found -> found.type("ColumnDataType") && found.hasNull()),

  /** Without ANSI a cast to a whole number cuts the fraction off. */
  FRACTIONS_ARE_WHOLE(
      found ->
          found.type("ColumnDataType")
              && found.matches(".*\"(Integer|Long)\".*")
              && found.has(text -> text.contains("."))),

  /** It casts the value, not its text: 2 is true, and 2.5 is a date to no one. */
  CASTS_THE_VALUE(found -> found.type("ColumnDataType") && !found.column().type().equals("string")),

  /** The share is of the rows in the where, the rows that meet it are of the whole table. */
  FRESHNESS_IGNORES_WHERE(found -> found.type("DataFreshness") && found.matches(".* where .*")),

  /** All custom SQL of a ruleset shares one metric, and so each rule shows the same number. */
  CUSTOM_SQL_NUMBER(
      found -> found.type("CustomSql") && found.ours().verdict() == found.theirs().verdict()),

  /** Row-level custom SQL cannot be put to a table that has a column of such a name. */
  ODD_NAMES_IN_THE_TABLE(
      found ->
          found.type("CustomSqlRows")
              && found.table().columns().stream().anyMatch(column -> !column.plainName())
              && found.theirs().metrics().isEmpty()),

  /** Sums of 64 bits wrap around. */
  SUMS_WRAP(
      found ->
          found.rule().columns().stream().anyMatch(column -> column.type().equals("bigint"))
              && (found.type("Mean") || found.type("Sum"))
              && found.has(text -> text.length() > 17)),

  /** NULL is counted as a value. */
  NULL_IS_A_VALUE(found -> found.type("DistinctValuesCount") && found.hasNull()),

  /** The lowest of the shares is given here, uniqueness there. */
  KEY_NUMBER(
      found -> found.type("IsPrimaryKey") && found.ours().verdict() == found.theirs().verdict());

  /** One rule on one table. */
  record Case(
      GeneratedTable table,
      WrittenRule rule,
      Opinion ours,
      List<Double> results,
      Map<String, DeequEngine.Answer> all) {
    DeequEngine.Answer theirs() {
      return of(rule);
    }

    DeequEngine.Answer of(WrittenRule other) {
      return all.get(other.text());
    }

    boolean unparsed() {
      return theirs() == null;
    }

    boolean composite() {
      return !rule.parts().isEmpty() && !unparsed();
    }

    boolean type(String type) {
      return !unparsed() && rule.type().equals(type);
    }

    boolean values(String columnType) {
      return type("ColumnValues") && column().type().equals(columnType);
    }

    boolean noRows() {
      return !results.isEmpty() && (results.get(0) == null || results.get(0) == 0);
    }

    boolean hasNull() {
      int index = table.columns().indexOf(column());
      return table.rows().stream().anyMatch(row -> row.isNullAt(index));
    }

    boolean has(Predicate<String> value) {
      int index = table.columns().indexOf(column());
      return table.rows().stream()
          .anyMatch(row -> !row.isNullAt(index) && value.test(row.get(index).toString()));
    }

    boolean matches(String regex) {
      return rule.text().matches("(?s)" + regex);
    }

    Column column() {
      return rule.columns().get(0);
    }

    boolean agrees() {
      return !unparsed()
          && ours.verdict() == theirs().verdict()
          && (ours.number().isEmpty()
              || theirs()
                  .number()
                  .map(
                      number ->
                          Opinion.close(ours.number().get(), number, rule.scale().apply(results)))
                  .orElse(true));
    }
  }

  private final Predicate<Case> explains;

  DeequDiffers(Predicate<Case> explains) {
    this.explains = explains;
  }

  static boolean agreesOrIsKnown(Case found) {
    return found.agrees() || Arrays.stream(values()).anyMatch(each -> each.explains.test(found));
  }
}
