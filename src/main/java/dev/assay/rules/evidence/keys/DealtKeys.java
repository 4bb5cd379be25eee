package dev.assay.rules.evidence.keys;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.Tuple2;

/**
 * Deals keys out into buckets, as blocks of plain numbers: a first byte, then keys, or keys and how
 * often each occurs if that byte is 1.
 */
final class DealtKeys implements PairFlatMapFunction<Iterator<InternalRow>, Integer, byte[]> {
  private static final long serialVersionUID = 1L;
  private static final int BUFFER = 1 << 20;
  private static final int SAMPLE = 1 << 14;

  private final int buckets;

  DealtKeys(int buckets) {
    this.buckets = buckets;
  }

  @Override
  public Iterator<Tuple2<Integer, byte[]>> call(Iterator<InternalRow> rows) {
    return new Dealer(rows, buckets);
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
}
