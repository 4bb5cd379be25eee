package dev.assay.prepare;

import dev.assay.model.job.ColumnSpec;
import java.time.ZoneId;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.unsafe.types.UTF8String;

/** The plain form of each type and of each way to write it. */
final class PlainTexts {
  private static final UTF8String TRUE = UTF8String.fromString("true");
  private static final UTF8String FALSE = UTF8String.fromString("false");

  private PlainTexts() {}

  /**
   * What reads a column's plain texts.
   *
   * @param zone where texts without a zone were written
   */
  static PlainReader of(ColumnSpec column, DataType type, ZoneId zone) {
    PlainReader exact =
        switch (column.type()) {
          case "tinyint" -> grouped(column, PlainNumbers.bytes());
          case "smallint" -> grouped(column, PlainNumbers.shorts());
          case "int" -> grouped(column, PlainNumbers.ints());
          case "bigint" -> grouped(column, PlainNumbers.longs());
          case "float" -> grouped(column, PlainNumbers.floats());
          case "double" -> grouped(column, PlainNumbers.doubles());
          case "boolean" -> words(column);
          case "date" -> PlainTimes.dates(column.format().orElse("yyyy-MM-dd"), zone);
          case "timestamp" ->
              column
                  .format()
                  .map(pattern -> PlainTimes.timestamps(pattern, zone))
                  .orElseGet(() -> PlainTimes.timestamps(zone));
          default ->
              type instanceof DecimalType decimal
                  ? grouped(column, PlainNumbers.decimals(decimal.precision(), decimal.scale()))
                  : PlainReader.NONE;
        };
    return exact == PlainReader.NONE ? exact : text -> exact.read(trimmed(text));
  }

  private static PlainReader grouped(ColumnSpec column, PlainReader number) {
    String example = column.format().orElse("");
    int comma = example.lastIndexOf(',');
    int point = example.lastIndexOf('.');
    if (comma < 0) {
      return number;
    }
    return comma > point
        ? new PlainGroups((byte) '.', (byte) ',', number)
        : new PlainGroups((byte) ',', (byte) '.', number);
  }

  private static PlainReader words(ColumnSpec column) {
    List<String> words =
        column.format().map(format -> List.of(format.split("/", 2))).orElse(List.of());
    UTF8String yes = words.size() == 2 ? UTF8String.fromString(words.get(0)) : TRUE;
    UTF8String no = words.size() == 2 ? UTF8String.fromString(words.get(1)) : FALSE;
    return text -> text.equals(yes) ? (Object) true : text.equals(no) ? (Object) false : null;
  }

  private static UTF8String trimmed(UTF8String text) {
    int length = text.numBytes();
    boolean spaced =
        length > 0
            && (PlainReader.byteAt(text, 0) == ' ' || PlainReader.byteAt(text, length - 1) == ' ');
    return spaced ? text.trim() : text;
  }
}
