package dev.assay.lake.files;

import dev.assay.model.RowMark.ProblemKind;
import java.io.IOException;
import java.io.Serializable;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Splits CSV records into declared columns.
 *
 * @param columns the declared columns
 * @param headers by file, its header; empty when files have none
 * @param quote the quote character, or NULL for none; likewise {@code escape}
 */
record CsvRecords(
    List<String> columns,
    Map<String, List<String>> headers,
    char delimiter,
    @Nullable Character quote,
    @Nullable Character escape,
    String encoding,
    String nullText)
    implements RecordSplitter, Serializable {

  @Override
  public Row split(RawRecord record, String file) {
    Charset charset = Charset.forName(encoding);
    String[] values = new String[columns.size()];
    String text = record.decode(charset);
    if (text != null) {
      fill(values, text, record, headers.getOrDefault(file, columns));
    }
    return record.toRow(values, charset);
  }

  @Override
  public boolean complete(String lines) {
    if (quote == null) {
      return true;
    }
    long quotes = lines.chars().filter(character -> character == quote).count();
    return quotes % 2 == 0;
  }

  @Override
  public boolean isSingle(String lines) {
    try {
      return parse(lines).size() == 1;
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  private void fill(String[] values, String text, RawRecord record, List<String> fileColumns) {
    List<CSVRecord> parsed;
    try {
      parsed = parse(text);
    } catch (IOException | UncheckedIOException e) {
      record.malformed("has quotes that do not fit the format");
      return;
    }
    if (parsed.size() != 1) {
      record.malformed("is not one record");
      return;
    }
    CSVRecord fields = parsed.get(0);
    if (fields.size() != fileColumns.size()) {
      boolean more = fields.size() > fileColumns.size();
      // which value belongs to which column is anybody's guess
      record.unsplit(
          more ? ProblemKind.EXTRA_FIELD : ProblemKind.MISSING_FIELD,
          "has %d fields; expected %d".formatted(fields.size(), fileColumns.size()));
      return;
    }
    for (int index = 0; index < fields.size(); index++) {
      int target = columns.indexOf(fileColumns.get(index));
      String value = fields.get(index);
      if (target >= 0 && !value.equals(nullText)) {
        values[target] = value;
      }
    }
  }

  List<CSVRecord> parse(String text) throws IOException {
    try (CSVParser parser = CSVParser.parse(new StringReader(text), format())) {
      return parser.getRecords();
    }
  }

  private CSVFormat format() {
    return CSVFormat.DEFAULT
        .builder()
        .setDelimiter(delimiter)
        .setQuote(quote)
        .setEscape(escape)
        .setIgnoreEmptyLines(false)
        .setIgnoreSurroundingSpaces(false)
        .get();
  }
}
