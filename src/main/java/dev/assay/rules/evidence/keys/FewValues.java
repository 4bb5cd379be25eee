package dev.assay.rules.evidence.keys;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.assay.rules.evidence.Slice;
import dev.assay.rules.evidence.SliceId;
import dev.assay.rules.evidence.SlicedTable;
import dev.assay.rules.evidence.SlicedTable.Opened;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Columns with few different values: how often each occurs in a slice is small enough to be kept
 * and merged like any other fact, in one pass without a shuffle. Where values are many it is
 * noticed within a few thousand rows.
 */
final class FewValues {
  /** So many values a slice may have. */
  private static final int MOST_VALUES = 2_048;

  /** So many values all slices may have, one by one: 4 MiB of evidence. */
  private static final int MOST_KEPT = 170_000;

  private final SlicedTable table;
  private final KeyColumns key;
  private final String signature;

  /**
   * @param signature of the key, with which texts are hashed
   */
  FewValues(SlicedTable table, KeyColumns key, String signature) {
    this.table = table;
    this.key = key;
    this.signature = signature;
  }

  /** Whether the key is of a kind that can be counted like this. */
  boolean possible() {
    return key.exactNumber().isPresent() || key.text().isPresent();
  }

  /** The values of each slice; empty if one has too many. */
  Optional<Map<SliceId, ValueTimes>> count(List<Slice> slices) {
    boolean sliced = table.slices().size() > 1;
    List<Found> found;
    try (Opened opened = table.open(slices)) {
      Column slice = sliced ? col(SlicedTable.SLICE_COLUMN) : lit("");
      Column value = key.exactNumber().or(key::text).orElseThrow();
      found =
          key.rows(opened.rows())
              .select(slice, value)
              .queryExecution()
              .toRdd()
              .toJavaRDD()
              .mapPartitions(new Count(key.exactNumber().isPresent(), signature, most()))
              .collect();
    }
    Map<String, SliceId> byLocation = new HashMap<>();
    slices.forEach(slice -> byLocation.put(sliced ? slice.location() : "", slice.id()));
    Map<SliceId, ValueTimes> bySlice = new HashMap<>();
    // a slice without any value is not mentioned
    slices.forEach(slice -> bySlice.put(slice.id(), ValueTimes.NONE));
    for (Found part : found) {
      SliceId slice = byLocation.get(part.location());
      if (slice == null) {
        return Optional.empty();
      }
      ValueTimes together =
          ValueTimes.sum(List.of(bySlice.getOrDefault(slice, ValueTimes.NONE), part.times()));
      if (together.size() > most()) {
        return Optional.empty();
      }
      bySlice.put(slice, together);
    }
    return Optional.of(bySlice);
  }

  private int most() {
    return Math.max(1, Math.min(MOST_VALUES, MOST_KEPT / Math.max(1, table.slices().size())));
  }

  /** What a task found in a file, or in a part of one; no location if there was too much. */
  private record Found(String location, ValueTimes times) implements Serializable {}

  /** Counts the values of a task. */
  private static final class Count implements FlatMapFunction<Iterator<InternalRow>, Found> {
    private static final long serialVersionUID = 1L;
    private static final Found TOO_MANY = new Found("(too many values)", ValueTimes.NONE);

    private final boolean numbers;
    private final String signature;
    private final int most;

    Count(boolean numbers, String signature, int most) {
      this.numbers = numbers;
      this.signature = signature;
      this.most = most;
    }

    @Override
    public Iterator<Found> call(Iterator<InternalRow> rows) {
      Map<UTF8String, Map<Object, long[]>> bySlice = new HashMap<>();
      while (rows.hasNext()) {
        InternalRow row = rows.next();
        UTF8String slice = row.getUTF8String(0);
        Map<Object, long[]> times = bySlice.get(slice);
        if (times == null) {
          times = new HashMap<>();
          bySlice.put(slice.copy(), times);
        }
        Object value = numbers ? (Object) row.getLong(1) : row.getUTF8String(1);
        long[] known = times.get(value);
        if (known == null) {
          if (times.size() >= most) {
            return List.of(TOO_MANY).iterator();
          }
          known = new long[1];
          times.put(value instanceof UTF8String text ? text.copy() : value, known);
        }
        known[0]++;
      }
      List<Found> found = new ArrayList<>();
      bySlice.forEach(
          (slice, times) ->
              found.add(new Found(slice.toString(), ValueTimes.of(times, signature))));
      return found.iterator();
    }
  }
}
