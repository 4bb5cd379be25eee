package dev.assay.rules.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.assay.model.Position;
import dev.assay.rules.parse.Condition.Between;
import dev.assay.rules.parse.Condition.Compare;
import dev.assay.rules.parse.Condition.In;
import dev.assay.rules.parse.Condition.Matches;
import dev.assay.rules.parse.Condition.Operator;
import dev.assay.rules.parse.RuleExpression.Joined;
import dev.assay.rules.parse.RuleExpression.Single;
import dev.assay.rules.parse.Ruleset.Entry;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesetParserTest {
  @Test
  void readsARuleWithEverythingItCanHave() {
    Ruleset ruleset =
        parse(
            """
            Rules = [
              ColumnValues "status" in ["a", "b"]
                where "kind = 1" with threshold > 0.9
                labels=["team"="fleet"]
            ]
            """);

    String text =
        "ColumnValues \"status\" in [\"a\", \"b\"] where \"kind = 1\" with threshold > 0.9";
    assertThat(ruleset.file()).isEqualTo("test.dqdl");
    assertThat(ruleset.entries())
        .containsExactly(
            new Entry(
                1,
                new Single(
                    new Rule(
                        "ColumnValues",
                        List.of("status"),
                        Optional.of(
                            new In(false, List.of(text("a"), text("b")), "in [\"a\", \"b\"]")),
                        Optional.of("kind = 1"),
                        Optional.of(new Compare(Operator.GREATER, number("0.9"), "> 0.9")),
                        new Position(2, 3),
                        text)),
                text,
                Map.of("team", "fleet"),
                new Position(2, 3)));
  }

  @Test
  void numbersTheRulesInTheOrderOfTheTextAcrossSections() {
    Ruleset ruleset =
        parse(
            """
            Rules = [ RowCount > 0, ColumnCount = 3 ]
            rules = [
              IsComplete "id"
            ]
            """);

    assertThat(ruleset.entries())
        .extracting(Entry::ordinal, Entry::text, Entry::position)
        .containsExactly(
            tuple(1, "RowCount > 0", new Position(1, 11)),
            tuple(2, "ColumnCount = 3", new Position(1, 25)),
            tuple(3, "IsComplete \"id\"", new Position(3, 3)));
  }

  @Test
  void allowsACommaAfterTheLastRuleLabelAndMember() {
    Ruleset ruleset =
        parse(
            "Rules = [ ColumnValues \"a\" in [\"x\",] labels=[\"team\"=\"fleet\",], RowCount > 0, ]");

    assertThat(ruleset.entries())
        .extracting(Entry::text)
        .containsExactly("ColumnValues \"a\" in [\"x\",]", "RowCount > 0");
    assertThat(ruleset.entries().get(0).labels()).containsExactly(Map.entry("team", "fleet"));
  }

  @Test
  void readsASectionWithoutRules() {
    assertThat(parse("Rules = [ ]").entries()).isEmpty();
  }

  @Test
  void skipsCommentsUpToTheEndOfTheirLine() {
    Ruleset ruleset =
        parse(
            """
            # IsUnique "a",
            Rules = [ # IsUnique "b",
              RowCount > # at least
                10, # and no more
              # IsUnique "c",
              ColumnValues "tag" = "#1"
            ]
            # the end""");

    assertThat(ruleset.entries())
        .extracting(Entry::text)
        .containsExactly("RowCount > 10", "ColumnValues \"tag\" = \"#1\"");
  }

  @Test
  void foldsWhiteSpaceInTheTextOfARuleButNotInItsQuotes() {
    Ruleset ruleset = parse("Rules=[\n\n  ColumnValues\t\"a  b\"\r\n   =   \"x   y\"\n]");

    assertThat(ruleset.entries())
        .extracting(Entry::text)
        .containsExactly("ColumnValues \"a  b\" = \"x   y\"");
  }

  @Test
  void readsTextThatBeginsWithAByteOrderMarkAndUsesNoBreakSpaces() {
    assertThat(parse("\uFEFFRules\u00A0= [ RowCount\u00A0> 0 ]").entries())
        .extracting(Entry::text)
        .containsExactly("RowCount > 0");
  }

  @Test
  void readsParametersWithAndWithoutQuotesInTheirOrder() {
    assertThat(
            rule("IsPrimaryKey \"order id\" line `".replace("`", "\"odd.\\\"name\\\\\""))
                .parameters())
        .containsExactly("order id", "line", "odd.\"name\\");
  }

  @Test
  void keepsTheSqlOfACustomRuleAsWritten() {
    assertThat(
            rule("CustomSql \"select count(*) from primary where a = 'x' and b != \\\"y\\\"\" = 0"))
        .extracting(Rule::parameters)
        .isEqualTo(List.of("select count(*) from primary where a = 'x' and b != \"y\""));
  }

  @ParameterizedTest
  @CsvSource({
    "=, EQUAL",
    "==, EQUAL",
    "!=, NOT_EQUAL",
    "! =, NOT_EQUAL",
    ">, GREATER",
    ">=, GREATER_OR_EQUAL",
    "<, LESS",
    "<=, LESS_OR_EQUAL"
  })
  void readsEveryComparison(String written, Operator operator) {
    assertThat(condition("RowCount " + written + " 5"))
        .isEqualTo(new Compare(operator, number("5"), written + " 5"));
  }

  @ParameterizedTest
  @CsvSource({
    "EQUAL, =, false, true, false",
    "NOT_EQUAL, <>, true, false, true",
    "GREATER, >, false, false, true",
    "GREATER_OR_EQUAL, >=, false, true, true",
    "LESS, <, true, false, false",
    "LESS_OR_EQUAL, <=, true, true, false"
  })
  void everyOperatorKnowsItsSqlAndWhatItAccepts(
      Operator operator, String sql, boolean below, boolean equal, boolean above) {
    assertThat(operator.sql()).isEqualTo(sql);
    assertThat(List.of(operator.accepts(-7), operator.accepts(0), operator.accepts(7)))
        .containsExactly(below, equal, above);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "42", "-3", "0.95", ".5", "1e3", "1.5E-7", "-2.50"})
  void readsNumbersExactly(String written) {
    assertThat(condition("Mean \"a\" = " + written))
        .isEqualTo(
            new Compare(
                Operator.EQUAL,
                new Operand.Number(new BigDecimal(written), written),
                "= " + written));
  }

  @Test
  void readsBothFormsOfBetween() {
    assertThat(condition("RowCount between 1 and 5"))
        .isEqualTo(new Between(false, number("1"), number("5"), "between 1 and 5"));
    assertThat(condition("RowCount NOT BETWEEN -1 AND 1"))
        .isEqualTo(new Between(true, number("-1"), number("1"), "NOT BETWEEN -1 AND 1"));
  }

  @Test
  void readsBothFormsOfIn() {
    assertThat(condition("RowCount in [1]"))
        .isEqualTo(new In(false, List.of(number("1")), "in [1]"));
    assertThat(condition("ColumnValues \"a\" not in [\"x\", 2, NULL]"))
        .isEqualTo(
            new In(
                true,
                List.of(
                    text("x"), number("2"), new Operand.Keyword(Operand.Keyword.Kind.NULL, "NULL")),
                "not in [\"x\", 2, NULL]"));
  }

  @Test
  void readsBothFormsOfMatchesAndLeavesTheEscapesOfTheRegularExpressionAlone() {
    assertThat(condition("ColumnValues \"a\" matches \"[a-z]\\d+\""))
        .isEqualTo(new Matches(false, "[a-z]\\d+", "matches \"[a-z]\\d+\""));
    assertThat(condition("ColumnValues \"a\" not matches \"\\\"\\\\.\""))
        .isEqualTo(new Matches(true, "\"\\.", "not matches \"\\\"\\\\.\""));
    assertThat(condition("ColumnValues \"a\" matches \"x\"").operands()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "NULL, NULL",
    "null, NULL",
    "EMPTY, EMPTY",
    "empty, EMPTY",
    "WHITESPACES_ONLY, WHITESPACES_ONLY",
    "whitespaces_only, WHITESPACES_ONLY"
  })
  void readsKeywords(String written, Operand.Keyword.Kind kind) {
    assertThat(condition("ColumnValues \"a\" != " + written))
        .isEqualTo(
            new Compare(Operator.NOT_EQUAL, new Operand.Keyword(kind, written), "!= " + written));
  }

  @ParameterizedTest
  @CsvSource({"true, true", "TRUE, true", "false, false", "FALSE, false"})
  void readsTruthValues(String written, boolean value) {
    assertThat(condition("ColumnValues \"a\" = " + written))
        .isEqualTo(new Compare(Operator.EQUAL, new Operand.Bool(value, written), "= " + written));
  }

  @ParameterizedTest
  @CsvSource({
    "24 hours, PT24H",
    "1 hour, PT1H",
    "2 days, PT48H",
    "1 day, PT24H",
    "90 minutes, PT1H30M",
    "1 minute, PT1M",
    "1.5 days, PT36H",
    "0.5 minutes, PT30S"
  })
  void readsLengthsOfTime(String written, Duration length) {
    Condition condition = condition("DataFreshness \"at\" <= " + written);

    assertThat(condition.text()).isEqualTo("<= " + written);
    assertThat(condition.operands())
        .singleElement()
        .isInstanceOfSatisfying(
            Operand.Length.class, operand -> assertThat(operand.value()).isEqualTo(length));
  }

  @ParameterizedTest
  @CsvSource({
    "now(), 2026-03-01T12:00:00Z",
    "now() - 2 days, 2026-02-27T12:00:00Z",
    "now() + 36 hours, 2026-03-03T00:00:00Z",
    "(now() - 30 minutes), 2026-03-01T11:30:00Z"
  })
  void readsArithmeticOnNow(String written, Instant expected) {
    Condition condition = condition("ColumnValues \"at\" > " + written);

    assertThat(condition.text()).isEqualTo("> " + written);
    assertThat(condition.operands())
        .singleElement()
        .isInstanceOfSatisfying(
            Operand.Now.class,
            operand ->
                assertThat(operand.at(Instant.parse("2026-03-01T12:00:00Z"))).isEqualTo(expected));
  }

  @Test
  void readsNowAtBothEndsOfBetween() {
    assertThat(condition("ColumnValues \"at\" between (now() - 1 day) and now()").operands())
        .extracting(operand -> ((Operand.Now) operand).shift())
        .containsExactly(Duration.ofDays(-1), Duration.ZERO);
  }

  @Test
  void looksThroughParenthesesAroundAnOperand() {
    assertThat(condition("RowCount > ((5))"))
        .isEqualTo(new Compare(Operator.GREATER, number("5"), "> ((5))"));
  }

  @Test
  void keepsAnOperandOverPastRunsAsText() {
    assertThat(condition("RowCount between min(last(10)) and max(last())"))
        .isEqualTo(
            new Between(
                false,
                new Operand.Dynamic(new Formula.Over(Formula.Function.MIN, 10), "min(last(10))"),
                new Operand.Dynamic(new Formula.Over(Formula.Function.MAX, 1), "max(last())"),
                "between min(last(10)) and max(last())"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sum \"a\" between min(last(10)) - 1 and max(last(10)) + 1",
        "RowCount > avg(last(10)) * 0.5",
        "RowCount between (avg(last(5)) - 10) and (avg(last(5)) + 10)"
      })
  void keepsACalculationOverPastRunsAsText(String rule) {
    assertThat(condition(rule).operands()).allMatch(operand -> operand instanceof Operand.Dynamic);
  }

  @ParameterizedTest
  @CsvSource({"1 + 2 * 3, 7", "(1 + 2) * 3, 9", "5 -2, 3", "1 / 8, 0.125", "-2 * -2, 4"})
  void calculates(String written, String value) {
    assertThat(condition("RowCount > " + written).operands())
        .singleElement()
        .satisfies(
            operand ->
                assertThat(((Operand.Number) operand).value())
                    .isEqualByComparingTo(new BigDecimal(value)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "where \"b > 1\" with threshold > 0.9",
        "with threshold > 0.9 where \"b > 1\"",
        "WHERE \"b > 1\" WITH THRESHOLD > 0.9"
      })
  void takesWhereAndThresholdInBothOrders(String clauses) {
    Rule rule = rule("ColumnValues \"a\" > 0 " + clauses);

    assertThat(rule.condition()).contains(new Compare(Operator.GREATER, number("0"), "> 0"));
    assertThat(rule.where()).contains("b > 1");
    assertThat(rule.threshold()).contains(new Compare(Operator.GREATER, number("0.9"), "> 0.9"));
    assertThat(rule.text()).isEqualTo("ColumnValues \"a\" > 0 " + clauses);
  }

  @Test
  void takesEveryConditionOnNumbersAsAThreshold() {
    assertThat(rule("IsComplete \"a\" with threshold between 0 and 1").threshold())
        .contains(new Between(false, number("0"), number("1"), "between 0 and 1"));
    assertThat(rule("IsComplete \"a\" with threshold in [0.5, 1.0]").threshold())
        .contains(new In(false, List.of(number("0.5"), number("1.0")), "in [0.5, 1.0]"));
  }

  @Test
  void givesEveryRuleTheDefaultLabelsUnderItsOwn() {
    Ruleset ruleset =
        parse(
            """
            DefaultLabels = ["team"="fleet", "weight"="2"]
            Rules = [
              RowCount > 0,
              IsComplete "id" labels=["weight"="5", "shadow"="true"]
            ]
            """);

    assertThat(ruleset.entries())
        .extracting(Entry::labels)
        .containsExactly(
            Map.of("team", "fleet", "weight", "2"),
            Map.of("team", "fleet", "weight", "5", "shadow", "true"));
  }

  @Test
  void leavesLabelsOutOfTheText() {
    Entry entry = entry("IsComplete \"id\" labels = [\"team\" = \"fleet\"]");

    assertThat(entry.text()).isEqualTo("IsComplete \"id\"");
    assertThat(entry.expression().rules()).extracting(Rule::text).containsExactly(entry.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "2.5", "999999", "0.000001"})
  void acceptsWeightsFromZeroToSixDigits(String weight) {
    assertThat(entry("RowCount > 0 labels=[\"weight\"=\"" + weight + "\"]").labels())
        .isEqualTo(Map.of("weight", weight));
  }

  @Test
  void labelsMayStandBeforeTheThreshold() {
    Entry entry =
        entry(
            "ColumnValues \"a\" > 5 where \"b = 1\" labels=[\"team\"=\"fleet\"] with threshold > 0.9");

    assertThat(entry.labels()).containsExactly(Map.entry("team", "fleet"));
    assertThat(entry.text())
        .isEqualTo("ColumnValues \"a\" > 5 where \"b = 1\" with threshold > 0.9");
    assertThatThrownBy(
            () -> entry("IsComplete \"a\" labels=[\"x\"=\"1\"] with threshold > 0.9 labels=[]"))
        .hasMessageContaining("labels twice");
  }

  @Test
  void acceptsTenLabels() {
    StringBuilder labels = new StringBuilder();
    for (int number = 1; number <= 10; number++) {
      labels.append("\"l").append(number).append("\"=\"\",");
    }

    assertThat(entry("RowCount > 0 labels=[" + labels + "]").labels()).hasSize(10);
  }

  @Test
  void readsACompositeAsOneRule() {
    Entry entry = entry("(IsComplete \"a\") and (RowCount > 0) labels=[\"weight\"=\"3\"]");

    assertThat(entry)
        .isEqualTo(
            new Entry(
                1,
                new Joined(
                    true,
                    new Single(plain("IsComplete", List.of("a"), 12, "IsComplete \"a\"")),
                    new Single(
                        new Rule(
                            "RowCount",
                            List.of(),
                            Optional.of(new Compare(Operator.GREATER, number("0"), "> 0")),
                            Optional.empty(),
                            Optional.empty(),
                            new Position(1, 33),
                            "RowCount > 0"))),
                "(IsComplete \"a\") and (RowCount > 0)",
                Map.of("weight", "3"),
                new Position(1, 11)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(A) and (B) and (C)      | ((A and B) and C)",
        "(A) or (B) or (C)        | ((A or B) or C)",
        "(A) or (B) and (C)       | (A or (B and C))",
        "(A) and (B) or (C)       | ((A and B) or C)",
        "((A) or (B)) and (C)     | ((A or B) and C)",
        "(A) and ((B) or (C))     | (A and (B or C))",
        "(A) AND ((B) OR (((C)))) | (A and (B or C))",
        "((A) and (B)) or ((C) and (D)) | ((A and B) or (C and D))",
        "((A))                    | A"
      })
  void nestsCompositesAsTheParenthesesSayAndLetsAndBindTighter(String written, String expected) {
    String text = written.replaceAll("\\b([A-D])\\b", "IsComplete \"$1\"");

    RuleExpression expression = entry(text).expression();

    assertThat(shape(expression)).isEqualTo(expected);
    assertThat(expression.rules())
        .flatExtracting(Rule::parameters)
        .containsExactlyElementsOf(
            Stream.of("A", "B", "C", "D").filter(expected::contains).toList());
  }

  @Test
  void evaluatesWhereAndThresholdPerPartOfAComposite() {
    List<Rule> rules =
        entry(
                "(IsComplete \"a\" where \"x\") or (IsComplete \"b\" with threshold > 0.5 where \"y\")")
            .expression()
            .rules();

    assertThat(rules).extracting(Rule::where).containsExactly(Optional.of("x"), Optional.of("y"));
    assertThat(rules)
        .extracting(rule -> rule.threshold().map(Condition::text))
        .containsExactly(Optional.empty(), Optional.of("> 0.5"));
  }

  @Test
  void acceptsEveryRuleTypeOfTheReference() {
    assertThat(RuleType.names())
        .containsExactlyInAnyOrder(
            "AggregateMatch",
            "ColumnCorrelation",
            "ColumnCount",
            "ColumnDataType",
            "ColumnExists",
            "ColumnLength",
            "ColumnNamesMatchPattern",
            "ColumnValues",
            "Completeness",
            "CustomSql",
            "DataFreshness",
            "DatasetMatch",
            "DetectAnomalies",
            "DistinctValuesCount",
            "Entropy",
            "FileFreshness",
            "FileMatch",
            "FileSize",
            "FileUniqueness",
            "IsComplete",
            "IsPrimaryKey",
            "IsUnique",
            "Mean",
            "ReferentialIntegrity",
            "RowCount",
            "RowCountMatch",
            "SchemaMatch",
            "StandardDeviation",
            "Sum",
            "UniqueValueRatio",
            "Uniqueness",
            // Deequ's, beyond the reference
            "DuplicateRowCount",
            "Kurtosis",
            "Maximum",
            "Minimum",
            "Range",
            "Skewness",
            "Variance");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# a remark\nRules = [ RowCount > 0, IsComplete \"id\" ]",
        "Rules=[RowCount>0,IsComplete\"id\"]",
        "\n\n  Rules\t=\r\n[\nRowCount > 0,\n  # another\n IsComplete \"id\"]\n"
      })
  void layoutAndCommentsLeaveTheFingerprintAlone(String same) {
    assertThat(parse(same).fingerprint())
        .isEqualTo(parse("Rules = [ RowCount > 0, IsComplete \"id\" ]").fingerprint());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Rules = [ RowCount > 1, IsComplete \"id\" ]",
        "Rules = [ IsComplete \"id\", RowCount > 0 ]",
        "Rules = [ RowCount > 0, IsComplete \"i d\" ]",
        "Rules = [ RowCount > 0, IsComplete \"id\" labels=[\"weight\"=\"2\"] ]",
        "DefaultLabels = [\"weight\"=\"2\"] Rules = [ RowCount > 0, IsComplete \"id\" ]",
        "Rules = [ RowCount > 0 ]"
      })
  void contentChangesTheFingerprint(String other) {
    assertThat(parse(other).fingerprint())
        .isNotEqualTo(parse("Rules = [ RowCount > 0, IsComplete \"id\" ]").fingerprint());
  }

  @Test
  void aJobWithoutRulesetHasOneWithoutRules() {
    assertThat(Ruleset.none().entries()).isEmpty();
    assertThat(Ruleset.none().fingerprint()).isEqualTo(Ruleset.none().fingerprint());
  }

  @Test
  void readsAFileInUtf8(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(folder.resolve("städte.dqdl"), "Rules = [ IsComplete \"Größe\" ]");

    Ruleset ruleset = RulesetParser.parse(file);

    assertThat(ruleset.file()).isEqualTo(file.toString());
    assertThat(ruleset.entries()).extracting(Entry::text).containsExactly("IsComplete \"Größe\"");
  }

  @Test
  void saysWhichFileCannotBeRead(@TempDir Path folder) {
    Path file = folder.resolve("nowhere.dqdl");

    assertThatThrownBy(() -> RulesetParser.parse(file))
        .isInstanceOf(InvalidRulesetException.class)
        .hasMessage(file + ":1:1: the file cannot be read. Check the path.");
  }

  @ParameterizedTest
  @MethodSource("shippedRulesets")
  void readsEveryRulesetThatShips(Path file) {
    assertThat(RulesetParser.parse(file).entries()).isNotEmpty();
  }

  static List<Path> shippedRulesets() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("rulesets"))) {
      return files.filter(file -> file.toString().endsWith(".dqdl")).sorted().toList();
    }
  }

  private static String shape(RuleExpression expression) {
    if (expression instanceof Joined joined) {
      return "(%s %s %s)"
          .formatted(shape(joined.left()), joined.both() ? "and" : "or", shape(joined.right()));
    }
    return ((Single) expression).rule().parameters().get(0);
  }

  private static Ruleset parse(String text) {
    return RulesetParser.parse("test.dqdl", text);
  }

  private static Entry entry(String rule) {
    List<Entry> entries = parse("Rules = [ " + rule + " ]").entries();
    assertThat(entries).hasSize(1);
    return entries.get(0);
  }

  private static Rule rule(String text) {
    return ((Single) entry(text).expression()).rule();
  }

  private static Condition condition(String rule) {
    return rule(rule).condition().orElseThrow();
  }

  private static Rule plain(String type, List<String> parameters, int column, String text) {
    return new Rule(
        type,
        parameters,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new Position(1, column),
        text);
  }

  private static Operand number(String text) {
    return new Operand.Number(new BigDecimal(text), text);
  }

  private static Operand text(String text) {
    return new Operand.Text(text, "\"" + text + "\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Rules = [ IsComplete \"a\" and IsComplete \"b\" labels=[\"weight\"=\"2\"] ]",
        "Rules = [ (IsComplete \"a\" labels=[\"weight\"=\"2\"]) and (RowCount > 0) ]"
      })
  void refusesLabelsInsideAComposite(String text) {
    assertThatThrownBy(() -> RulesetParser.parse("r", text))
        .isInstanceOf(InvalidRulesetException.class)
        .hasMessageContaining("labels stand inside a composite");
  }

  @Test
  void saysThatACommaIsMissing() {
    assertThatThrownBy(
            () -> RulesetParser.parse("r", "Rules = [\n IsComplete \"id\"\n RowCount > 0\n]"))
        .isInstanceOf(InvalidRulesetException.class)
        .hasMessage(
            "r:2:2: a comma is missing between IsComplete and RowCount. Rules are parted by commas.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ColumnValues \"a\" betwen 1 and 2 | 1:35: '1' is not expected here. Did you mean 'between' by 'betwen'?",
        "DataFreshness \"a\" < 3 dayz | 1:33: 'dayz' is not expected here. Did you mean 'days' by 'dayz'?",
      })
  void namesTheWordThatIsMisspelt(String rule, String message) {
    assertThatThrownBy(() -> RulesetParser.parse("r", "Rules = [ " + rule.strip() + " ]"))
        .isInstanceOf(InvalidRulesetException.class)
        .hasMessage("r:" + message.strip());
  }
}
