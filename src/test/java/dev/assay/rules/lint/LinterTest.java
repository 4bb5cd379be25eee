package dev.assay.rules.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.rules.lint.Remark.Kind;
import dev.assay.rules.parse.RulesetParser;
import dev.assay.rules.plan.TableShape;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ColumnValues \"a\" > 5 | ColumnValues \"a\" < 3",
        "ColumnValues \"a\" > 5 | ColumnValues \"A\" in [1, 2]",
        "ColumnValues \"a\" = \"x\" | ColumnValues \"a\" in [\"y\", \"z\"]",
        "ColumnValues \"a\" = \"x\" | ColumnValues \"a\" != \"x\"",
        "ColumnValues \"a\" > \"2026-02-01\" | ColumnValues \"a\" < \"2026-01-01\"",
        "ColumnValues \"a\" > now() | ColumnValues \"a\" < now() - 2 days",
        "ColumnValues \"a\" = true | ColumnValues \"a\" = false",
        "ColumnValues \"a\" = NULL | ColumnValues \"a\" != NULL",
        "IsComplete \"a\" | Completeness \"a\" < 1",
        "IsPrimaryKey \"a\" | Uniqueness \"a\" < 0.5",
        "RowCount > 10 | RowCount between 2 and 8",
        "RowCount > 0 | RowCount < 1",
        "ColumnLength \"a\" = 17 | ColumnLength \"a\" < 17",
        "Mean \"a\" > 1 where \"b  = 1\" | Mean \"a\" < 0 where \"B = 1\"",
        "DataFreshness \"a\" < 2 hours | DataFreshness \"a\" > 1 days",
        "FileSize \"a\" > 2 MB | FileSize \"a\" < 1500 KB",
      })
  void contradictions(String one, String other) {
    assertThat(kinds(one + ", " + other)).contains("2 CONTRADICTION");
    assertThat(kinds("(%s) and (%s)".formatted(one, other))).contains("1 CONTRADICTION");
    assertThat(kinds("(%s) or (%s)".formatted(one, other))).doesNotContain("1 CONTRADICTION");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ColumnValues \"a\" > 5 | ColumnValues \"b\" < 3",
        "ColumnValues \"a\" > 3 | ColumnValues \"a\" < 5",
        "ColumnValues \"a\" > 5 where \"b\" | ColumnValues \"a\" < 3",
        "ColumnValues \"a\" > 5 with threshold > 0.1 | ColumnValues \"a\" < 3 with threshold > 0.1",
        "ColumnValues \"a\" != 1 | ColumnValues \"a\" != 2",
        "ColumnValues \"a\" = \"1\" | ColumnValues \"a\" = \"1.0\"",
        "ColumnValues \"a\" matches \"x\" | ColumnValues \"a\" matches \"y\"",
        "ColumnValues \"a\" > 5 labels=[\"shadow\"=\"true\"] | ColumnValues \"a\" < 3",
        "RowCount > avg(last(3)) | RowCount < 5",
        "Completeness \"a\" > 0.5 | Completeness \"a\" < 0.9",
        "Completeness \"a\" > 0.9999999999999 | Completeness \"a\" > 0.5 where \"b\"",
        "IsUnique \"a\" with threshold > 0.5 | Uniqueness \"a\" < 0.9",
        "IsPrimaryKey \"a\" with threshold > avg(last(3)) | Uniqueness \"a\" < 0.9",
        "FileSize \"a/B\" > 2 MB | FileSize \"a/b\" < 1 MB",
        "FileSize > 2 MB with recentFiles = 1 | FileSize < 1 MB",
      })
  void whatGoesTogether(String one, String other) {
    assertThat(serious(one + ", " + other)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Completeness \"a\" > 1",
        "ColumnCorrelation \"a\" \"b\" > 0.9999999999999",
        "Uniqueness \"a\" = 2",
        "RowCount < 0",
        "RowCount = 1.5",
        "RowCount between 3 and 4",
        "RowCount between 4 and 3",
        "ColumnValues \"a\" between 5 and 5",
        "ColumnValues \"a\" between 9 and 5",
        "ColumnValues \"a\" > 5 with threshold > 1.0",
        "ColumnLength \"a\" < 0",
        "ColumnCorrelation \"a\" \"b\" > 1",
        "StandardDeviation \"a\" < 0",
        "IsComplete \"a\" with threshold between 0.5 and 0.5",
      })
  void whatNeverPasses(String rule) {
    assertThat(serious(rule)).containsExactly("1 NEVER_PASSES");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Completeness \"a\" >= 0",
        "Uniqueness \"a\" <= 1",
        "RowCount >= 0",
        "RowCount > -1",
        "RowCount not between 3 and 4",
        "ColumnLength \"a\" >= 0",
        "ColumnValues \"a\" > 5 with threshold >= 0",
        "IsComplete \"a\" with threshold >= 0.0",
        "StandardDeviation \"a\" >= 0",
        "Entropy \"a\" != -1",
      })
  void whatNeverFails(String rule) {
    assertThat(serious(rule)).containsExactly("1 NEVER_FAILS");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "IsComplete \"a\" | IsComplete   \"a\"",
        "IsComplete \"a\" | IsComplete \"A\"",
        "IsComplete \"a\" | Completeness \"a\" = 1.0",
        "IsUnique \"a\" \"b\" | IsUnique \"b\" \"a\"",
        "ColumnValues \"a\" in [1, 2] | ColumnValues \"a\" in [2, 1]",
        "ColumnValues \"a\" matches \"x+\" | ColumnValues \"a\" matches \"x+\"",
        "RowCount > 0 | RowCount >= 1",
        "RowCount = avg(last(3)) | RowCount = avg( last( 3 ) )",
        "(IsComplete \"a\") or (RowCount > 5) | (RowCount > 5) or (IsComplete \"a\")",
        "CustomSql \"SELECT count(*)  FROM primary\" > 5 | CustomSql \"select count(*) from primary;\" > 5.0",
        "ColumnValues \"a\" > 5 where \"b = 'X  y'\" | ColumnValues \"a\" > 5 where \"B  =  'X  y'\"",
      })
  void duplicates(String one, String other) {
    assertThat(serious(one + ", " + other)).containsExactly("2 DUPLICATE");
  }

  @Test
  void aChecksumThatTheAlgorithmCannotGiveNeverMatches() {
    String md5 = "3ee0d8617ac041793154713e5ef8f319";

    assertThat(kinds("FileMatch \"a\" in [\"%s\"]".formatted(md5))).contains("1 NEVER_PASSES");
    assertThat(kinds("FileMatch \"a\" in [\"%s\"] with hashAlgorithm = \"MD5\"".formatted(md5)))
        .containsExactly("1 EXPENSIVE");
  }

  @Test
  void quotedTextIsNotFolded() {
    assertThat(
            serious(
                "ColumnValues \"a\" matches \"x\" where \"b = 'X'\", ColumnValues \"a\" matches \"x\" where \"b = 'x'\""))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "IsComplete \"a\" | Completeness \"a\" > 0.9",
        "IsPrimaryKey \"a\" \"b\" | IsComplete \"b\"",
        "IsPrimaryKey \"a\" \"b\" | IsUnique \"b\" \"a\"",
        "ColumnValues \"a\" between 1 and 5 | ColumnValues \"a\" > 0",
        "ColumnValues \"a\" in [1, 2] | ColumnValues \"a\" > 0",
        "ColumnValues \"a\" > 5 | ColumnValues \"a\" > 3",
        "ColumnValues \"a\" > 5 | ColumnValues \"a\" > 3 with threshold > 0.9",
      })
  void implied(String strong, String weak) {
    assertThat(serious(strong + ", " + weak)).containsExactly("2 IMPLIED");
    assertThat(serious(weak + ", " + strong)).containsExactly("1 IMPLIED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(a+)+ | true",
        "([a-z]+ ?)* | true",
        "'(x|\\\\d+)*' | true",
        "((ab)*)+ | true",
        "((?:a*))+ | true",
        "(a{1,5}){2,} | true",
        "[A-HJ-NPR-Z0-9]{17} | false",
        "\\\\w+(\\\\.\\\\w+)* | false",
        "([a-z]+,)* | false",
        "(a++)* | false",
        "(a+){3} | false",
        "[(a+)+]* | false",
        "\\\\Q(a+)+\\\\E | false",
        "(?<name>a+)* | true",
      })
  void repetitionsWithinRepetitions(String regex, boolean slow) {
    assertThat(
            serious("ColumnValues \"a\" matches \"%s\"".formatted(regex)).contains("1 SLOW_REGEX"))
        .isEqualTo(slow);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "IsUnique \"a\" \"b\"",
        "DistinctValuesCount \"a\" > 5",
        "Entropy \"a\" > 1",
        "CustomSql \"SELECT count(*) FROM primary JOIN x ON 1 = 1\" = 0",
        "CustomSql \"SELECT * FROM primary\"",
        "CustomSql \"SELECT max_by(a, b) FROM primary\" > 0",
        "CustomSql \"SELECT max(a) OVER () FROM primary\" > 0",
        "ReferentialIntegrity \"a\" \"x.a\" = 1",
        "DatasetMatch \"x\" \"a\" = 1",
        "RowCount > 0 where \"b\"",
        "ColumnValues \"a\" > 0 where \"b\"",
      })
  void whatCostsMuch(String rule) {
    assertThat(kinds(rule)).containsExactly("1 EXPENSIVE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CustomSql \"SELECT max(a) FROM primary\" > 0",
        "CustomSql \"select sum(a * b) / count(*) from primary where a > 0\" > 0",
      })
  void whatIsKeptFileByFileDoesNot(String rule) {
    assertThat(kinds(rule)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "IsUnique \"a\"",
        "RowCount > 0",
        "ColumnValues \"a\" > 0",
        "ColumnValues \"a\" matches \"x\" where \"b\"",
        "CustomSql \"SELECT count(*) FROM primary WHERE a > b\" = 0",
      })
  void whatDoesNot(String rule) {
    assertThat(kinds(rule)).isEmpty();
  }

  @Test
  void typesTellMore() {
    Linter linter = Linter.ofTable(table(), Map.of(), Instant.EPOCH);

    assertThat(kinds(linter, "IsUnique \"name\"")).containsExactly("1 EXPENSIVE");
    assertThat(kinds(linter, "IsUnique \"id\"")).isEmpty();
    assertThat(kinds(linter, "ColumnValues \"id\" between 1 and 2"))
        .containsExactly("1 NEVER_PASSES");
    assertThat(kinds(linter, "ColumnValues \"price\" between 1 and 2")).isEmpty();
  }

  @Test
  void columnsAreLookedUpInTheTable() {
    Linter linter = Linter.ofTable(table(), Map.of(), Instant.EPOCH);

    List<Remark> remarks =
        linter.remarks(
            RulesetParser.parse(
                "x.dqdl",
                """
                Rules = [
                  IsComplete "nmae",
                  Mean "name" > 1,
                  ColumnCount = 4,
                  Sum "id" > avg(last(3)) / last(),
                  RowCountMatch "other" = 1,
                  FileFreshness "x" > now()
                ]
                Analyzers = [ Mean "name", Completeness "idd" ]
                """));

    assertThat(remarks)
        .extracting(remark -> remark.position().line() + " " + remark.kind())
        .containsExactly(
            "2 MISSING_COLUMN", "3 WRONG_TYPE", "4 FAILS_HERE", "9 WRONG_TYPE", "9 MISSING_COLUMN");
    assertThat(remarks.get(0).why()).isEqualTo("There is no column 'nmae'. Did you mean 'name'?");
  }

  @Test
  void fieldsOfStructsFitByTheirPath() {
    TableShape nested =
        new TableShape(
            Map.of("address", "struct<city:string>", "tags", "array<struct<name:string>>"),
            Map.of("address.city", new TableShape.Field("string", List.of("address", "city"))));
    Linter linter = Linter.ofTable(nested, Map.of(), Instant.EPOCH);

    assertThat(
            kinds(
                linter,
                "IsComplete \"address.city\", IsComplete \"address.town\", Mean \"address.city\" > 1, IsComplete \"tags.name\""))
        .containsExactly("2 MISSING_COLUMN", "3 WRONG_TYPE", "4 WRONG_TYPE");
  }

  @Test
  void referencesAreLookedUpWhereTheyAreKnown() {
    Linter linter = Linter.ofTable(table(), Map.of("other", table()), Instant.EPOCH);

    assertThat(kinds(linter, "RowCountMatch \"another\" = 1"))
        .containsExactly("1 MISSING_REFERENCE");
    assertThat(kinds(linter, "RowCountMatch \"other\" = 1")).isEmpty();
  }

  private static TableShape table() {
    Map<String, String> types = new LinkedHashMap<>();
    types.put("id", "bigint");
    types.put("name", "string");
    types.put("price", "decimal(10,2)");
    return new TableShape(types);
  }

  private static List<String> kinds(String rules) {
    return kinds(Linter.ofRules(), rules);
  }

  /** Lines count rules. */
  private static List<String> kinds(Linter linter, String rules) {
    return linter
        .remarks(RulesetParser.parse("x.dqdl", "Rules = [%s]".formatted(lines(rules))))
        .stream()
        .map(remark -> remark.position().line() + " " + remark.kind())
        .distinct()
        .toList();
  }

  private static String lines(String rules) {
    return rules.replaceAll(", (?=[(A-Z])", ",\n");
  }

  private static List<String> serious(String rules) {
    return kinds(rules).stream().filter(kind -> !kind.endsWith(Kind.EXPENSIVE.name())).toList();
  }
}
