package dev.assay.rules.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.rules.parse.InvalidRulesetException.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bad rule is its own: the rules beside it are read as if it were not there. */
class BadRulesTest {
  @Test
  void badRulesStandInTheirPlacesWithWhatIsWrong() {
    Ruleset rules =
        read(
            """
            DefaultLabels = ["team"="fleet"]
            Rules = [
                IsCmplete "vin",
                IsComplete "vin" labels=["weight"="3"],
                Completeness "vin" > > 1,
                (IsComplete "a") or (ColumnValues "b" matches "[") labels=["shadow"="true"],
                ColumnValues "c" in ["x", 5, (now() - 3 days)],
                RowCount > $nothing
            ]
            Rules = [ RowCount, Mean "d" 5 ]
            """);

    assertThat(rules.entries())
        .extracting(Ruleset.Entry::ordinal)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(rules.entries())
        .extracting(BadRulesTest::said)
        .containsExactly(
            "Line 3, column 5: unknown rule type 'IsCmplete'. Did you mean 'IsComplete'?",
            "",
            "Line 5, column 26: '>' is not expected here. Expected a condition such as > 0.9, = \"text\", between 1 and 5, in [\"a\", \"b\"] or matches \"regex\".",
            "Line 6, column 43: the regular expression has an error: Unclosed character class. Java's syntax is expected.",
            "",
            "Line 8, column 16: constant $nothing is not defined. Define it before the rules, for example nothing = 10.",
            "Line 10, column 11: RowCount has no condition. Expected one such as > 0.9 or between 1 and 10.",
            "Line 10, column 30: '5' is not expected here. Rules are parted by commas; column names stand in double quotes.");
    assertThat(rules.entries())
        .extracting(Ruleset.Entry::text)
        .startsWith("IsCmplete \"vin\"", "IsComplete \"vin\"", "Completeness \"vin\" > > 1");
    assertThat(rules.entries().get(0).position().column()).isEqualTo(5);
    assertThat(rules.entries().get(2).labels()).containsEntry("team", "fleet");
    assertThat(rules.entries().get(3).labels()).containsEntry("shadow", "true");
  }

  @Test
  void whatIsGoodIsReadAsItAlwaysIs() {
    String text =
        """
        names = ["a", "b"]
        Rules = [ ColumnValues "n" in $names, (RowCount > 1) and (RowCount < 5), ]
        Analyzers = [ RowCount ]
        Rules = []
        """;

    assertThat(read(text)).isEqualTo(RulesetParser.parse("x.dqdl", text));
  }

  @Test
  void aBadWeightIsNoWeight() {
    Ruleset rules = read("Rules = [ RowCount > 1 labels=[\"weight\"=\"much\"], RowCount > 2 ]");

    assertThat(said(rules.entries().get(0))).contains("label weight is 'much'");
    assertThat(rules.entries().get(0).labels()).isEmpty();
    assertThat(said(rules.entries().get(1))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Rules = [ IsComplete \"a, IsUnique \"b\" ]",
        "Rules = [ ColumnValues \"a\" in [\"x\", RowCount > 1 ]",
        "Rules = [ (RowCount > 1, RowCount > 2 ]",
        "Rules = [ RowCount > 1, , RowCount > 2 ]",
        "Rules = [ RowCount > 1 ] ]",
        "Rule = [ RowCount > 1 ]",
        "Rules [ RowCount > 1 ]",
        "Rules = [ RowCount > 1 ] and more",
        "Rules = [ RowCount > 1 ] Analyzers = [ Nonsense \"a\" ]",
        "DefaultLabels = [\"weight\"=\"x\"] Rules = [ RowCount > 1 ]",
        "a = 1 a = 2 Rules = [ RowCount > 1 ]",
        "",
      })
  void whatIsNoSingleRulesFaultIsRefusedAsEver(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(InvalidRulesetException.class);
  }

  @Test
  void theTextDecidesTheFingerprintWhetherItIsGoodOrBad() {
    assertThat(read("Rules = [ IsCmplete \"a\" ]").fingerprint())
        .isNotEqualTo(read("Rules = [ IsCmplete \"b\" ]").fingerprint());
  }

  private static Ruleset read(String text) {
    return RulesetParser.parseWithBadRules("x.dqdl", text);
  }

  private static String said(Ruleset.Entry entry) {
    return entry.expression() instanceof RuleExpression.Bad bad
        ? String.join(" ", List.copyOf(bad.problems()).stream().map(Problem::text).toList())
        : "";
  }
}
