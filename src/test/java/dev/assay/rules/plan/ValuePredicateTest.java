package dev.assay.rules.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.rules.parse.RulesetParser;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuePredicateTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "= 5 | coalesce(`amount` = 5, false)",
        "!= 5 | NOT (coalesce(`amount` = 5, false))",
        "> 5 | coalesce(`amount` > 5, false)",
        ">= -5.50 | coalesce(`amount` >= -5.50, false)",
        "< 5 | coalesce(`amount` < 5, false)",
        "<= .5 | coalesce(`amount` <= 0.5, false)",
        "between 1 and 5 | coalesce(`amount` > 1 AND `amount` < 5, false)",
        "not between 1 and 5 | coalesce(NOT (`amount` > 1 AND `amount` < 5), false)",
        "in [1, 2] | (coalesce(`amount` IN (1, 2), false))",
        "not in [1, 2] | NOT ((coalesce(`amount` IN (1, 2), false)))",
        "in [1, 0, 2.5, 3, 3.5] | (coalesce(`amount` IN (1, 3), false)) OR (coalesce(`amount` = 0, false)) OR (coalesce(`amount` IN (2.5, 3.5), false))",
        "in [1, 3000000000] | (coalesce(`amount` = 1, false)) OR (coalesce(`amount` = 3000000000, false))",
        "= \"5\" | coalesce(`amount` = 5, false)",
        "matches \"[0-9]\" | coalesce(CAST(`amount` AS STRING) RLIKE '\\\\A(?:[0-9])\\\\z', false)"
      })
  void writesConditionsOnNumbers(String condition, String predicate) {
    assertPredicate("ColumnValues \"amount\" " + condition, predicate);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "= \"open\" | coalesce(`name` = 'open', false)",
        "!= \"open\" | NOT (coalesce(`name` = 'open', false))",
        "> \"m\" | coalesce(`name` > 'm', false)",
        "= \"it's\" | coalesce(`name` = 'it\\'s', false)",
        "= \"a\\\\b\" | coalesce(`name` = 'a\\\\b', false)",
        "in [\"a\", \"b\", \"a\"] | (coalesce(`name` IN ('a', 'b'), false))",
        "in [\"a\", 5, \"b\"] | (coalesce(`name` IN ('a', 'b'), false)) OR (coalesce(try_cast(`name` AS DOUBLE) = 5, false))",
        "> 5 | coalesce(try_cast(`name` AS DOUBLE) > 5, false)",
        "= true | coalesce(lower(`name`) = 'true', false)",
        "> now() | coalesce(try_cast(`name` AS TIMESTAMP) > TIMESTAMP'2026-03-01T12:00:00Z',"
            + " false)",
        "matches \"\\d+\" | coalesce(CAST(`name` AS STRING) RLIKE '\\\\A(?:\\\\d+)\\\\z', false)",
        "not matches \"A\" | coalesce(NOT (CAST(`name` AS STRING) RLIKE '\\\\A(?:A)\\\\z'), false)"
      })
  void writesConditionsOnText(String condition, String predicate) {
    assertPredicate("ColumnValues \"name\" " + condition, predicate);
  }

  @Test
  void aRegularExpressionWithAlternativesMeetsWholeValuesToo() {
    assertPredicate(
        "ColumnValues \"name\" matches \"A|B\"",
        "coalesce(CAST(`name` AS STRING) RLIKE '\\\\A(?:A|B)\\\\z', false)");
  }

  // NULL breaks every condition but != and not in, unless the condition names it
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "= NULL | `name` IS NULL",
        "!= NULL | NOT (`name` IS NULL)",
        "in [\"a\", NULL] | (coalesce(`name` = 'a', false)) OR (`name` IS NULL)",
        "not in [\"a\", NULL] | NOT ((coalesce(`name` = 'a', false)) OR (`name` IS NULL))",
        "= EMPTY | coalesce(CAST(`name` AS STRING) = '', false)",
        "!= EMPTY | NOT (coalesce(CAST(`name` AS STRING) = '', false))",
        "= WHITESPACES_ONLY | coalesce(CAST(`name` AS STRING) RLIKE '^\\\\s+$', false)",
        "!= WHITESPACES_ONLY | NOT (coalesce(CAST(`name` AS STRING) RLIKE '^\\\\s+$', false))"
      })
  void writesKeywords(String condition, String predicate) {
    assertPredicate("ColumnValues \"name\" " + condition, predicate);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "born | > \"2020-02-29\" | coalesce(`born` > DATE'2020-02-29', false)",
        "born | between \"2020-01-01\" and \"2021-01-01\" | coalesce(`born` > DATE'2020-01-01' AND"
            + " `born` < DATE'2021-01-01', false)",
        "born | <= now() | coalesce(`born` <= DATE'2026-03-01', false)",
        "born | > (now() - 1 day) | coalesce(`born` > DATE'2026-02-28', false)",
        "born | = NULL | `born` IS NULL",
        "seen | > \"2020-01-01 10:00:00\" | coalesce(`seen` > TIMESTAMP'2020-01-01 10:00:00',"
            + " false)",
        "seen | < now() + 12 hours | coalesce(`seen` < TIMESTAMP'2026-03-02T00:00:00Z', false)",
        "active | = true | coalesce(`active` = true, false)",
        "active | != FALSE | NOT (coalesce(`active` = false, false))",
        "active | = \"true\" | coalesce(CAST(`active` AS STRING) = 'true', false)",
        "tags | != NULL | NOT (`tags` IS NULL)"
      })
  void writesConditionsOnOtherTypes(String column, String condition, String predicate) {
    assertPredicate("ColumnValues \"%s\" %s".formatted(column, condition), predicate);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "first name | first name | `first name`",
        "a.b | a.b | `a.b`",
        "tick`ed | tick`ed | `tick``ed`",
        "say \"hi\" | say \\\"hi\\\" | `say \"hi\"`",
        "it's | it's | `it's`",
        "back\\slash | back\\\\slash | `back\\slash`",
        "größe | größe | `größe`",
        "order | order | `order`"
      })
  void quotesOddColumnNames(String column, String written, String quoted) {
    RulePlanner planner =
        new RulePlanner(new TableShape(Map.of(column, "int")), Plans.context(MetricHistory.NONE));

    PlannedRule.Leaf leaf =
        planner
            .plan(RulesetParser.parse("test", "Rules = [ ColumnValues \"" + written + "\" > 0 ]"))
            .get(0)
            .leaves()
            .get(0);

    assertThat(leaf.columns()).containsExactly(column);
    Measure.Matching matching = (Measure.Matching) leaf.measures().get(0);
    assertThat(matching.predicate()).isEqualTo("coalesce(%s > 0, false)".formatted(quoted));
    assertThat(matching.columns()).containsExactly(column);
    assertThat(matching.range().orElseThrow().column()).isEqualTo(column);
  }

  @Test
  void aConstantIsPutInAsItsValue() {
    assertThat(constant("max = 5 Rules = [ ColumnLength \"code\" <= $max ]"))
        .isEqualTo("coalesce(length(`code`), 0) <= 5");
    assertThat(constant("max = 5 Rules = [ ColumnLength \"code\" in [$max, 6] ]"))
        .isEqualTo("coalesce(length(`code`), 0) IN (5, 6)");
    assertThat(constant("max = 5 Rules = [ ColumnLength \"code\" between 1 and $max ]"))
        .isEqualTo("coalesce(length(`code`), 0) > 1 AND coalesce(length(`code`), 0) < 5");
    assertThat(constant("t = \"Integer\" Rules = [ ColumnDataType \"code\" = $t ]"))
        .isEqualTo("`code` IS NULL OR (try_cast(CAST(`code` AS STRING) AS INT) IS NOT NULL)");
  }

  private static String constant(String ruleset) {
    PlannedRule.Leaf leaf =
        new RulePlanner(Plans.TABLE, Plans.context(MetricHistory.NONE))
            .plan(RulesetParser.parse("test", ruleset))
            .get(0)
            .leaves()
            .get(0);
    return ((Measure.Matching) leaf.measures().get(0)).predicate();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "= 3 | coalesce(length(`code`), 0) = 3",
        "!= 3 | coalesce(length(`code`), 0) <> 3",
        "between 1 and 4 | coalesce(length(`code`), 0) > 1 AND coalesce(length(`code`), 0) < 4",
        "not between 1 and 4 | NOT (coalesce(length(`code`), 0) > 1 AND coalesce(length(`code`), 0)"
            + " < 4)",
        "in [2, 3] | coalesce(length(`code`), 0) IN (2, 3)",
        "not in [2, 3] | coalesce(length(`code`), 0) NOT IN (2, 3)"
      })
  void countsTheCharactersOfNullAsNone(String condition, String predicate) {
    assertPredicate("ColumnLength \"code\" " + condition, predicate);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "= \"Integer\" | `name` IS NULL OR (try_cast(CAST(`name` AS STRING) AS INT) IS NOT NULL)",
        "= \"long\" | `name` IS NULL OR (try_cast(CAST(`name` AS STRING) AS BIGINT) IS NOT NULL)",
        "= \"Date\" | `name` IS NULL OR (try_cast(CAST(`name` AS STRING) AS DATE) IS NOT NULL)",
        "!= \"Double\" | `name` IS NULL OR NOT (try_cast(CAST(`name` AS STRING) AS DOUBLE) IS NOT"
            + " NULL)"
      })
  void asksWhetherTheTextOfAValueReadsAsTheType(String condition, String predicate) {
    assertPredicate("ColumnDataType \"name\" " + condition, predicate);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "= 90 minutes | %s = 5400.0D",
        "between 1 hour and 2 days | (%1$s > 3600.0D AND %1$s < 172800.0D)",
        "not between 1 hour and 2 days | NOT (%1$s > 3600.0D AND %1$s < 172800.0D)"
      })
  void measuresFreshnessInSecondsBeforeTheEvaluation(String condition, String predicate) {
    String age =
        "(unix_micros(TIMESTAMP'2026-03-01T12:00:00Z') - unix_micros(try_cast(`seen` AS"
            + " TIMESTAMP))) / 1000000D";

    assertPredicate(
        "DataFreshness \"seen\" " + condition,
        "coalesce(%s, false)".formatted(predicate.formatted(age)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"<= 24 hours | >=", "< 24 hours | >"})
  void aGreatestAgeOfAnInstantIsALeastInstant(String condition, String operator) {
    assertPredicate(
        "DataFreshness \"seen\" " + condition,
        "coalesce(`seen` %s timestamp_micros(1772280000000000), false)".formatted(operator));
  }

  private static void assertPredicate(String rule, String predicate) {
    assertThat(Plans.leaf(rule).measures().get(0))
        .isInstanceOfSatisfying(
            Measure.Matching.class,
            matching -> assertThat(matching.predicate()).isEqualTo(predicate));
  }
}
