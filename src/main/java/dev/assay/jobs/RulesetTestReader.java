package dev.assay.jobs;

import dev.assay.model.Position;
import dev.assay.model.ruletest.RulesetTest;
import dev.assay.model.ruletest.TestCase;
import dev.assay.model.ruletest.TestRows;
import dev.assay.model.ruletest.TestRows.Cell;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code NAME.test.yaml}, the tests of the ruleset {@code NAME.dqdl} beside it. */
public final class RulesetTestReader {
  /** What the names of test files end with. */
  public static final String ENDING = ".test.yaml";

  private RulesetTestReader() {}

  /**
   * Reads a file.
   *
   * @throws InvalidJobException if it cannot be used as written
   */
  public static RulesetTest read(Path file) {
    Yaml yaml = JobFiles.read(file, new Variables(Map.of(), LocalDate.EPOCH), null);
    yaml.allow("description", "columns", "now", "references", "cases");
    Map<String, String> columns = columns(yaml.require("columns"));
    Map<String, TestRows> references = new LinkedHashMap<>();
    yaml.find("references")
        .ifPresent(
            declared ->
                declared
                    .entries()
                    .forEach((alias, reference) -> references.put(alias, reference(reference))));
    List<TestCase> cases = new ArrayList<>();
    yaml.require("cases").items().forEach(item -> cases.add(testCase(item, columns)));
    String name = String.valueOf(file.getFileName());
    return new RulesetTest(
        file,
        file.resolveSibling(name.substring(0, name.length() - ENDING.length()) + ".dqdl"),
        yaml.find("now").map(now -> now.as(Instant::parse)),
        references,
        cases);
  }

  private static TestRows reference(Yaml reference) {
    reference.allow("columns", "rows");
    Map<String, String> columns = columns(reference.require("columns"));
    return rows(reference.require("rows"), columns);
  }

  private static TestCase testCase(Yaml item, Map<String, String> columns) {
    item.allow("name", "rows", "rule", "expect", "failing-rows");
    Yaml rule = item.require("rule");
    return new TestCase(
        item.require("name").text(),
        item.position(),
        rows(item.require("rows"), columns),
        rule.text(),
        rule.position(),
        item.require("expect").choice(TestCase.Expected.class),
        item.find("failing-rows").map(RulesetTestReader::count));
  }

  private static long count(Yaml value) {
    long count = value.as(Long::parseLong);
    if (count < 0) {
      throw value.error("'failing-rows' is %d".formatted(count), "Expected a number from 0.");
    }
    return count;
  }

  private static Map<String, String> columns(Yaml value) {
    Map<String, String> columns = new LinkedHashMap<>();
    value.entries().forEach((name, type) -> columns.put(name, simple(type)));
    if (columns.isEmpty()) {
      throw value.error("there are no columns", "Expected some, such as columns: {id: bigint}.");
    }
    checkPaths(value, columns);
    return columns;
  }

  /** A dot parts a struct from its field, so a struct has no type and no cell of its own. */
  private static void checkPaths(Yaml value, Map<String, String> columns) {
    for (String column : columns.keySet()) {
      if (List.of(column.split("\\.", -1)).contains("")) {
        throw value
            .require(column)
            .error(
                "'%s' is no path to a field".formatted(column),
                "Expected names parted by dots, such as address.city.");
      }
      for (int dot = column.indexOf('.'); dot > 0; dot = column.indexOf('.', dot + 1)) {
        String struct = column.substring(0, dot);
        if (columns.containsKey(struct)) {
          throw value
              .require(struct)
              .error(
                  "'%s' has a type of its own and holds '%s' too".formatted(struct, column),
                  "Declare the fields only: the struct is NULL where all of them are.");
        }
      }
    }
  }

  private static String simple(Yaml value) {
    String type = value.as(SqlType::check);
    if (type.contains("<")) {
      throw value.error(
          "'%s' has parts, and a cell of a test has none".formatted(type),
          "Declare each field of a struct by its path, such as address.city: string; arrays and maps are not tested here.");
    }
    return type;
  }

  private static TestRows rows(Yaml list, Map<String, String> columns) {
    List<List<Cell>> rows = new ArrayList<>();
    for (Yaml row : list.items()) {
      rows.add(row.isMapping() ? named(row, columns) : listed(row, columns));
    }
    return new TestRows(columns, rows);
  }

  private static List<Cell> listed(Yaml row, Map<String, String> columns) {
    List<Yaml> cells = row.items();
    if (cells.size() != columns.size()) {
      throw row.error(
          "the row has %d value(s) for %d column(s)".formatted(cells.size(), columns.size()),
          "Expected one for each of %s, or name them: {%s: …}."
              .formatted(String.join(", ", columns.keySet()), columns.keySet().iterator().next()));
    }
    return cells.stream().map(RulesetTestReader::cell).toList();
  }

  /** Columns that are not named are NULL. */
  private static List<Cell> named(Yaml row, Map<String, String> columns) {
    row.allow(columns.keySet().toArray(String[]::new));
    Position here = row.position();
    return columns.keySet().stream()
        .map(
            column ->
                row.find(column)
                    .map(RulesetTestReader::cell)
                    .orElse(new Cell(Optional.empty(), here)))
        .toList();
  }

  private static Cell cell(Yaml value) {
    return new Cell(
        value.isNull() ? Optional.empty() : Optional.of(value.text()), value.position());
  }
}
