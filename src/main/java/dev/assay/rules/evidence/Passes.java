package dev.assay.rules.evidence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts many facts into queries that stay within what Spark compiles: about a hundred aggregates.
 * The facts of one column stay together, so that each column is read once.
 */
final class Passes {
  /** spark.sql.codegen.maxFields is 100, and the slice is one of them. */
  static final int MOST_AGGREGATES = 80;

  private Passes() {}

  static List<List<Fact>> of(
      Collection<Fact> facts, FactQuery query, Map<Fact, String> firstColumn) {
    Map<String, List<Fact>> byColumn = new LinkedHashMap<>();
    for (Fact fact : facts) {
      byColumn
          .computeIfAbsent(firstColumn.getOrDefault(fact, ""), key -> new ArrayList<>())
          .add(fact);
    }
    List<List<Fact>> passes = new ArrayList<>();
    List<Fact> pass = new ArrayList<>();
    int aggregates = 0;
    for (List<Fact> ofColumn : byColumn.values()) {
      int more = ofColumn.stream().mapToInt(fact -> query.aggregates(fact).size()).sum();
      if (aggregates > 0 && aggregates + more > MOST_AGGREGATES) {
        passes.add(pass);
        pass = new ArrayList<>();
        aggregates = 0;
      }
      for (Fact fact : ofColumn) {
        int size = query.aggregates(fact).size();
        if (aggregates + size > MOST_AGGREGATES) {
          // one column alone is too much for one query
          passes.add(pass);
          pass = new ArrayList<>();
          aggregates = 0;
        }
        pass.add(fact);
        aggregates += size;
      }
    }
    if (!pass.isEmpty()) {
      passes.add(pass);
    }
    return passes;
  }
}
