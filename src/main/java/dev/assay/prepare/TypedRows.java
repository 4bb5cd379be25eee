package dev.assay.prepare;

import dev.assay.model.RowMark;
import dev.assay.model.RowMark.ProblemKind;
import dev.assay.model.job.ColumnSpec;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Reads the texts of rows, one after the other, as the declared types of their columns. A loop, not
 * an expression: generated code for many columns grows beyond what the JVM compiles.
 */
final class TypedRows implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
  /** A column to read; {@code reader} is NULL if its text is its value. */
  private record Reading(
      int place,
      @Nullable ColumnReader reader,
      boolean required,
      UTF8String name,
      UTF8String mistake)
      implements java.io.Serializable {}

  private static final UTF8String NO_VALUE = UTF8String.fromString("has no value");

  private final StructType schema;
  private final DataType[] types;
  private final List<Reading> readings;
  private final int[] others;
  private final int problems;
  private final int split;
  private final int fate;

  /**
   * @param rows the schema of the rows that come; the columns are texts
   * @param readers by column, what reads it; NULL for a text
   */
  TypedRows(StructType rows, List<ColumnSpec> columns, List<@Nullable ColumnReader> readers) {
    this.types = new DataType[rows.length()];
    for (int place = 0; place < types.length; place++) {
      types[place] = rows.apply(place).dataType();
    }
    StructType typed = rows;
    this.readings = new ArrayList<>();
    for (int index = 0; index < columns.size(); index++) {
      ColumnSpec column = columns.get(index);
      ColumnReader reader = readers.get(index);
      Reading reading =
          new Reading(
              rows.fieldIndex(column.name()),
              reader,
              !column.nullable(),
              UTF8String.fromString(column.name()),
              UTF8String.fromString("is not " + described(column)));
      readings.add(reading);
      if (reader != null) {
        typed = replaced(typed, reading.place, reader.type());
      }
    }
    this.schema = typed;
    this.problems = rows.fieldIndex(RowMark.PROBLEMS);
    this.split = rows.fieldIndex(RowMark.SPLIT);
    this.fate = rows.fieldIndex(RowMark.FATE);
    this.others =
        java.util.stream.IntStream.range(0, types.length)
            .filter(place -> readings.stream().noneMatch(reading -> reading.place == place))
            .toArray();
  }

  /** The schema of the typed rows. */
  StructType schema() {
    return schema;
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
        return typed(rows.next());
      }
    };
  }

  private InternalRow typed(InternalRow row) {
    @Nullable Object[] cells = new @Nullable Object[types.length];
    for (int place : others) {
      cells[place] = row.isNullAt(place) ? null : row.get(place, types[place]);
    }
    List<InternalRow> found = null;
    for (Reading reading : readings) {
      UTF8String text = row.isNullAt(reading.place) ? null : row.getUTF8String(reading.place);
      Object value = text == null || reading.reader == null ? text : reading.reader.read(text);
      cells[reading.place] = value;
      InternalRow problem = value == null ? problem(row, reading, text != null) : null;
      if (problem != null) {
        found = found == null ? new ArrayList<>() : found;
        found.add(problem);
      }
    }
    if (found != null && row.isNullAt(fate)) {
      cells[problems] = FoundProblems.with(row.getArray(problems), found);
    }
    return new GenericInternalRow(cells);
  }

  private @Nullable InternalRow problem(InternalRow row, Reading reading, boolean written) {
    if (written) {
      return FoundProblems.problem(ProblemKind.NOT_CASTABLE, reading.name, reading.mistake);
    }
    boolean missing =
        reading.required && row.getBoolean(split) && !isTold(row.getArray(problems), reading.name);
    return missing
        ? FoundProblems.problem(ProblemKind.MISSING_VALUE, reading.name, NO_VALUE)
        : null;
  }

  /** Whether something is wrong with a column already. */
  private static boolean isTold(ArrayData problems, UTF8String column) {
    for (int index = 0; index < problems.numElements(); index++) {
      InternalRow problem = problems.getStruct(index, 3);
      if (!problem.isNullAt(1) && problem.getUTF8String(1).equals(column)) {
        return true;
      }
    }
    return false;
  }

  private static StructType replaced(StructType schema, int place, DataType type) {
    StructField[] fields = schema.fields().clone();
    fields[place] = new StructField(fields[place].name(), type, true, fields[place].metadata());
    return new StructType(fields);
  }

  private static String described(ColumnSpec column) {
    String article = column.type().startsWith("int") ? "an " : "a ";
    return article
        + column.type()
        + column.format().map(format -> " written as " + format).orElse("");
  }
}
