package dev.assay.rules.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.glue.dqdl.exception.InvalidDataQualityRulesetException;
import software.amazon.glue.dqdl.parser.DQDLParser;

/** What this parser and AWS's published one (1.0.0) accept; each difference has its reason. */
class SecondParserTest {
  private static boolean ours(String text) {
    try {
      RulesetParser.parse("test", text);
      return true;
    } catch (InvalidRulesetException e) {
      return false;
    }
  }

  private static boolean theirs(String text) {
    try {
      new DQDLParser().parse(text);
      return true;
    } catch (InvalidDataQualityRulesetException e) {
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          IsPrimaryKey "a" "b"
          ColumnValues "a" > (now() - 3 days)
          ColumnValues "a" between 1 AND 2
          ColumnValues "a" ! = 1
          ColumnValues "a" = NULL
          ColumnValues "a" in [1, NULL]
          ColumnValues "a" in ["2026-01-01", NULL]
          ColumnValues "a" = "say \\"hi\\""
          ColumnValues "a" > 1 where "b" with threshold > 0.5
          ColumnDataType "a" = "Integer" with threshold > 0.5
          ColumnDataType "a" in ["Integer", "Long"]
          DataFreshness "a" <= 24 hours
          RowCount > avg(last(10))
          RowCount > index(last(3), 0)
          RowCount > avg(last(10)) * 0.5
          Sum "a" between min(last(10)) - 1 and max(last(10)) + 1
          RowCount between (avg(last(5)) - 10) and (avg(last(5)) + 10)
          Mean "a" > 1 + 2
          RowCount > 5 where "a > 1"
          RowCount > -5
          (IsComplete "a") and (RowCount > 1)
          (IsComplete "a") AND (RowCount > 1)
          ((IsComplete "a") and (RowCount > 1)) or (RowCount = 0)
          CustomSql "select 1" = 1
          CustomSql "select 1" between 0 and 2
          CustomSql "select * from primary" with threshold > 0.5
          ReferentialIntegrity "a,b" "r.{x,y}" = 1.0
          ColumnLength "a" in [1, 2]
          IsComplete a
          SchemaMatch "reference" = 1.0
          DatasetMatch "reference" "a" >= 0.9
          AggregateMatch "sum(a)" "sum(reference.a)" = 1.0
          ColumnNamesMatchPattern "[a-z]+"
          FileSize "s3://b/" < 2 MB
          FileSize between 2 GB and 1 TB with threshold > 0.7
          FileFreshness "s3://b/" > (now() - 24 hours)
          FileFreshness "s3://b/" between "2023-01-01" and "2024-01-01"
          FileUniqueness "s3://b/" > 0.5
          FileMatch "s3://b/a.json" in ["3ee0d8617ac041793154713e5ef8f319"] with hashAlgorithm = "MD5"
          FileMatch "s3://b/" "s3://c/"
          """)
  void bothAccept(String rule) {
    assertThat(theirs("Rules = [ " + rule + " ]")).isTrue();
    assertThat(ours("Rules = [ " + rule + " ]")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          isComplete "a"
          Foo "a"
          RowCount
          IsComplete "a" = 1
          Mean "a" > 1 with threshold > 0.5
          ColumnCount > 1 where "a"
          DataFreshness "a" <= 24
          (IsComplete "a") xor (RowCount > 1)
          ColumnValues "a" in []
          ColumnValues "a" <> 1
          ReferentialIntegrity "a" "r.x" = 1.0 where "a > 1"
          ColumnCorrelation "a" = 1
          ColumnLength "a" matches "x"
          IsComplete "a" RowCount > 1
          """)
  void bothReject(String rule) {
    assertThat(theirs("Rules = [ " + rule + " ]")).isFalse();
    assertThat(ours("Rules = [ " + rule + " ]")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          IsUnique "a" "b"                                       ~ the reference: several columns
          Uniqueness "a" "b" > 0.5                               ~ the reference: several columns
          IsComplete "a" labels=["x"="y"]                        ~ the reference: labels
          ColumnValues "a" NOT IN ["x"]                          ~ the reference writes it so
          ColumnValues "a" BETWEEN 1 AND 2                       ~ upper case like NOT IN
          ColumnValues "a" = true                                ~ booleans, as SQL writes them
          ColumnValues "a" > now() - 3 days                      ~ parentheses add nothing
          ColumnValues "a" > 1e3                                 ~ a number
          ColumnValues "a" > .5                                  ~ a number
          ColumnValues "a" > "abc"                               ~ texts have an order
          ColumnValues "a" == 1                                  ~ cannot mean anything else
          ColumnValues "a" > 1 with threshold > 0.5 where "b"    ~ examples have both orders
          ColumnValues "a" > 3 days                              ~ comes out as unanswered
          IsComplete "a" with threshold > 0.5                    ~ a rule about rows
          ColumnLength "a" > 1 with threshold > 0.5              ~ a rule about rows
          DataFreshness "a" < 1 days with threshold > 0.5        ~ a rule about rows
          DataFreshness "a" <= 1 day                             ~ English
          DataFreshness "a" <= 1.5 days                          ~ a length of time
          RowCountMatch "r" = 1.0 where "a"                      ~ rows can be narrowed here
          IsComplete "a" and RowCount > 1                        ~ cannot mean anything else
          IsComplete "a",                                        ~ a comma at the end harms nobody
          ``                                                     ~ a ruleset that is still empty
          """)
  void onlyThisOneAccepts(String rule, String reason) {
    assertThat(theirs("Rules = [ " + rule + " ]")).as(reason).isFalse();
    assertThat(ours("Rules = [ " + rule + " ]")).as(reason).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          ColumnValues "a" > 1 with threshold > 5         ~ no share of rows is above 5
          ColumnValues "a" matches "("                    ~ not a regular expression
          Mean "a" > NULL                                 ~ no number is above NULL
          Completeness of "a" > 0.5                       ~ not in the reference
          ColumnCorrelation "a" and "b" > 0.5             ~ not in the reference
          DataFreshness "a" in [1 days, 2 days]           ~ no age is one of a few to the second
          FileSize > 1 KB with exampleTag = "x"           ~ a tag that means nothing
          """)
  void onlyTheOtherAccepts(String rule, String reason) {
    assertThat(theirs("Rules = [ " + rule + " ]")).as(reason).isTrue();
    assertThat(ours("Rules = [ " + rule + " ]")).as(reason).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          rules = [ IsComplete "a" ]                                   ~ a small letter
          Rules = [ IsComplete "a" ] # end                             ~ a comment without a line feed
          `Rules = [\r\nIsComplete "a"\r\n]`                           ~ line ends of Windows
          DefaultLabels = ["x"="y"] Rules = [ IsComplete "a" ]         ~ the reference: labels
          """)
  void onlyThisOneAcceptsTheFile(String text, String reason) {
    assertThat(theirs(text)).as(reason).isFalse();
    assertThat(ours(text)).as(reason).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          Rules = [ IsComplete "a" ] nonsense                          ~ what follows is dropped there
          """)
  void onlyTheOtherAcceptsTheFile(String text, String reason) {
    assertThat(theirs(text)).as(reason).isTrue();
    assertThat(ours(text)).as(reason).isFalse();
  }
}
