package dev.assay.lake.files;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Splits the records about which no two parsers differ: fields parted by delimiters, bare or whole
 * in quotes. It works on bytes, for a delimiter never occurs inside another character of UTF-8.
 * Whatever else occurs is left to the parser that knows all of CSV. For one thread.
 */
final class PlainCsv {
  /** Not a record that can be split here. */
  static final int UNSURE = -1;

  private static final int NONE = Integer.MIN_VALUE;

  private final byte delimiter;
  private final int quote;
  private final int escape;
  private UTF8String[] fields = new UTF8String[16];

  private PlainCsv(byte delimiter, int quote, int escape) {
    this.delimiter = delimiter;
    this.quote = quote;
    this.escape = escape;
  }

  /** NULL if the format's own characters are not ASCII or not told apart. */
  static @Nullable PlainCsv of(
      char delimiter, @Nullable Character quote, @Nullable Character escape) {
    boolean ascii =
        delimiter < 128 && (quote == null || quote < 128) && (escape == null || escape < 128);
    boolean apart =
        (quote == null || quote != delimiter) && (escape == null || escape != delimiter);
    return ascii && apart
        ? new PlainCsv(
            (byte) delimiter, quote == null ? NONE : quote, escape == null ? NONE : escape)
        : null;
  }

  /** A field of the record split last. */
  UTF8String field(int index) {
    return fields[index];
  }

  /** The number of fields, or {@link #UNSURE}. */
  int split(byte[] line) {
    int count = 0;
    int from = 0;
    while (true) {
      if (count == fields.length) {
        fields = Arrays.copyOf(fields, count * 2);
      }
      int end =
          from < line.length && line[from] == quote
              ? quoted(line, from, count)
              : bare(line, from, count);
      if (end == UNSURE) {
        return UNSURE;
      }
      count++;
      if (end == line.length) {
        return count;
      }
      from = end + 1;
    }
  }

  /** Where the delimiter after a field stands, or the line's end. */
  private int bare(byte[] line, int from, int index) {
    int at = from;
    while (at < line.length && line[at] != delimiter) {
      if (special(line[at])) {
        return UNSURE;
      }
      at++;
    }
    fields[index] = UTF8String.fromBytes(line, from, at - from);
    return at;
  }

  private int quoted(byte[] line, int from, int index) {
    int at = from + 1;
    boolean doubled = false;
    while (at < line.length) {
      if (line[at] == quote) {
        if (at + 1 == line.length || line[at + 1] == delimiter) {
          fields[index] = inner(line, from + 1, at, doubled);
          return at + 1;
        }
        if (line[at + 1] != quote) {
          return UNSURE;
        }
        doubled = true;
        at++;
      } else if (special(line[at])) {
        return UNSURE;
      }
      at++;
    }
    return UNSURE;
  }

  private boolean special(byte value) {
    return value == quote || value == escape || value == '\r' || value == '\n';
  }

  private UTF8String inner(byte[] line, int from, int to, boolean doubled) {
    if (!doubled) {
      return UTF8String.fromBytes(line, from, to - from);
    }
    ByteArrayOutputStream single = new ByteArrayOutputStream(to - from);
    for (int at = from; at < to; at++) {
      single.write(line[at]);
      if (line[at] == quote) {
        at++;
      }
    }
    return UTF8String.fromBytes(single.toByteArray());
  }
}
