package dev.assay.prepare;

import dev.assay.model.RowMark;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.StructType;

/**
 * Tells marked rows apart, counts them and packs them, in one pass. Rows that were left out are
 * only counted.
 */
final class RowKeeper implements FlatMapFunction<Iterator<InternalRow>, KeptRows> {
  /** Small enough to spill one at a time, large enough that nobody notices the pieces. */
  private static final int PIECE = 4 << 20;

  private final int columns;
  private final int problems;
  private final int fate;

  RowKeeper(StructType schema) {
    this.columns = schema.length();
    this.problems = schema.fieldIndex(RowMark.PROBLEMS);
    this.fate = schema.fieldIndex(RowMark.FATE);
  }

  @Override
  public Iterator<KeptRows> call(Iterator<InternalRow> rows) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public KeptRows next() {
        return piece(rows);
      }
    };
  }

  private KeptRows piece(Iterator<InternalRow> rows) {
    RowPack sound = new RowPack(columns);
    RowPack wrong = new RowPack(columns);
    RowTally tally = new RowTally();
    while (rows.hasNext() && sound.size() + wrong.size() < PIECE) {
      UnsafeRow row = (UnsafeRow) rows.next();
      ArrayData found = row.getArray(problems);
      if (found.numElements() > 0) {
        wrong.add(row);
        tally.addQuarantined(found);
      } else if (row.isNullAt(fate)) {
        sound.add(row);
        tally.addSound();
      } else {
        tally.addFate(row.getUTF8String(fate).toString());
      }
    }
    sound.close();
    wrong.close();
    return new KeptRows(sound, wrong, tally);
  }
}
