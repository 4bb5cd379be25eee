package dev.assay.lake.files;

import dev.assay.model.RowMark.ProblemKind;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** One record of a text file: where it stands, its values, and what is wrong with it. */
final class RawRecord {
  /** Most records have none. */
  private static final ArrayData NO_PROBLEMS = new GenericArrayData(new Object[0]);

  private final UTF8String file;
  private final long offset;
  private final byte[] bytes;
  private @Nullable List<InternalRow> problems;
  private boolean split = true;

  RawRecord(UTF8String file, long offset, byte[] bytes) {
    this.file = file;
    this.offset = offset;
    this.bytes = bytes;
  }

  byte[] bytes() {
    return bytes;
  }

  /** The record is no text in its file's encoding. */
  void undecodable(Charset charset) {
    malformed("is not text in " + charset.name());
  }

  void malformed(String detail) {
    unsplit(ProblemKind.MALFORMED, detail);
  }

  /** The record cannot be told apart into its columns. */
  void unsplit(ProblemKind kind, String detail) {
    split = false;
    problem(kind, null, detail);
  }

  void problem(ProblemKind kind, @Nullable String column, String detail) {
    if (problems == null) {
      problems = new ArrayList<>();
    }
    problems.add(
        new GenericInternalRow(
            new @Nullable Object[] {
              UTF8String.fromString(kind.name()),
              UTF8String.fromString(column),
              UTF8String.fromString(detail)
            }));
  }

  /**
   * The row.
   *
   * @param values one entry per column
   * @param text the record's text; NULL if it is none
   */
  InternalRow toRow(@Nullable UTF8String[] values, @Nullable UTF8String text) {
    int count = values.length;
    @Nullable Object[] cells = new @Nullable Object[count + 7];
    System.arraycopy(values, 0, cells, 0, count);
    cells[count] = file;
    cells[count + 1] = offset;
    cells[count + 2] = bytes.length;
    cells[count + 3] = text == null ? inBase64() : text;
    cells[count + 4] = split;
    cells[count + 5] = problems == null ? NO_PROBLEMS : new GenericArrayData(problems.toArray());
    cells[count + 6] = null;
    return new GenericInternalRow(cells);
  }

  private UTF8String inBase64() {
    return UTF8String.fromString("base64:" + Base64.getEncoder().encodeToString(bytes));
  }
}
