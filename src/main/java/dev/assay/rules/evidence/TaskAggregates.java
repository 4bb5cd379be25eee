package dev.assay.rules.evidence;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.aggregate.HashAggregateExec;
import org.apache.spark.sql.execution.exchange.ShuffleExchangeExec;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Function1;
import scala.runtime.AbstractPartialFunction;

/**
 * An aggregate over each task instead of over all tasks. Where a task reads one file only, that is
 * an aggregate by file, at half the cost of grouping: without a group the sums stay in local
 * variables of the generated code, with one they are read and written in memory for every row.
 *
 * <p>Spark has no such query, so the exchange between the two halves of a plain aggregate is taken
 * out of its physical plan. If the plan does not look as expected, nothing is run and grouping does
 * the work.
 */
final class TaskAggregates {
  private static final long SEED = 42;

  private TaskAggregates() {}

  /**
   * Takes aggregates.
   *
   * @param aggregates whose results stand at positions 1 and up
   * @return a row per task that read anything, with the location at position 0; empty if that
   *     cannot be had this way
   */
  static Optional<List<Row>> byLocation(
      Dataset<Row> rows, List<Column> aggregates, Collection<Slice> slices) {
    Column location = xxhash64(col(SlicedTable.SLICE_COLUMN));
    List<Column> all = new ArrayList<>(aggregates);
    all.add(min(location).alias("_assay_least"));
    all.add(max(location).alias("_assay_greatest"));
    Dataset<Row> aggregate =
        rows.agg(all.get(0), all.subList(1, all.size()).toArray(Column[]::new));
    SparkPlan plan = aggregate.queryExecution().executedPlan();
    if (!expected(plan)) {
      return Optional.empty();
    }
    Map<Long, String> names = new HashMap<>();
    slices.forEach(
        slice ->
            names.put(
                XXH64.hashUTF8String(UTF8String.fromString(slice.location()), SEED),
                slice.location()));
    if (names.size() != slices.size()) {
      return Optional.empty();
    }
    Function1<Object, Object> toRow =
        CatalystTypeConverters.createToScalaConverter(aggregate.schema());
    List<Row> result = new ArrayList<>();
    for (InternalRow internal :
        plan.transformUp(new WithoutExchange())
            .execute()
            .toJavaRDD()
            .map(InternalRow::copy)
            .collect()) {
      Row row = (Row) toRow.apply(internal);
      int least = all.size() - 2;
      if (row.isNullAt(least)) {
        continue;
      }
      String name = names.get(row.getLong(least));
      if (row.getLong(least) != row.getLong(least + 1) || name == null) {
        return Optional.empty();
      }
      result.add(with(name, row, least));
    }
    return Optional.of(result);
  }

  private static Row with(String location, Row row, int size) {
    Object[] values = new Object[size + 1];
    values[0] = location;
    for (int index = 0; index < size; index++) {
      values[index + 1] = row.get(index);
    }
    return org.apache.spark.sql.RowFactory.create(values);
  }

  /** Two hash aggregates, and at most one exchange between them. */
  private static boolean expected(SparkPlan plan) {
    int aggregates = count(plan, HashAggregateExec.class);
    int exchanges = count(plan, ShuffleExchangeExec.class);
    return aggregates == 2 && exchanges <= 1;
  }

  private static int count(SparkPlan plan, Class<?> type) {
    int found = type.isInstance(plan) ? 1 : 0;
    for (SparkPlan child : scala.collection.JavaConverters.seqAsJavaList(plan.children())) {
      found += count(child, type);
    }
    return found;
  }

  private static final class WithoutExchange extends AbstractPartialFunction<SparkPlan, SparkPlan> {
    @Override
    public boolean isDefinedAt(SparkPlan plan) {
      return plan instanceof ShuffleExchangeExec;
    }

    @Override
    public SparkPlan apply(SparkPlan plan) {
      return ((ShuffleExchangeExec) plan).child();
    }
  }
}
