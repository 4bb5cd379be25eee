package dev.assay.lake.files;

import dev.assay.model.RowMark.ProblemKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.commons.csv.CSVRecord;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Splits the records of one CSV file: most of them plainly, the rest by commons-csv. */
final class CsvSplitter implements RecordSplitter {
  private final CsvRecords format;
  private final TextDecoder decoder;
  private final @Nullable PlainCsv plain;
  private final UTF8String nullText;

  /** By field, the place of its column; -1 for one that nobody wants. */
  private final int[] places;

  CsvSplitter(CsvRecords format, List<String> fileColumns) {
    this.format = format;
    this.decoder = new TextDecoder(Charset.forName(format.encoding()));
    this.plain = PlainCsv.of(format.delimiter(), format.quote(), format.escape());
    this.nullText = UTF8String.fromString(format.nullText());
    this.places = fileColumns.stream().mapToInt(format.columns()::indexOf).toArray();
  }

  /** Where there is one column only, an empty line is a record whose value is empty. */
  @Override
  public boolean isNothing(byte[] line) {
    return line.length == 0 && places.length != 1;
  }

  @Override
  public InternalRow split(RawRecord record) {
    @Nullable UTF8String[] values = new @Nullable UTF8String[format.columns().size()];
    UTF8String same = decoder.asTheyAre(record.bytes());
    if (same != null && plain != null) {
      int count = plain.split(record.bytes());
      if (count != PlainCsv.UNSURE) {
        place(values, count, plain::field, record);
        return record.toRow(values, same);
      }
    }
    String text = decoder.decode(record.bytes());
    if (text == null) {
      record.undecodable(decoder.charset());
      return record.toRow(values, null);
    }
    parse(values, text, record);
    return record.toRow(values, UTF8String.fromString(text));
  }

  private void parse(@Nullable UTF8String[] values, String text, RawRecord record) {
    List<CSVRecord> parsed;
    try {
      parsed = format.parse(text);
    } catch (IOException | UncheckedIOException e) {
      record.malformed("has quotes that do not fit the format");
      return;
    }
    if (parsed.size() != 1) {
      record.malformed("is not one record");
      return;
    }
    CSVRecord fields = parsed.get(0);
    place(values, fields.size(), index -> UTF8String.fromString(fields.get(index)), record);
  }

  private void place(
      @Nullable UTF8String[] values, int count, IntFunction<UTF8String> field, RawRecord record) {
    if (count != places.length) {
      // which value belongs to which column is anybody's guess
      record.unsplit(
          count > places.length ? ProblemKind.EXTRA_FIELD : ProblemKind.MISSING_FIELD,
          "has %d fields; expected %d".formatted(count, places.length));
      return;
    }
    for (int index = 0; index < count; index++) {
      UTF8String value = field.apply(index);
      if (places[index] >= 0 && !value.equals(nullText)) {
        values[places[index]] = value;
      }
    }
  }
}
