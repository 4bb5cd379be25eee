package dev.assay.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.ruletest.RulesetTest;
import dev.assay.model.ruletest.TestCase;
import dev.assay.model.ruletest.TestRows.Cell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesetTestReaderTest {
  private static final String GOOD =
      """
      columns: {id: bigint, name: STRING}
      now: 2026-11-18T00:00:00Z
      references:
        cars: {columns: {vin: string}, rows: [[A]]}
      cases:
        - name: one
          rows: [[1, a], {name: null}, [007, "null"]]
          rule: 2
          expect: fail
          failing-rows: 1
      """;

  @TempDir private Path folder;

  @Test
  void everyKeyIsRead() throws IOException {
    RulesetTest test = RulesetTestReader.read(write(GOOD));

    assertThat(test.ruleset()).isEqualTo(folder.resolve("trips.dqdl"));
    assertThat(test.now()).contains(Instant.parse("2026-11-18T00:00:00Z"));
    assertThat(test.references().get("cars").columns()).containsEntry("vin", "string");
    TestCase only = test.cases().get(0);
    assertThat(only.rows().columns()).containsEntry("name", "string");
    assertThat(only.rows().rows())
        .extracting(row -> row.stream().map(Cell::text).toList().toString())
        .containsExactly(
            "[Optional[1], Optional[a]]",
            "[Optional.empty, Optional.empty]",
            "[Optional[007], Optional[null]]");
    assertThat(only.expected()).isEqualTo(TestCase.Expected.FAIL);
    assertThat(only.failingRows()).isEqualTo(Optional.of(1L));
    assertThat(only.rule()).isEqualTo("2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1, a] | [1] | :7:12: the row has 1 value(s) for 2 column(s). Expected one for each of id, name, or name them: {id: …}.",
        "{name: null} | {nmae: null} | :7:21: unknown key 'nmae' in 'cases.rows'. Did you mean 'name'?",
        "bigint | bigitn | :1:15: 'columns.id': 'bigitn' is not a type. Did you mean 'bigint'? Decimals are written decimal(10,2).",
        "bigint | array<int> | :1:15: 'array<int>' has parts, and a cell of a test has none. Declare each field of a struct by its path, such as address.city: string; arrays and maps are not tested here.",
        "name: STRING | id.of: STRING | :1:15: 'id' has a type of its own and holds 'id.of' too. Declare the fields only: the struct is NULL where all of them are.",
        "name: STRING | name.: STRING | :1:30: 'name.' is no path to a field. Expected names parted by dots, such as address.city.",
        "expect: fail | expect: fails | :9:13: 'cases.expect' is 'fails'. Did you mean 'fail'?",
        "failing-rows: 1 | failing-rows: -1 | :10:19: 'failing-rows' is -1. Expected a number from 0.",
        "rule: 2 | rules: 2 | :8:5: unknown key 'rules' in 'cases'. Did you mean 'rule'?",
        "2026-11-18T00 | yesterday | :2:6: 'now': Text 'yesterday:00:00Z' could not be parsed at index 0.",
      })
  void whatIsWrongIsSaidWithItsPlace(String good, String bad, String message) throws IOException {
    Path file = write(GOOD.replace(good, bad));

    assertThatThrownBy(() -> RulesetTestReader.read(file))
        .isInstanceOf(InvalidJobException.class)
        .hasMessage(file + message);
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("trips.test.yaml"), yaml);
  }
}
