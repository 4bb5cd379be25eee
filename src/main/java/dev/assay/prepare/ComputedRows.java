package dev.assay.prepare;

import dev.assay.model.RowMark;
import dev.assay.model.RowMark.ProblemKind;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Computes the expressions of a step, one row after the other. A row for which one of them fails
 * has a problem; the run goes on.
 */
final class ComputedRows implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
  /** What becomes of an expression's value. */
  enum Use {
    /** It goes into a column. */
    COLUMN,
    /** A row for which it is not true goes no further. */
    FILTER,
    /** A row for which it is not true has a problem. */
    RULE
  }

  /**
   * An expression of the step.
   *
   * @param place the column that it goes into; of others -1
   * @param says the fate of a row that is filtered, or the rule that is broken
   * @param where the step and what of it, for the reason of a row that it fails for
   */
  record Computation(
      RowExpression expression,
      Use use,
      int place,
      UTF8String says,
      @Nullable UTF8String column,
      String where)
      implements Serializable {}

  private final List<Computation> computations;
  private final List<Set<Integer>> reads;
  private final boolean soundOnly;
  private final boolean columns;
  private final DataType[] types;
  private final int width;
  private final int problems;
  private final int fate;

  /**
   * @param rows the schema of the rows that come; columns that are added stand behind theirs
   * @param width how many columns there are afterwards
   * @param soundOnly whether rows that break a rule are passed over too
   */
  ComputedRows(StructType rows, int width, List<Computation> computations, boolean soundOnly) {
    this.computations = new ArrayList<>(computations);
    this.reads = new ArrayList<>();
    computations.forEach(each -> reads.add(new HashSet<>(each.expression().reads())));
    this.soundOnly = soundOnly;
    this.columns = computations.stream().anyMatch(each -> each.use() == Use.COLUMN);
    this.types = new DataType[rows.length()];
    for (int place = 0; place < types.length; place++) {
      types[place] = rows.apply(place).dataType();
    }
    this.width = width;
    this.problems = rows.fieldIndex(RowMark.PROBLEMS);
    this.fate = rows.fieldIndex(RowMark.FATE);
  }

  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> rows) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public InternalRow next() {
        return computed(rows.next());
      }
    };
  }

  private InternalRow computed(InternalRow row) {
    InternalRow wide = columns ? copy(row) : row;
    if (!isComputable(row)) {
      computations.forEach(each -> clear(wide, each));
      return wide;
    }
    // nearly all rows need neither
    List<InternalRow> found = List.of();
    Set<Integer> unknown = Set.of();
    UTF8String end = null;
    for (int index = 0; index < computations.size(); index++) {
      Computation each = computations.get(index);
      if (!unknown.isEmpty() && !Collections.disjoint(reads.get(index), unknown)) {
        // what fails before it is the reason
        unknown = with(unknown, each.place);
        clear(wide, each);
        continue;
      }
      try {
        if (each.use == Use.COLUMN) {
          wide.update(each.place, each.expression.of(wide));
        } else if (!each.expression.holds(wide)) {
          if (each.use == Use.RULE) {
            found = with(found, FoundProblems.problem(ProblemKind.ROW_RULE, null, each.says));
          } else {
            end = each.says;
          }
        }
      } catch (TaskKilledException e) {
        throw e;
      } catch (Exception e) {
        // Scala throws checked exceptions without declaring them
        found = with(found, failed(each, e));
        unknown = with(unknown, each.place);
        clear(wide, each);
      }
    }
    return found.isEmpty() && end == null ? wide : marked(wide, found, end);
  }

  private static List<InternalRow> with(List<InternalRow> found, InternalRow another) {
    List<InternalRow> more = found.isEmpty() ? new ArrayList<>() : found;
    more.add(another);
    return more;
  }

  private static Set<Integer> with(Set<Integer> places, int another) {
    Set<Integer> more = places.isEmpty() ? new HashSet<>() : places;
    more.add(another);
    return more;
  }

  private static void clear(InternalRow wide, Computation each) {
    if (each.use == Use.COLUMN) {
      wide.setNullAt(each.place);
    }
  }

  private static InternalRow failed(Computation each, Exception failure) {
    String detail = "%s: %s".formatted(each.where, ValueError.name(failure));
    return FoundProblems.problem(
        ProblemKind.NOT_COMPUTABLE, each.column, UTF8String.fromString(detail));
  }

  private InternalRow marked(InternalRow row, List<InternalRow> found, @Nullable UTF8String end) {
    InternalRow marked = columns ? row : copy(row);
    if (!found.isEmpty()) {
      marked.update(problems, FoundProblems.with(row.getArray(problems), found));
    }
    if (end != null) {
      marked.update(fate, end);
    }
    return marked;
  }

  /** Rows whose values could be read, and for some steps only those with nothing against them. */
  private boolean isComputable(InternalRow row) {
    ArrayData before = row.getArray(problems);
    boolean sound = row.isNullAt(fate) && before.numElements() == 0;
    return sound
        || (!soundOnly && row.isNullAt(fate) && FoundProblems.only(ProblemKind.ROW_RULE, before));
  }

  private GenericInternalRow copy(InternalRow row) {
    @Nullable Object[] cells = new @Nullable Object[width];
    for (int place = 0; place < types.length; place++) {
      cells[place] = row.isNullAt(place) ? null : row.get(place, types[place]);
    }
    return new GenericInternalRow(cells);
  }
}
