package dev.assay.model.ruletest;

import dev.assay.model.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows as they are written in a test.
 *
 * @param columns Spark SQL types by column, in their order
 * @param rows a cell for each column
 */
public record TestRows(Map<String, String> columns, List<List<Cell>> rows) {
  public TestRows {
    columns = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    rows = rows.stream().map(List::copyOf).toList();
  }

  /**
   * A value as text.
   *
   * @param text empty for NULL
   */
  public record Cell(Optional<String> text, Position position) {}
}
