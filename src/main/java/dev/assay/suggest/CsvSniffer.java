package dev.assay.suggest;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * How a CSV file is written, and a sample of it.
 *
 * @param header whether the first line names the columns
 * @param columns the names in the header, or {@code c1, c2, …}
 * @param values the sample by column
 */
public record CsvSniffer(
    char delimiter,
    boolean header,
    boolean multiLine,
    List<String> columns,
    List<List<@Nullable String>> values) {
  private static final char[] DELIMITERS = {',', ';', '\t', '|'};

  /** Looks at the first part of a file's text; a last line that is cut off is left out. */
  public static Optional<CsvSniffer> look(String text) {
    int end = text.lastIndexOf('\n');
    String whole = (end > 0 ? text.substring(0, end) : text).replace("\uFEFF", "");
    CsvSniffer best = null;
    for (char delimiter : DELIMITERS) {
      List<CSVRecord> records = parse(whole, delimiter);
      if (records.isEmpty()) {
        continue;
      }
      CsvSniffer candidate = of(delimiter, records);
      // the most columns on which all lines agree
      if (agree(records) && (best == null || candidate.columns.size() > best.columns.size())) {
        best = candidate;
      }
    }
    return Optional.ofNullable(best);
  }

  private static boolean agree(List<CSVRecord> records) {
    int width = records.get(0).size();
    long same = records.stream().filter(record -> record.size() == width).count();
    return same * 10 >= records.size() * 9L;
  }

  private static CsvSniffer of(char delimiter, List<CSVRecord> records) {
    List<String> first = records.get(0).toList();
    boolean header =
        new HashSet<>(first).size() == first.size()
            && first.stream().noneMatch(name -> name.isBlank() || name.matches("[-+0-9.,:/ ]+"));
    List<String> columns = new ArrayList<>();
    for (int index = 0; index < first.size(); index++) {
      columns.add(header ? first.get(index).strip() : "c" + (index + 1));
    }
    List<List<@Nullable String>> values = new ArrayList<>();
    columns.forEach(column -> values.add(new ArrayList<>()));
    boolean multiLine = false;
    for (CSVRecord record : records.subList(header ? 1 : 0, records.size())) {
      if (record.size() == columns.size()) {
        for (int index = 0; index < columns.size(); index++) {
          String value = record.get(index);
          multiLine |= value.contains("\n");
          values.get(index).add(value.isEmpty() ? null : value);
        }
      }
    }
    return new CsvSniffer(delimiter, header, multiLine, columns, values);
  }

  /**
   * The records; of a text in which quotes do not fit, those before the place if that is most of it
   * (a sample may end within quotes), otherwise those of the lines that are records by themselves.
   */
  private static List<CSVRecord> parse(String text, char delimiter) {
    List<CSVRecord> records = new ArrayList<>();
    long lines = 0;
    try (CSVParser parser = CSVParser.parse(new StringReader(text), format(delimiter))) {
      for (CSVRecord record : parser) {
        records.add(record);
        lines = parser.getCurrentLineNumber();
      }
      return records;
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      return lines * 2 > text.lines().count() ? records : byLine(text, delimiter);
    }
  }

  private static List<CSVRecord> byLine(String text, char delimiter) {
    List<CSVRecord> records = new ArrayList<>();
    for (String line : text.lines().toList()) {
      try (CSVParser parser = CSVParser.parse(new StringReader(line), format(delimiter))) {
        records.addAll(parser.getRecords());
      } catch (IOException | UncheckedIOException | IllegalStateException e) {
        // the run quarantines this one
      }
    }
    return records;
  }

  private static CSVFormat format(char delimiter) {
    return CSVFormat.DEFAULT.builder().setDelimiter(delimiter).setIgnoreEmptyLines(true).get();
  }
}
