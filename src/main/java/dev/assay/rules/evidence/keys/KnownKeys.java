package dev.assay.rules.evidence.keys;

import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Looks for some keys among many rows, in one pass over the key's columns and without a shuffle.
 */
final class KnownKeys {
  private KnownKeys() {}

  /** Whether any of the keys occurs. */
  static boolean occur(Dataset<Row> rows, Column number, long[] sortedKeys) {
    try (JavaSparkContext context =
        new JavaSparkContext(rows.sparkSession().sparkContext()) {
          @Override
          public void close() {
            // the session is not ours
          }
        }) {
      Broadcast<KeySet> keys = context.broadcast(KeySet.of(sortedKeys));
      try {
        return !rows.select(number)
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(new Find(keys))
            .collect()
            .isEmpty();
      } finally {
        keys.destroy();
      }
    }
  }

  /** An open hash set of numbers. */
  record KeySet(long[] slots, boolean zero) implements java.io.Serializable {
    static KeySet of(long[] keys) {
      long[] slots = new long[Integer.highestOneBit(Math.max(8, keys.length)) * 4];
      boolean zero = false;
      for (long key : keys) {
        if (key == 0) {
          zero = true;
          continue;
        }
        int slot = slot(key, slots.length);
        while (slots[slot] != 0 && slots[slot] != key) {
          slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = key;
      }
      return new KeySet(slots, zero);
    }

    boolean has(long key) {
      if (key == 0) {
        return zero;
      }
      int slot = slot(key, slots.length);
      while (slots[slot] != 0) {
        if (slots[slot] == key) {
          return true;
        }
        slot = (slot + 1) & (slots.length - 1);
      }
      return false;
    }

    private static int slot(long key, int size) {
      return (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & (size - 1);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof KeySet set && zero == set.zero && Arrays.equals(slots, set.slots);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(slots);
    }

    @Override
    public String toString() {
      return "KeySet of at most " + slots.length;
    }
  }

  /** Ends at the first key that is found. */
  private static final class Find implements FlatMapFunction<Iterator<InternalRow>, Boolean> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<KeySet> keys;

    Find(Broadcast<KeySet> keys) {
      this.keys = keys;
    }

    @Override
    public Iterator<Boolean> call(Iterator<InternalRow> rows) {
      KeySet wanted = keys.value();
      while (rows.hasNext()) {
        if (wanted.has(rows.next().getLong(0))) {
          return java.util.List.of(true).iterator();
        }
      }
      return java.util.List.<Boolean>of().iterator();
    }
  }
}
