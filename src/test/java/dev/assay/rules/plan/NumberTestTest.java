package dev.assay.rules.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.rules.parse.Condition;
import dev.assay.rules.parse.Operand;
import dev.assay.rules.parse.RulesetParser;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTestTest {
  @ParameterizedTest
  @CsvSource({
    "= 5, 5, true",
    "= 5.00, 5, true",
    "= 5, 5.01, false",
    "!= 5, 5.01, true",
    "!= 5, 5, false",
    "> 5, 5, false",
    "> 5, 5.1, true",
    ">= 5, 5, true",
    ">= 5, 4.9, false",
    "< 5, 5, false",
    "< 5, 4.9, true",
    "<= 5, 5, true",
    "<= 5, 5.1, false",
    "> -1, 0, true",
    "= 0, -0.0, true"
  })
  void comparesWithOneNumber(String condition, double measured, boolean accepted) {
    assertThat(NumberTest.accepts(condition(condition), measured)).isEqualTo(accepted);
  }

  @ParameterizedTest
  @CsvSource({"1, false", "1.000001, true", "3, true", "4.999999, true", "5, false", "7, false"})
  void betweenLeavesBothEndsOut(double measured, boolean inside) {
    assertThat(NumberTest.accepts(condition("between 1 and 5"), measured)).isEqualTo(inside);
    assertThat(NumberTest.accepts(condition("not between 1 and 5"), measured)).isEqualTo(!inside);
  }

  @ParameterizedTest
  @CsvSource({"1, true", "2.5, true", "2, false"})
  void inTakesEveryMember(double measured, boolean member) {
    assertThat(NumberTest.accepts(condition("in [1.0, 2.50]"), measured)).isEqualTo(member);
    assertThat(NumberTest.accepts(condition("not in [1.0, 2.50]"), measured)).isEqualTo(!member);
  }

  @ParameterizedTest
  @CsvSource({
    // 0.1 + 0.2 in floating numbers
    "0.30000000000000004, true",
    // the thirteenth digit does not count, the twelfth does
    "0.3000000000001, true",
    "0.300000000001, false",
    "0.2999999999999, true",
    "0.299999999999, false"
  })
  void looksAtTwelveSignificantDigits(double measured, boolean equal) {
    assertThat(NumberTest.accepts(condition("= 0.3"), measured)).isEqualTo(equal);
    assertThat(NumberTest.accepts(condition("> 0.3"), measured))
        .isEqualTo(!equal && measured > 0.3);
  }

  @ParameterizedTest
  @CsvSource({
    "= 1234567890123456, 1234567890123456, true",
    "= 1234567890123456, 1234567890123457, false",
    "> 99999999999999999999999999999999999998, 99999999999999999999999999999999999999, true",
    "in [9999999999999999999999999999999999.9998], 9999999999999999999999999999999999.9999, false",
    "between 0.29999999999999 and 0.30000000000001, 0.3, true",
    "!= 0.3000000000000000000000001, 0.3, true"
  })
  void looksAtEveryDigitOfAnExactNumber(String condition, BigDecimal measured, boolean accepted) {
    assertThat(NumberTest.accepts(condition(condition), Measured.Value.exactly(measured)))
        .isEqualTo(accepted);
  }

  @Test
  void aShareOfCountsIsExact() {
    Measured.Value share = Measured.Value.share(9_999_999_999_999L, 10_000_000_000_000L);

    assertThat(NumberTest.accepts(condition("= 1"), share)).isFalse();
    assertThat(NumberTest.accepts(condition("= 0.9999999999999"), share)).isTrue();
  }

  @Test
  void whatEarlierRunsComeToIsAFloatingNumber() {
    Condition last =
        new Condition.Compare(
            Condition.Operator.EQUAL,
            new Operand.Settled(new BigDecimal("123456789012345680"), "last()"),
            "= last()");

    assertThat(
            NumberTest.accepts(
                last, Measured.Value.exactly(new BigDecimal("123456789012345678.9"))))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "1234567890123456, 1234567890123456",
    "99999999999999999999999999999999999999, 99999999999999999999999999999999999999",
    "1234567890123456.7890, 1234567890123456.789",
    "0.33333333333333333333, 0.333333333333"
  })
  void showsExactNumbersWithAllTheirDigits(BigDecimal measured, String shown) {
    assertThat(NumberTest.show(Measured.Value.exactly(measured))).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "= 1",
        "!= 1",
        "> 1",
        "< 1",
        "between 0 and 1",
        "not between 0 and 1",
        "in [1]",
        "not in [1]"
      })
  void nothingAcceptsWhatIsNoNumber(String condition) {
    assertThat(NumberTest.accepts(condition(condition), Double.NaN)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "= 1                 | false | false",
        "!= 1                | true  | true",
        "> 1e30              | true  | false",
        ">= 1e30             | true  | false",
        "< -1e30             | false | true",
        "<= -1e30            | false | true",
        "between 0 and 1     | false | false",
        "not between 0 and 1 | true  | true",
        "in [1]              | false | false",
        "not in [1]          | true  | true"
      })
  void infinitiesLieBeyondEveryNumber(String condition, boolean positive, boolean negative) {
    assertThat(NumberTest.accepts(condition(condition), Double.POSITIVE_INFINITY))
        .isEqualTo(positive);
    assertThat(NumberTest.accepts(condition(condition), Double.NEGATIVE_INFINITY))
        .isEqualTo(negative);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "1, 1",
    "100, 100",
    "-2.5, -2.5",
    "0.30000000000000004, 0.3",
    "0.3333333333333333, 0.333333333333",
    "1234567, 1234567",
    "1.0E7, 10000000",
    "1.0E-7, 0.0000001",
    "1.0E30, 1E+30",
    "1.0E-30, 1E-30",
    "NaN, NaN",
    "Infinity, Infinity",
    "-Infinity, -Infinity"
  })
  void showsNumbersAsPeopleReadThem(double measured, String shown) {
    assertThat(NumberTest.show(measured)).isEqualTo(shown);
  }

  private static Condition condition(String text) {
    return RulesetParser.parse("test", "Rules = [ RowCount " + text + " ]")
        .entries()
        .get(0)
        .expression()
        .rules()
        .get(0)
        .condition()
        .orElseThrow();
  }
}
