package dev.assay.rules.evidence.keys;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.Tuple2;

/**
 * Counts 64-bit keys exactly: tasks deal them out into buckets, as blocks of plain numbers, and
 * each bucket is sorted on its own. A block is a few hundred thousand keys, so that Spark moves few
 * large records instead of many small ones. Keys that repeat a lot are counted before they are
 * sent.
 */
final class SortedKeys {
  private static final int BUFFER = 1 << 20;
  private static final int SAMPLE = 1 << 14;
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
        .mapPartitionsToPair(new Deal(buckets))
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

  /** Deals keys out into buckets. */
  private static final class Deal
      implements PairFlatMapFunction<Iterator<InternalRow>, Integer, byte[]> {
    private static final long serialVersionUID = 1L;

    private final int buckets;

    Deal(int buckets) {
      this.buckets = buckets;
    }

    @Override
    public Iterator<Tuple2<Integer, byte[]>> call(Iterator<InternalRow> rows) {
      return new Dealer(rows, buckets);
    }
  }

  /** Fills a buffer and deals it out, again and again. */
  private static final class Dealer implements Iterator<Tuple2<Integer, byte[]>> {
    private final Iterator<InternalRow> rows;
    private final int buckets;
    private final long[] buffer = new long[BUFFER];
    private Iterator<Tuple2<Integer, byte[]>> dealt = List.<Tuple2<Integer, byte[]>>of().iterator();

    Dealer(Iterator<InternalRow> rows, int buckets) {
      this.rows = rows;
      this.buckets = buckets;
    }

    @Override
    public boolean hasNext() {
      while (!dealt.hasNext() && rows.hasNext()) {
        int filled = 0;
        while (filled < BUFFER && rows.hasNext()) {
          buffer[filled++] = rows.next().getLong(0);
        }
        dealt = deal(filled);
      }
      return dealt.hasNext();
    }

    @Override
    public Tuple2<Integer, byte[]> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return dealt.next();
    }

    private Iterator<Tuple2<Integer, byte[]>> deal(int filled) {
      return (repeats(filled) ? counted(filled) : plain(filled)).iterator();
    }

    /** Whether keys repeat so often that counting them first is worth a sort. */
    private boolean repeats(int filled) {
      long[] sample = Arrays.copyOf(buffer, Math.min(filled, SAMPLE));
      Arrays.sort(sample);
      int distinct = 1;
      for (int index = 1; index < sample.length; index++) {
        distinct += sample[index] == sample[index - 1] ? 0 : 1;
      }
      return distinct < sample.length / 2;
    }

    private List<Tuple2<Integer, byte[]>> plain(int filled) {
      int[] sizes = new int[buckets];
      for (int index = 0; index < filled; index++) {
        sizes[bucket(buffer[index])]++;
      }
      ByteBuffer[] blocks = new ByteBuffer[buckets];
      for (int index = 0; index < filled; index++) {
        int bucket = bucket(buffer[index]);
        if (blocks[bucket] == null) {
          blocks[bucket] = ByteBuffer.allocate(1 + sizes[bucket] * 8).put((byte) 0);
        }
        blocks[bucket].putLong(buffer[index]);
      }
      return tuples(blocks);
    }

    private List<Tuple2<Integer, byte[]>> counted(int filled) {
      Arrays.sort(buffer, 0, filled);
      int[] sizes = new int[buckets];
      for (int index = 0; index < filled; index++) {
        if (index == 0 || buffer[index] != buffer[index - 1]) {
          sizes[bucket(buffer[index])]++;
        }
      }
      ByteBuffer[] blocks = new ByteBuffer[buckets];
      int start = 0;
      for (int index = 1; index <= filled; index++) {
        if (index == filled || buffer[index] != buffer[start]) {
          int bucket = bucket(buffer[start]);
          if (blocks[bucket] == null) {
            blocks[bucket] = ByteBuffer.allocate(1 + sizes[bucket] * 16).put((byte) 1);
          }
          blocks[bucket].putLong(buffer[start]).putLong(index - start);
          start = index;
        }
      }
      return tuples(blocks);
    }

    private static List<Tuple2<Integer, byte[]>> tuples(ByteBuffer[] blocks) {
      List<Tuple2<Integer, byte[]>> tuples = new ArrayList<>();
      for (int bucket = 0; bucket < blocks.length; bucket++) {
        if (blocks[bucket] != null) {
          tuples.add(new Tuple2<>(bucket, blocks[bucket].array()));
        }
      }
      return tuples;
    }

    /** Multiplying by the golden ratio spreads dense keys evenly. */
    private int bucket(long key) {
      long spread = key * 0x9E3779B97F4A7C15L;
      return (int) Math.floorMod(spread >>> 20, buckets);
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
