package dev.assay.lake.files;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
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
    implements RecordFormat {

  @Override
  public RecordSplitter splitter(String file) {
    return new CsvSplitter(this, headers.getOrDefault(file, columns));
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
