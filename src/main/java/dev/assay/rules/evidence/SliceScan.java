package dev.assay.rules.evidence;

import dev.assay.rules.evidence.SlicedTable.Opened;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Reads slices, once, and takes facts about each. */
final class SliceScan {
  private final SlicedTable table;
  private final boolean sliced;

  SliceScan(SlicedTable table) {
    this.table = table;
    this.sliced = table.slices().size() > 1;
  }

  /**
   * Takes facts.
   *
   * @param columns of each fact one column, by which many facts are cut into queries
   * @return per slice the values of the facts, in their order
   */
  Map<SliceId, List<long[]>> take(List<Slice> slices, List<Fact> facts, Map<Fact, String> columns) {
    FactQuery query = new FactQuery(table.shape(), Middles.of(slices, facts));
    Map<SliceId, Map<Fact, long[]>> found = new HashMap<>();
    try (Opened opened = table.open(slices)) {
      for (List<Fact> pass : Passes.of(facts, query, columns)) {
        take(slices, pass, query, opened.rows(), found);
      }
    }
    Map<Fact, List<Slice>> doubtful = doubtful(slices, facts, found);
    if (!doubtful.isEmpty()) {
      takeAgain(doubtful, found);
    }
    Map<SliceId, List<long[]>> inOrder = new HashMap<>();
    for (Slice slice : slices) {
      Map<Fact, long[]> values = found.getOrDefault(slice.id(), Map.of());
      // a slice whose rows are all deleted has no group
      inOrder.put(
          slice.id(),
          facts.stream().map(fact -> values.getOrDefault(fact, new long[fact.width()])).toList());
    }
    return inOrder;
  }

  private static Map<Fact, List<Slice>> doubtful(
      List<Slice> slices, List<Fact> facts, Map<SliceId, Map<Fact, long[]>> found) {
    Map<Fact, List<Slice>> doubtful = new LinkedHashMap<>();
    for (Fact fact : facts) {
      for (Slice slice : slices) {
        long[] value = found.getOrDefault(slice.id(), Map.of()).get(fact);
        if (value != null && FactQuery.doubtful(fact, value)) {
          doubtful.computeIfAbsent(fact, key -> new ArrayList<>()).add(slice);
        }
      }
    }
    return doubtful;
  }

  /** With the means that are known now; where slices have very different ones, one by one. */
  private void takeAgain(Map<Fact, List<Slice>> doubtful, Map<SliceId, Map<Fact, long[]>> found) {
    doubtful.forEach(
        (fact, slices) -> {
          takeAgain(fact, slices, found);
          for (Slice slice : slices) {
            long[] value = found.getOrDefault(slice.id(), Map.of()).get(fact);
            if (slices.size() > 1 && value != null && FactQuery.doubtful(fact, value)) {
              takeAgain(fact, List.of(slice), found);
            }
          }
        });
  }

  private void takeAgain(Fact fact, List<Slice> slices, Map<SliceId, Map<Fact, long[]>> found) {
    Map<String, Double> means = Middles.means(fact, slices, found);
    Map<SliceId, Map<Fact, long[]>> again = new HashMap<>();
    try (Opened opened = table.open(slices)) {
      take(slices, List.of(fact), new FactQuery(table.shape(), means), opened.rows(), again);
    }
    again.forEach(
        (slice, values) -> found.computeIfAbsent(slice, id -> new HashMap<>()).putAll(values));
  }

  private void take(
      List<Slice> slices,
      List<Fact> facts,
      FactQuery query,
      Dataset<Row> rows,
      Map<SliceId, Map<Fact, long[]>> found) {
    Map<String, Column> aggregates = new LinkedHashMap<>();
    facts.forEach(fact -> aggregates.putAll(query.aggregates(fact)));
    Map<String, Integer> positions = new HashMap<>();
    List<Column> columns = new ArrayList<>();
    if (sliced) {
      columns.add(functions.col(SlicedTable.SLICE_COLUMN));
    }
    aggregates.forEach(
        (name, aggregate) -> {
          positions.put(name, columns.size());
          columns.add(aggregate.alias("_assay_" + columns.size()));
        });
    Map<String, Slice> byLocation = new HashMap<>();
    slices.forEach(slice -> byLocation.put(slice.location(), slice));
    for (Row row : result(rows, columns, slices)) {
      Slice slice = sliced ? byLocation.get(row.getString(0)) : slices.get(0);
      if (slice == null) {
        throw new IllegalStateException("rows came from a file that was not asked for");
      }
      Map<Fact, long[]> values = found.computeIfAbsent(slice.id(), id -> new HashMap<>());
      for (Fact fact : facts) {
        // a large file is read by several tasks
        values.merge(
            fact, query.value(fact, row, positions), (one, other) -> merged(fact, one, other));
      }
    }
  }

  private static long[] merged(Fact fact, long[] into, long[] other) {
    fact.merge(into, other);
    return into;
  }

  private List<Row> result(Dataset<Row> rows, List<Column> columns, List<Slice> slices) {
    List<Column> aggregates = sliced ? columns.subList(1, columns.size()) : columns;
    if (sliced) {
      Optional<List<Row>> byTask = TaskAggregates.byLocation(rows, aggregates, slices);
      if (byTask.isPresent()) {
        return byTask.get();
      }
    }
    Column first = aggregates.get(0);
    Column[] others = aggregates.subList(1, aggregates.size()).toArray(Column[]::new);
    return sliced
        ? rows.groupBy(functions.col(SlicedTable.SLICE_COLUMN)).agg(first, others).collectAsList()
        : rows.agg(first, others).collectAsList();
  }
}
