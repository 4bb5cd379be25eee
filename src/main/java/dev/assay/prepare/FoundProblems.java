package dev.assay.prepare;

import dev.assay.model.RowMark;
import dev.assay.model.RowMark.ProblemKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Problems in the form in which rows carry them ({@link RowMark#PROBLEMS}). */
final class FoundProblems {
  private static final int FIELDS = 3;

  private static final Map<ProblemKind, UTF8String> NAMES = new EnumMap<>(ProblemKind.class);

  static {
    for (ProblemKind kind : ProblemKind.values()) {
      NAMES.put(kind, UTF8String.fromString(kind.name()));
    }
  }

  private FoundProblems() {}

  static InternalRow problem(ProblemKind kind, @Nullable UTF8String column, UTF8String detail) {
    return new GenericInternalRow(new @Nullable Object[] {NAMES.get(kind), column, detail});
  }

  /** What a row has against it, and what was found now. */
  static ArrayData with(ArrayData before, List<InternalRow> found) {
    List<InternalRow> all = new ArrayList<>();
    for (int index = 0; index < before.numElements(); index++) {
      all.add(before.getStruct(index, FIELDS));
    }
    all.addAll(found);
    return new GenericArrayData(all.toArray());
  }

  /** Whether all of them, if any, are of a kind. */
  static boolean only(ProblemKind kind, ArrayData problems) {
    UTF8String name = NAMES.get(kind);
    for (int index = 0; index < problems.numElements(); index++) {
      if (!problems.getStruct(index, FIELDS).getUTF8String(0).equals(name)) {
        return false;
      }
    }
    return true;
  }
}
