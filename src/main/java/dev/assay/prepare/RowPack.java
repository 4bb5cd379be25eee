package dev.assay.prepare;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;

/** Rows in Spark's own form, one behind the other in one piece of memory. */
final class RowPack implements Serializable {
  /** Each row's length; eight bytes, so that rows lie where the processor likes them. */
  private static final int HEADER = 8;

  private final int columns;
  private byte[] bytes = new byte[1 << 14];
  private int used;

  RowPack(int columns) {
    this.columns = columns;
  }

  int size() {
    return used;
  }

  void add(UnsafeRow row) {
    int length = row.getSizeInBytes();
    int end = Math.addExact(Math.addExact(used, HEADER), length);
    if (end > bytes.length) {
      bytes =
          Arrays.copyOf(
              bytes, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(end, bytes.length * 2L)));
    }
    Platform.putLong(bytes, at(used), length);
    Platform.copyMemory(row.getBaseObject(), row.getBaseOffset(), bytes, at(used + HEADER), length);
    used = end;
  }

  /** No more rows will come. */
  void close() {
    bytes = Arrays.copyOf(bytes, used);
  }

  private static long at(int position) {
    return (long) Platform.BYTE_ARRAY_OFFSET + position;
  }

  /** The rows, each valid until the next is asked for. */
  Iterator<InternalRow> rows() {
    UnsafeRow row = new UnsafeRow(columns);
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < used;
      }

      @Override
      public InternalRow next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        int length = (int) Platform.getLong(bytes, at(next));
        row.pointTo(bytes, at(next + HEADER), length);
        next += HEADER + length;
        return row;
      }
    };
  }
}
