package dev.assay.rules.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConstantsAndFormulasTest {
  private static final double[] PAST = {10, 4, 7, 3};

  @Test
  void aConstantStandsForItsTextNumberOrList() {
    Ruleset ruleset =
        parse(
            """
            Metadata = { "Version": "1" }
            states = ["CA", "NY"]   // two of them
            pattern = "[a-z]+"
            least = 5
            query = "select count(*) from primary"
            Rules = [
              ColumnValues "s" in $states,
              ColumnValues "s" matches $pattern,
              RowCount > $least where $query,
              CustomSql $query > $least
            ]
            """);

    assertThat(condition(ruleset, 0).operands())
        .extracting(Operand::text)
        .containsExactly("\"CA\"", "\"NY\"");
    assertThat(((Condition.Matches) condition(ruleset, 1)).regex()).isEqualTo("[a-z]+");
    assertThat(condition(ruleset, 2).operands())
        .singleElement()
        .isEqualTo(new Operand.Number(new java.math.BigDecimal("5"), "$least"));
    assertThat(ruleset.entries().get(3).expression().rules().get(0).parameters())
        .containsExactly("select count(*) from primary");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a = 1 Rules = [ RowCount > $b ] | constant $b is not defined | 'a'",
        "Rules = [ RowCount > $b ] | constant $b is not defined | Define it before the rules",
        "a = 1 a = 2 Rules = [ RowCount > $a ] | constant 'a' is defined twice | Keep one",
        "a = [1] Rules = [ RowCount > $a ] | constant $a is a list | behind 'in'",
        "a = 1 Rules = [ ColumnValues \"s\" in $a ] | constant $a is no list | Define it like",
        "a = 1 Rules = [ ColumnValues \"s\" matches $a ] | constant $a is no text in quotes | Only such",
        "Rules = [ RowCount > last(3) ] | last(3) is several runs, not one | avg(last(3))",
        "Rules = [ RowCount > mean(last(3)) ] | is no function of earlier runs | median",
        "Rules = [ RowCount > avg(last(9999)) ] | is no number of runs | up to 1000",
        "Rules = [ RowCount > index(last(3), 7) ] | last(3) has no run number 7 | up to 2 here",
        "Analyzers = [ Completness \"a\" ] | unknown analyzer 'Completness' | Completeness",
        "Analyzers = [ Mean ] | Mean has 0 parameters | Expected 1"
      })
  void whatIsWrongIsNamedWithItsPlaceAndARemedy(String text, String found, String remedy) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(InvalidRulesetException.class)
        .hasMessageContaining("test:1:")
        .hasMessageContaining(found)
        .hasMessageContaining(remedy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "last() | 10",
        "index(last(3), 2) | 7",
        "index(last(9), 8) | 0",
        "avg(last(10)) | 6",
        "median(last(10)) | 5.5",
        "median(last(3)) | 7",
        "max(last(2)) | 10",
        "min(last(10)) | 3",
        "sum(last(2)) | 14",
        "std(last(2)) | 3",
        "abs(index(last(3), 1) - 9) | 5",
        "avg(last(10)) * 0.5 + 1 | 4",
        "avg(last(10)) - std(last(2)) / 3 | 5",
        "(last() + 2) * 2 | 24",
        "10 - 4 * 2 | 2"
      })
  void aFormulaIsReckonedOverEarlierRuns(String formula, double value) {
    Operand operand =
        condition(parse("Rules = [ RowCount > " + formula + " ]"), 0).operands().get(0);

    double reckoned =
        operand instanceof Operand.Dynamic dynamic
            ? dynamic.formula().of(PAST)
            : ((Operand.Number) operand).value().doubleValue();
    assertThat(reckoned).isCloseTo(value, within(1e-12));
  }

  @Test
  void withoutEarlierRunsAFormulaIsZero() {
    for (String formula : new String[] {"last()", "avg(last(3))", "max(last(3))", "std(last(3))"}) {
      Operand operand =
          condition(parse("Rules = [ RowCount > " + formula + " ]"), 0).operands().get(0);
      assertThat(((Operand.Dynamic) operand).formula().of(new double[0])).isZero();
    }
  }

  @Test
  void analyzersAreReadBesideRules() {
    Ruleset ruleset =
        parse(
            "Rules = [ RowCount > 1 ] Analyzers = [ AllStatistics \"a\", RowCount where \"a > 1\" ]");

    assertThat(ruleset.entries()).hasSize(1);
    assertThat(ruleset.analyzers())
        .extracting(Rule::type, Rule::parameters, rule -> rule.where().orElse(""))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("AllStatistics", java.util.List.of("a"), ""),
            org.assertj.core.groups.Tuple.tuple("RowCount", java.util.List.of(), "a > 1"));
  }

  private static Ruleset parse(String text) {
    return RulesetParser.parse("test", text);
  }

  private static Condition condition(Ruleset ruleset, int rule) {
    return ruleset.entries().get(rule).expression().rules().get(0).condition().orElseThrow();
  }
}
