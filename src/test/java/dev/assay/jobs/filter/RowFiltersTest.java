package dev.assay.jobs.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.job.RowExpression;
import dev.assay.model.job.RowExpression.Absence;
import dev.assay.model.job.RowExpression.All;
import dev.assay.model.job.RowExpression.Any;
import dev.assay.model.job.RowExpression.Comparison;
import dev.assay.model.job.RowExpression.Likeness;
import dev.assay.model.job.RowExpression.Membership;
import dev.assay.model.job.RowExpression.Operator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowFiltersTest {
  private static RowExpression read(String text) {
    return RowFilters.parse(text).expression();
  }

  @Test
  void readsEachKindOfPredicate() {
    assertThat(read("country = 'DE'")).isEqualTo(new Comparison("country", Operator.EQUAL, "DE"));
    assertThat(read("\"Year of build\" >= -20.5"))
        .isEqualTo(new Comparison("Year of build", Operator.GREATER_OR_EQUAL, "-20.5"));
    assertThat(read("active <> TRUE"))
        .isEqualTo(new Comparison("active", Operator.NOT_EQUAL, "TRUE"));
    assertThat(read("c in ('it''s', 'x')"))
        .isEqualTo(new Membership("c", List.of("it's", "x"), false));
    assertThat(read("c NOT LIKE 'A%'")).isEqualTo(new Likeness("c", "A%", true));
    assertThat(read("c IS NOT NULL")).isEqualTo(new Absence("c", true));
  }

  @Test
  void andBindsTighterThanOr() {
    RowExpression a = new Comparison("a", Operator.EQUAL, "1");
    RowExpression b = new Comparison("b", Operator.EQUAL, "2");
    RowExpression c = new Comparison("c", Operator.EQUAL, "3");

    assertThat(read("a = 1 or b = 2 and c = 3"))
        .isEqualTo(new Any(List.of(a, new All(List.of(b, c)))));
    assertThat(read("(a = 1 OR b = 2) AND c = 3"))
        .isEqualTo(new All(List.of(new Any(List.of(a, b)), c)));
  }

  @Test
  void rangesAndNegationsBecomeComparisons() {
    assertThat(read("a BETWEEN 1 AND 3"))
        .isEqualTo(
            new All(
                List.of(
                    new Comparison("a", Operator.GREATER_OR_EQUAL, "1"),
                    new Comparison("a", Operator.LESS_OR_EQUAL, "3"))));
    assertThat(read("NOT (a BETWEEN 1 AND 3 AND b IN ('x'))"))
        .isEqualTo(
            new Any(
                List.of(
                    new Any(
                        List.of(
                            new Comparison("a", Operator.LESS, "1"),
                            new Comparison("a", Operator.GREATER, "3"))),
                    new Membership("b", List.of("x"), true))));
    assertThat(read("NOT NOT a < 1")).isEqualTo(new Comparison("a", Operator.LESS, "1"));
  }

  @Test
  void knowsItsColumns() {
    assertThat(read("a = 1 AND (b IS NULL OR NOT a > 2)").columns())
        .containsExactlyInAnyOrder("a", "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "month = current_date | character 9: 'current_date'",
        "a = b | character 5: 'b'",
        "'DE' = country | character 1: ''DE''",
        "a = 1; DROP TABLE x | character 6: ';'",
        "a + 1 = 2 | character 3: '+'",
        "a = | character 4: the end",
        "a LIKE 5 | character 8: '5'"
      })
  void saysWhereItDoesNotUnderstand(String text, String found) {
    assertThatThrownBy(() -> RowFilters.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(found)
        .hasMessageContaining("no functions");
  }

  @Test
  void isAtMostAsLongAsTheServiceTakes() {
    assertThatThrownBy(() -> RowFilters.parse("a = '" + "x".repeat(2048) + "'"))
        .hasMessageContaining("2054 characters")
        .hasMessageContaining("2048");
  }
}
