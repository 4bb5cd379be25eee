package dev.assay.rules.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.assay.model.UnansweredReason;
import dev.assay.rules.parse.RulesetParser;
import dev.assay.rules.plan.Measure.Statistic.Kind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulePlannerTest {
  private static final Optional<String> ALL = Optional.empty();

  @ParameterizedTest
  @MethodSource("measuresOfRules")
  void measuresWhatARuleTypeNeeds(String rule, List<String> columns, List<Measure> measures) {
    PlannedRule.Leaf leaf = Plans.leaf(rule);

    assertThat(leaf.columns()).isEqualTo(columns);
    assertThat(leaf.measures()).isEqualTo(measures);
  }

  static Stream<Arguments> measuresOfRules() {
    Optional<String> where = Optional.of("id > 1");
    return Stream.of(
        Arguments.of("RowCount > 0", List.of(), List.of(new Measure.RowCount(ALL))),
        Arguments.of(
            "RowCount > 0 where \"id > 1\"", List.of(), List.of(new Measure.RowCount(where))),
        Arguments.of("ColumnCount = 9", List.of(), List.of(new Measure.Known("ColumnCount", 9))),
        Arguments.of("ColumnExists \"name\"", List.of("name"), List.of()),
        Arguments.of("ColumnExists \"other\"", List.of(), List.of()),
        Arguments.of(
            "IsComplete \"name\"",
            List.of("name"),
            List.of(new Measure.Completeness("name", ALL), new Measure.RowCount(ALL))),
        Arguments.of(
            "IsComplete \"name\" where \"id > 1\"",
            List.of("name"),
            List.of(new Measure.Completeness("name", where), new Measure.RowCount(where))),
        Arguments.of(
            "Completeness \"name\" > 0.9",
            List.of("name"),
            List.of(new Measure.Completeness("name", ALL))),
        Arguments.of(
            "IsUnique \"id\" \"name\"",
            List.of("id", "name"),
            List.of(new Measure.Uniqueness(List.of("id", "name"), ALL))),
        Arguments.of(
            "Uniqueness \"id\" > 0.9",
            List.of("id"),
            List.of(new Measure.Uniqueness(List.of("id"), ALL))),
        Arguments.of(
            "IsPrimaryKey \"id\" \"name\" where \"id > 1\"",
            List.of("id", "name"),
            List.of(
                new Measure.Uniqueness(List.of("id", "name"), where),
                new Measure.Completeness("id", where),
                new Measure.Completeness("name", where))),
        Arguments.of(
            "UniqueValueRatio \"id\" > 0.9",
            List.of("id"),
            List.of(new Measure.UniqueValueRatio("id", ALL))),
        Arguments.of(
            "DistinctValuesCount \"id\" > 3",
            List.of("id"),
            List.of(new Measure.DistinctCount("id", ALL))),
        Arguments.of(
            "Entropy \"name\" > 1", List.of("name"), List.of(new Measure.Entropy("name", ALL))),
        Arguments.of(
            "Mean \"amount\" > 1",
            List.of("amount"),
            List.of(new Measure.Statistic(Kind.MEAN, "amount", ALL))),
        Arguments.of(
            "Sum \"amount\" > 1 where \"id > 1\"",
            List.of("amount"),
            List.of(new Measure.Statistic(Kind.SUM, "amount", where))),
        Arguments.of(
            "StandardDeviation \"ratio\" > 1",
            List.of("ratio"),
            List.of(new Measure.Statistic(Kind.STANDARD_DEVIATION, "ratio", ALL))),
        Arguments.of(
            "ColumnCorrelation \"amount\" \"ratio\" > 0.5",
            List.of("amount", "ratio"),
            List.of(new Measure.Correlation("amount", "ratio", ALL))),
        Arguments.of(
            "CustomSql \"select 1\" = 1", List.of(), List.of(new Measure.SqlNumber("select 1"))),
        Arguments.of(
            "CustomSql \"select id from primary\"",
            List.of(),
            List.of(new Measure.SqlRows("select id from primary"), new Measure.RowCount(ALL))),
        Arguments.of(
            "ReferentialIntegrity \"name\" \"vehicles.vin\" = 1",
            List.of("name"),
            List.of(new Measure.Referential(List.of("name"), "vehicles", List.of("vin")))),
        Arguments.of(
            "ReferentialIntegrity \"name, code\" \"vehicles.{vin,country}\" = 1",
            List.of("name", "code"),
            List.of(
                new Measure.Referential(
                    List.of("name", "code"), "vehicles", List.of("vin", "country")))),
        Arguments.of(
            "ReferentialIntegrity \"code\" \"countries\" = 1",
            List.of("code"),
            List.of(new Measure.Referential(List.of("code"), "countries", List.of("code")))),
        Arguments.of(
            "RowCountMatch \"vehicles\" = 1",
            List.of(),
            List.of(new Measure.RowCount(ALL), new Measure.ReferenceRowCount("vehicles"))));
  }

  @Test
  void plansOneRulePerLineAndOneLeafPerPartOfAComposite() {
    List<PlannedRule> planned =
        Plans.of("RowCount > 0", "(IsComplete \"id\") and ((RowCount > 1) or (RowCount < 9))");

    assertThat(planned)
        .extracting(rule -> rule.entry().ordinal(), rule -> rule.leaves().size())
        .containsExactly(tuple(1, 1), tuple(2, 3));
    assertThat(planned.get(1).leaves())
        .extracting(leaf -> leaf.rule().text())
        .containsExactly("IsComplete \"id\"", "RowCount > 1", "RowCount < 9");
  }

  @Test
  void rulesShareTheirMeasures() {
    List<PlannedRule> planned =
        Plans.of(
            "RowCount > 0",
            "IsComplete \"id\"",
            "Completeness \"ID\" > 0.5",
            "IsPrimaryKey \"id\"",
            "ColumnValues \"amount\" > 0",
            "ColumnValues \"amount\" > 0 with threshold > 0.9",
            "RowCount > 0 where \"id > 1\"");

    assertThat(
            planned.stream()
                .flatMap(rule -> rule.leaves().stream())
                .flatMap(leaf -> leaf.measures().stream())
                .distinct())
        .containsExactly(
            new Measure.RowCount(ALL),
            new Measure.Completeness("id", ALL),
            new Measure.Uniqueness(List.of("id"), ALL),
            new Measure.Matching(
                "coalesce(`amount` > 0, false)",
                List.of("amount"),
                ALL,
                Optional.of(
                    new RangeTest(
                        "amount",
                        Optional.of(new RangeTest.End(BigDecimal.ZERO, false)),
                        Optional.empty())),
                Measure.Lasting.YES,
                Optional.empty()),
            new Measure.RowCount(Optional.of("id > 1")));
  }

  @Test
  void aColumnMayBeWrittenInAnotherCase() {
    assertThat(Plans.leaf("Completeness \"NAME\" > 0.5"))
        .extracting(PlannedRule.Leaf::columns, PlannedRule.Leaf::measures)
        .containsExactly(List.of("name"), List.of(new Measure.Completeness("name", ALL)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "IsComplete \"nam\" | There is no column 'nam'. Did you mean 'name'?",
        "IsPrimaryKey \"id\" \"Amout\" | There is no column 'Amout'. Did you mean 'amount'?",
        "Mean \"turnover\" > 1 | There is no column 'turnover'. Expected one of: id, amount, ratio,"
            + " name, code, born, seen, active, tags.",
        "ReferentialIntegrity \"idd\" \"vehicles.id\" = 1 | There is no column 'idd'. Did you mean"
            + " 'id'?"
      })
  void aMissingColumnLeavesTheRuleUnansweredAndNamesTheNearest(String rule, String message) {
    assertUnanswered(rule, UnansweredReason.MISSING_COLUMN, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Mean \"name\" > 1 | 'name' is string, and Mean needs a number",
        "Sum \"born\" > 1 | 'born' is date, and Sum needs a number",
        "ColumnCorrelation \"amount\" \"name\" > 0 | 'name' is string, and ColumnCorrelation needs"
            + " a number",
        "ColumnLength \"amount\" > 1 | 'amount' is not a text column",
        "DataFreshness \"amount\" < 1 day | 'amount' is not a date or timestamp column",
        "ColumnValues \"born\" > 5 | a column of type date cannot be compared with 5",
        "ColumnValues \"born\" > \"1.1.2020\" | a column of type date cannot be compared with \"1.1.2020\"",
        "ColumnValues \"amount\" = true | a column of type number cannot be compared with true",
        "ColumnValues \"amount\" > NULL | a column of type number cannot be compared with NULL",
        "ColumnValues \"active\" > now() | a column of type boolean cannot be compared with now()",
        "ReferentialIntegrity \"id,name\" \"vehicles.vin\" = 1 | 2 columns are compared with 1"
      })
  void aTypeThatDoesNotFitLeavesTheRuleUnanswered(String rule, String why) {
    assertUnanswered(rule, UnansweredReason.WRONG_TYPE, "The rule does not fit: " + why + ".");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ReferentialIntegrity \"name\" \"cars.vin\" = 1",
        "ReferentialIntegrity \"name\" \"cars\" = 1",
        "RowCountMatch \"cars\" = 1"
      })
  void aMissingReferenceLeavesTheRuleUnansweredAndSaysHowToDeclareIt(String rule) {
    assertUnanswered(
        rule,
        UnansweredReason.MISSING_REFERENCE,
        "There is no reference 'cars'. Declare it in the job under references: {cars: layer.table}.");
  }

  @Test
  void aConditionOnSingleRowsComparesWithNoEarlierRun() {
    assertUnanswered(
        "ColumnValues \"id\" in [1, max(last(3))]",
        UnansweredReason.WRONG_TYPE,
        "The rule does not fit: ColumnValues is not compared with earlier runs here.");
  }

  @Test
  void anUnansweredRuleDoesNotDisturbItsNeighbours() {
    List<PlannedRule> planned =
        Plans.of("IsComplete \"nam\"", "RowCount > 0", "(Mean \"name\" > 1) or (RowCount > 0)");

    assertThat(planned)
        .flatExtracting(PlannedRule::leaves)
        .extracting(PlannedRule.Leaf::measures)
        .containsExactly(
            List.of(),
            List.of(new Measure.RowCount(ALL)),
            List.of(),
            List.of(new Measure.RowCount(ALL)));
  }

  @Test
  void aTableWithoutReferencesPlansTheRest() {
    RulePlanner planner =
        new RulePlanner(new TableShape(Map.of()), Plans.context(MetricHistory.NONE));

    assertThat(planner.plan(RulesetParser.parse("test", "Rules = [ RowCount = 0 ]")))
        .flatExtracting(PlannedRule::leaves)
        .flatExtracting(PlannedRule.Leaf::measures)
        .containsExactly(new Measure.RowCount(ALL));
  }

  private static void assertUnanswered(String rule, UnansweredReason reason, String message) {
    PlannedRule.Leaf leaf = Plans.leaf(rule);

    assertThat(leaf.measures()).isEmpty();
    assertThat(leaf.columns()).isEmpty();
    assertThat(leaf.answer().apply(Map.of())).isEqualTo(Finding.unanswered(reason, message));
  }
}
