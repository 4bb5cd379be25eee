package dev.assay.lake.files;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
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
 * @param headers by file, its header; empty when files have none, otherwise with every file read
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
    return new CsvSplitter(this, columnsOf(file));
  }

  /** Without headers the declared columns; a guess where there are headers would mix up values. */
  private List<String> columnsOf(String file) {
    if (headers.isEmpty()) {
      return columns;
    }
    List<String> header = headers.get(file);
    if (header == null) {
      // names of files may be data, and messages of this kind are shown as they are
      throw new AssayException(
          ExitKind.OUR_FAULT,
          "A file is read under another path than it was listed under, so its header is not known. Nothing was published; please report this with the kind of storage.");
    }
    return header;
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
