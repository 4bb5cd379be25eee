package dev.assay.rules.evidence.keys;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Counts 64-bit keys exactly: tasks deal them out into buckets, as blocks of plain numbers, and
 * each bucket is sorted on its own. A block is a few hundred thousand keys, so that Spark moves few
 * large records instead of many small ones. Keys that repeat a lot are counted before they are
 * sent.
 */
final class SortedKeys {
  private static final long KEYS_PER_BUCKET = 1_000_000;
  private static final int MOST_REPEATED = 20_000;

  /**
   * What was counted.
   *
   * @param repeated keys that occur more than once; empty if there are too many to list
   * @param all whether {@code repeated} lists all of them
   */
  record Counted(KeyCounts counts, List<Long> repeated, boolean all) implements Serializable {}

  private SortedKeys() {}

  /**
   * Counts.
   *
   * @param rowsAtMost how many there may be; negative if nobody knows
   */
  static Counted count(Dataset<Row> rows, Column number, long rowsAtMost) {
    int buckets = buckets(rows, rowsAtMost);
    return rows.select(number)
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .mapPartitionsToPair(new DealtKeys(buckets))
        .groupByKey(new HashPartitioner(buckets))
        .values()
        .map(new CountBucket())
        .fold(
            new Counted(KeyCounts.allDifferent(0), List.of(), true),
            (one, other) -> together(one, other));
  }

  /** The keys themselves, sorted; for few. */
  static long[] list(Dataset<Row> rows, Column number) {
    List<byte[]> blocks =
        rows.select(number)
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(new Pack())
            .collect();
    long[] keys = new long[blocks.stream().mapToInt(block -> block.length / 8).sum()];
    int filled = 0;
    for (byte[] block : blocks) {
      ByteBuffer.wrap(block).asLongBuffer().get(keys, filled, block.length / 8);
      filled += block.length / 8;
    }
    Arrays.sort(keys);
    return keys;
  }

  private static int buckets(Dataset<Row> rows, long rowsAtMost) {
    int cores = rows.sparkSession().sparkContext().defaultParallelism();
    long wanted = rowsAtMost < 0 ? 64 : rowsAtMost / KEYS_PER_BUCKET + 1;
    return (int) Math.max(cores, Math.min(wanted, 100_000));
  }

  private static Counted together(Counted one, Counted other) {
    List<Long> repeated = new ArrayList<>(one.repeated());
    repeated.addAll(other.repeated());
    boolean all = one.all() && other.all() && repeated.size() <= MOST_REPEATED;
    return new Counted(one.counts().plus(other.counts()), all ? repeated : List.of(), all);
  }

  /** Packs all keys of a task. */
  private static final class Pack implements FlatMapFunction<Iterator<InternalRow>, byte[]> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<byte[]> call(Iterator<InternalRow> rows) {
      long[] keys = new long[1024];
      int filled = 0;
      while (rows.hasNext()) {
        if (filled == keys.length) {
          keys = Arrays.copyOf(keys, filled * 2);
        }
        keys[filled++] = rows.next().getLong(0);
      }
      ByteBuffer bytes = ByteBuffer.allocate(filled * 8);
      bytes.asLongBuffer().put(keys, 0, filled);
      return List.of(bytes.array()).iterator();
    }
  }

  /** Counts the keys of one bucket. */
  private static final class CountBucket implements Function<Iterable<byte[]>, Counted> {
    private static final long serialVersionUID = 1L;

    @Override
    public Counted call(Iterable<byte[]> blocks) {
      boolean anyCounted = false;
      int size = 0;
      for (byte[] block : blocks) {
        anyCounted |= block[0] == 1;
        size += block.length / 8;
      }
      return anyCounted ? byMap(blocks) : bySorting(blocks, size);
    }

    private static Counted bySorting(Iterable<byte[]> blocks, int size) {
      long[] keys = new long[size];
      int filled = 0;
      for (byte[] block : blocks) {
        ByteBuffer.wrap(block, 1, block.length - 1)
            .asLongBuffer()
            .get(keys, filled, block.length / 8);
        filled += block.length / 8;
      }
      Arrays.sort(keys);
      Tally tally = new Tally();
      int start = 0;
      for (int index = 1; index <= filled; index++) {
        if (index == filled || keys[index] != keys[start]) {
          tally.add(keys[start], index - start);
          start = index;
        }
      }
      return tally.counted();
    }

    private static Counted byMap(Iterable<byte[]> blocks) {
      Map<Long, Long> times = new HashMap<>();
      for (byte[] block : blocks) {
        ByteBuffer bytes = ByteBuffer.wrap(block);
        boolean counted = bytes.get() == 1;
        while (bytes.hasRemaining()) {
          times.merge(bytes.getLong(), counted ? bytes.getLong() : 1L, Long::sum);
        }
      }
      Tally tally = new Tally();
      // in the order of the keys, so that the sum of logarithms is always the same
      times.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(entry -> tally.add(entry.getKey(), entry.getValue()));
      return tally.counted();
    }
  }

  /** Adds up keys and how often each occurs. */
  private static final class Tally {
    private long rows;
    private long distinct;
    private long single;
    private double weightedLogs;
    private final List<Long> repeated = new ArrayList<>();

    void add(long key, long times) {
      rows += times;
      distinct++;
      if (times == 1) {
        single++;
      } else {
        weightedLogs += times * Math.log(times);
        if (repeated.size() <= MOST_REPEATED) {
          repeated.add(key);
        }
      }
    }

    Counted counted() {
      boolean all = repeated.size() <= MOST_REPEATED;
      return new Counted(
          new KeyCounts(rows, distinct, single, weightedLogs), all ? repeated : List.of(), all);
    }
  }
}
