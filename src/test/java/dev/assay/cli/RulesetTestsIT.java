package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code assay test}, in a JVM of its own because it ends its Spark session. */
@Tag("long")
class RulesetTestsIT {
  @TempDir private Path folder;

  @Test
  void theTestsOfThisProjectsRulesetsPass() {
    ForkedJvm.Ended ended = run(Path.of("rulesets").toAbsolutePath());

    assertThat(ended.output())
        .contains("trips.test.yaml: a trip of a vehicle that nobody knows")
        .contains("11 case(s): 11 as expected, 0 not.");
    assertThat(ended.code()).isZero();
  }

  @Test
  void aCaseThatIsNotAsExpectedIsShownAndInTheJUnitReport() throws IOException {
    Path ruleset =
        write(
            "ids.dqdl",
            "Rules = [ IsComplete \"id\", ColumnValues \"seen\" <= now(), IsUnique \"id\" ]");
    Path tests =
        write(
            "ids.test.yaml",
            """
            columns: {id: bigint, seen: timestamp}
            now: 2026-11-18T00:00:00Z
            cases:
              - {name: good, rows: [[1, 2026-11-18 00:00:00]], rule: 2, expect: pass}
              - {name: late, rows: [[1, 2026-11-18 00:00:01]], rule: 2, expect: pass}
              - {name: two, rows: [[null, null]], rule: IsComplete  "id", expect: fail, failing-rows: 2}
              - {name: none counted, rows: [[1, null], [1, null]], rule: 3, expect: fail, failing-rows: 2}
            """);
    Path junit = folder.resolve("junit.xml");

    ForkedJvm.Ended ended = run(ruleset, "--junit", junit.toString());

    assertThat(ended.output())
        .contains("✓ %s: good\n".formatted(tests))
        .contains("✗ %s:5:5: late: expected pass, but it came to fail. Observed".formatted(tests))
        .contains("✗ %s:6:5: two: expected 2 failing row(s), but there are 1.\n".formatted(tests))
        .contains("none counted: expected 2 failing row(s), but IsUnique counts no rows.\n")
        .contains("4 case(s): 1 as expected, 3 not.");
    assertThat(ended.code()).isEqualTo(3);
    assertThat(Files.readString(junit))
        .contains("tests=\"4\" failures=\"3\" errors=\"0\"")
        .contains("name=\"late\"><failure message=\"expected pass, but it came to fail.");
  }

  @Test
  void fieldsOfStructsAreDeclaredByTheirPaths() throws IOException {
    Path ruleset =
        write(
            "people.dqdl",
            "Rules = [ IsComplete \"address.city\", RowCount = 1 where \"address.geo.lat > 5\", IsComplete \"address\" ]");
    write(
        "people.test.yaml",
        """
        columns: {id: bigint, address.city: string, address.geo.lat: double}
        cases:
          - {name: no city, rows: [[1, A, 1], [2, null, 7], [3, null, null]], rule: 1, expect: fail, failing-rows: 2}
          - {name: north, rows: [[1, A, 1], [2, null, 7]], rule: 2, expect: pass}
          - {name: no address, rows: [[1, A, 1], [2, null, 7], [3, null, null]], rule: 3, expect: fail, failing-rows: 1}
        """);

    ForkedJvm.Ended ended = run(ruleset);

    assertThat(ended.output()).contains("3 case(s): 3 as expected, 0 not.");
    assertThat(ended.code()).isZero();
  }

  @Test
  void aValueThatIsNotOfItsTypeHasAPlace() throws IOException {
    Path ruleset = write("ids.dqdl", "Rules = [ IsComplete \"id\" ]");
    Path tests =
        write(
            "ids.test.yaml",
            "columns: {id: bigint}\ncases:\n- {name: x, rows: [[1], [one]], rule: 1, expect: pass}\n");

    ForkedJvm.Ended ended = run(ruleset);

    assertThat(ended.output())
        .contains(
            tests
                + ":3:26: 'one' is no bigint, which column 'id' holds. Correct the value or the type.");
    assertThat(ended.code()).isEqualTo(4);
  }

  private ForkedJvm.Ended run(Path ruleset, String... more) {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "test";
    arguments[1] = ruleset.toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    return ForkedJvm.run(
        folder,
        Map.of("stdout.encoding", "UTF-8", "file.encoding", "UTF-8"),
        Main.class,
        arguments);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
