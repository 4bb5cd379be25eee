package dev.assay.rules.evidence;

import dev.assay.rules.evidence.SlicedTable.Opened;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Reads slices and takes facts about each. */
final class SliceScan {
  private static final int MOST_MORE = 2;

  private final SlicedTable table;
  private final boolean sliced;

  SliceScan(SlicedTable table) {
    this.table = table;
    this.sliced = table.slices().size() > 1;
  }

  /**
   * What was taken.
   *
   * @param values per slice the values of the facts, in their order
   * @param again the slices that were read once more for a fact, as often as they were
   */
  record Taken(Map<SliceId, List<long[]>> values, Map<Fact, List<Slice>> again) {}

  /**
   * Takes facts, in one reading. Power sums that lost too many digits, because nothing was known of
   * where their values lie, take a second one of the slices concerned, all at once; a third is left
   * for means that even the first could not tell.
   *
   * @param columns of each fact one column, by which many facts are cut into queries
   */
  Taken take(List<Slice> slices, List<Fact> facts, Map<Fact, String> columns) {
    Map<SliceId, Map<Fact, long[]>> found = new HashMap<>();
    try (Opened opened = table.open(slices);
        Middles middles = Middles.ofBounds(opened.rows().sparkSession(), slices, facts)) {
      found.putAll(read(slices, facts, columns, opened.rows(), middles));
    }
    Map<Fact, List<Slice>> again = new HashMap<>();
    Map<Fact, List<Slice>> doubtful = new LinkedHashMap<>();
    facts.stream().filter(Middles::needed).forEach(fact -> doubtful.put(fact, slices));
    for (int more = 1; more <= MOST_MORE && onlyDoubtful(doubtful, found); more++) {
      takeAgain(doubtful, columns, found);
      doubtful.forEach(
          (fact, read) -> again.computeIfAbsent(fact, key -> new ArrayList<>()).addAll(read));
    }
    Map<SliceId, List<long[]>> inOrder = new HashMap<>();
    for (Slice slice : slices) {
      Map<Fact, long[]> values = found.getOrDefault(slice.id(), Map.of());
      // a slice whose rows are all deleted has no group
      inOrder.put(
          slice.id(),
          facts.stream().map(fact -> values.getOrDefault(fact, new long[fact.width()])).toList());
    }
    return new Taken(inOrder, again);
  }

  /** Keeps what lost too many digits and need not have; whether there is any. */
  private static boolean onlyDoubtful(
      Map<Fact, List<Slice>> candidates, Map<SliceId, Map<Fact, long[]>> found) {
    candidates.replaceAll(
        (fact, slices) ->
            slices.stream()
                .filter(
                    slice -> {
                      long[] value = found.getOrDefault(slice.id(), Map.of()).get(fact);
                      return value != null
                          && FactQuery.doubtful(fact, value)
                          && Middles.nearer(fact, value);
                    })
                .toList());
    candidates.values().removeIf(List::isEmpty);
    return !candidates.isEmpty();
  }

  /** With the means that are known now. What is not doubtful about a slice stays as it is. */
  private void takeAgain(
      Map<Fact, List<Slice>> doubtful,
      Map<Fact, String> columns,
      Map<SliceId, Map<Fact, long[]>> found) {
    List<Slice> slices = doubtful.values().stream().flatMap(List::stream).distinct().toList();
    List<Fact> facts = List.copyOf(doubtful.keySet());
    try (Opened opened = table.open(slices);
        Middles middles = Middles.ofMeans(opened.rows().sparkSession(), slices, facts, found)) {
      Map<SliceId, Map<Fact, long[]>> again = read(slices, facts, columns, opened.rows(), middles);
      doubtful.forEach(
          (fact, members) ->
              members.forEach(
                  slice ->
                      Objects.requireNonNull(found.get(slice.id()))
                          .put(fact, required(again, slice, fact))));
    }
  }

  private static long[] required(Map<SliceId, Map<Fact, long[]>> found, Slice slice, Fact fact) {
    long[] value = found.getOrDefault(slice.id(), Map.of()).get(fact);
    if (value == null) {
      throw new IllegalStateException("a file that had rows has none when it is read again");
    }
    return value;
  }

  private Map<SliceId, Map<Fact, long[]>> read(
      List<Slice> slices,
      List<Fact> facts,
      Map<Fact, String> columns,
      Dataset<Row> rows,
      Middles middles) {
    FactQuery query = new FactQuery(table.shape(), middles, table::settled);
    Map<SliceId, Map<Fact, long[]>> found = new HashMap<>();
    for (List<Fact> pass : Passes.of(facts, query, columns)) {
      read(slices, pass, query, rows, found);
    }
    return found;
  }

  private void read(
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
    for (Row row : result(opaque(rows, facts), columns, slices)) {
      Slice slice = sliced ? byLocation.get(row.getString(0)) : slices.get(0);
      if (slice == null) {
        throw new IllegalStateException("rows came from a file that was not asked for");
      }
      Map<Fact, long[]> values = found.computeIfAbsent(slice.id(), id -> new HashMap<>());
      for (Fact fact : facts) {
        // a large file is read by several tasks
        values.merge(
            fact,
            query.value(fact, row, positions, slice.id()),
            (one, other) -> merged(fact, one, other));
      }
    }
  }

  private static long[] merged(Fact fact, long[] into, long[] other) {
    fact.merge(into, other);
    return into;
  }

  /**
   * Spark 3.5 offers aggregates without a condition to sources that may know them, and fails with
   * an internal error while it translates what it made of some comparisons, such as of a float with
   * a number that no float is equal to. A condition that nothing is known of keeps it from that.
   */
  private Dataset<Row> opaque(Dataset<Row> rows, List<Fact> facts) {
    boolean plain =
        facts.stream()
            .noneMatch(
                fact ->
                    fact.sql().isPresent()
                        || fact instanceof Fact.Matches
                        || fact instanceof Derived);
    return sliced || plain ? rows : rows.where(functions.spark_partition_id().geq(0));
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
