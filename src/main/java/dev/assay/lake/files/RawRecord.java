package dev.assay.lake.files;

import dev.assay.model.RowMark.ProblemKind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** One record of a text file: where it stands, its values, and what is wrong with it. */
final class RawRecord {
  private final String file;
  private final long offset;
  private final byte[] bytes;
  private final List<Row> problems = new ArrayList<>();
  private boolean split = true;

  RawRecord(String file, long offset, byte[] bytes) {
    this.file = file;
    this.offset = offset;
    this.bytes = bytes;
  }

  /** The text, or nothing if the bytes are not text in this encoding; that is a problem then. */
  @Nullable String decode(Charset charset) {
    try {
      return charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException e) {
      malformed("is not text in " + charset.name());
      return null;
    }
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
    problems.add(RowFactory.create(kind.name(), column, detail));
  }

  /** The row; {@code values} has one entry per column. */
  Row toRow(@Nullable String[] values, Charset charset) {
    int count = values.length;
    @Nullable Object[] cells = new @Nullable Object[count + 7];
    System.arraycopy(values, 0, cells, 0, count);
    cells[count] = file;
    cells[count + 1] = offset;
    cells[count + 2] = bytes.length;
    cells[count + 3] = text(charset);
    cells[count + 4] = split;
    cells[count + 5] = problems.toArray();
    cells[count + 6] = null;
    return RowFactory.create(cells);
  }

  private String text(Charset charset) {
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return "base64:" + Base64.getEncoder().encodeToString(bytes);
    }
  }
}
