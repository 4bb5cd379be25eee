package dev.assay.exports;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/**
 * A table of the ledger added up by day (UTC) and by some of its columns.
 *
 * @param reads the source's columns that are needed
 * @param items what one row counts as: columns and values of each item, those without a value left
 *     out; often the row itself
 * @param by columns of items, all texts
 * @param counts in the order of their columns
 */
record CountedTable(
    String name,
    String source,
    String time,
    Set<String> reads,
    Function<Record, List<Map<String, Object>>> items,
    List<String> by,
    List<Count> counts)
    implements ExportedTable {
  /** A column of numbers: how many items meet a condition. */
  record Count(String name, Predicate<Map<String, Object>> condition) {}

  private static final Comparator<List<String>> ORDER =
      (one, other) -> {
        for (int index = 0; index < one.size(); index++) {
          int order = one.get(index).compareTo(other.get(index));
          if (order != 0) {
            return order;
          }
        }
        return 0;
      };

  CountedTable {
    reads = Set.copyOf(reads);
    by = List.copyOf(by);
    counts = List.copyOf(counts);
  }

  /** A row as the one item that it is. */
  static List<Map<String, Object>> itself(Record row) {
    Map<String, Object> item = new HashMap<>();
    for (NestedField field : row.struct().fields()) {
      Object value = row.getField(field.name());
      if (value != null) {
        item.put(field.name(), value);
      }
    }
    return List.of(item);
  }

  /** Counts every item. */
  static Count all(String name) {
    return new Count(name, item -> true);
  }

  @Override
  public Schema schema(Schema source) {
    List<NestedField> fields = new ArrayList<>();
    fields.add(NestedField.required(1, "day", Types.DateType.get()));
    by.forEach(
        column ->
            fields.add(NestedField.required(fields.size() + 1, column, Types.StringType.get())));
    counts.forEach(
        count ->
            fields.add(
                NestedField.required(fields.size() + 1, count.name(), Types.LongType.get())));
    return new Schema(fields);
  }

  @Override
  public List<Record> rows(List<Record> month, Schema schema) {
    Map<List<String>, long[]> groups = new TreeMap<>(ORDER);
    for (Record row : month) {
      String day = day((OffsetDateTime) row.getField(time));
      items.apply(row).forEach(item -> count(groups, day, item));
    }
    return groups.entrySet().stream()
        .map(group -> record(schema, group.getKey(), group.getValue()))
        .toList();
  }

  private static String day(OffsetDateTime at) {
    return at.withOffsetSameInstant(ZoneOffset.UTC).toLocalDate().toString();
  }

  private void count(Map<List<String>, long[]> groups, String day, Map<String, Object> item) {
    List<String> key = new ArrayList<>();
    key.add(day);
    by.forEach(column -> key.add(Objects.toString(item.get(column), "")));
    long[] sums = groups.computeIfAbsent(key, none -> new long[counts.size()]);
    for (int index = 0; index < sums.length; index++) {
      sums[index] += counts.get(index).condition().test(item) ? 1 : 0;
    }
  }

  private static Record record(Schema schema, List<String> key, long[] sums) {
    Record record = GenericRecord.create(schema);
    record.set(0, LocalDate.parse(key.get(0)));
    for (int index = 1; index < key.size(); index++) {
      record.set(index, key.get(index));
    }
    for (int index = 0; index < sums.length; index++) {
      record.set(key.size() + index, sums[index]);
    }
    return record;
  }
}
