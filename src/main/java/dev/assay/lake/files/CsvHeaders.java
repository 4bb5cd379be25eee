package dev.assay.lake.files;

import dev.assay.lake.UnreadableInputException;
import dev.assay.model.Nearest;
import dev.assay.model.Outage;
import dev.assay.model.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.util.LineReader;

/** Reads and checks the headers of CSV files. */
final class CsvHeaders {
  private CsvHeaders() {}

  /**
   * The header of every file.
   *
   * @throws UnreadableInputException if a file has none, or its columns are not those declared
   */
  static Map<String, List<String>> read(
      List<SourceFile> files, CsvRecords format, Configuration configuration, boolean allowExtra) {
    Map<String, List<String>> headers = new HashMap<>();
    for (SourceFile file : files) {
      List<String> header = header(file, format, configuration);
      check(file.path(), header, format, allowExtra);
      headers.put(file.path(), header);
    }
    return headers;
  }

  /** The names in the first line. */
  static List<String> header(SourceFile file, CsvRecords format, Configuration configuration) {
    Path path = new Path(file.path());
    CompressionCodec codec = new CompressionCodecFactory(configuration).getCodec(path);
    try (InputStream raw = path.getFileSystem(configuration).open(path);
        InputStream stream = codec == null ? raw : codec.createInputStream(raw)) {
      Text line = new Text();
      if (new LineReader(stream).readLine(line) == 0) {
        throw new UnreadableInputException(
            file.path(), "the file is empty", "Expected at least a header line.");
      }
      String text =
          Charset.forName(format.encoding())
              .newDecoder()
              .decode(ByteBuffer.wrap(line.getBytes(), 0, line.getLength()))
              .toString();
      List<CSVRecord> records = format.parse(text.replace("\uFEFF", ""));
      List<String> names = new ArrayList<>();
      records.forEach(record -> record.forEach(name -> names.add(name.strip())));
      return names;
    } catch (CharacterCodingException e) {
      throw new UnreadableInputException(
          file.path(),
          "the header is not text in " + format.encoding(),
          "Set csv.encoding to the file's own.");
    } catch (IOException | UncheckedIOException e) {
      throw Outage.noAnswer(e)
          .orElseGet(
              () ->
                  new UnreadableInputException(
                      file.path(),
                      "the header cannot be read (%s)".formatted(e.getClass().getSimpleName()),
                      "Check csv.quote and csv.delimiter, and that the file is whole."));
    }
  }

  /** Refuses a header that is not as declared. */
  static void check(String file, List<String> header, CsvRecords format, boolean allowExtra) {
    Set<String> seen = checkUnique(file, header);
    List<String> missing =
        format.columns().stream().filter(column -> !seen.contains(column)).toList();
    if (!missing.isEmpty()) {
      throw new UnreadableInputException(
          file,
          "the header has no column '%s'".formatted(missing.get(0)),
          hint(header, format, missing.get(0)));
    }
    List<String> extra =
        header.stream().filter(column -> !format.columns().contains(column)).toList();
    if (!extra.isEmpty() && !allowExtra) {
      throw new UnreadableInputException(
          file,
          "the header has a column '%s' that is not declared".formatted(extra.get(0)),
          "Declare it under columns, or set extra-fields: ignore.");
    }
  }

  /** Refuses a header with a name twice. */
  static Set<String> checkUnique(String file, List<String> header) {
    Set<String> seen = new HashSet<>();
    for (String name : header) {
      if (!seen.add(name)) {
        throw new UnreadableInputException(
            file,
            "the column '%s' stands twice in the header".formatted(name),
            "Ask its producer for unique names, or set csv.header: false and declare the columns by position.");
      }
    }
    return seen;
  }

  private static String hint(List<String> header, CsvRecords format, String missing) {
    if (header.size() == 1 && format.columns().size() > 1) {
      String only = header.get(0);
      for (char candidate : new char[] {';', '\t', '|', ','}) {
        if (candidate != format.delimiter() && only.indexOf(candidate) >= 0) {
          return "The delimiter seems to be '%s': set csv.delimiter."
              .formatted(candidate == '\t' ? "\\t" : String.valueOf(candidate));
        }
      }
    }
    return "The file has: %s. %s"
        .formatted(
            String.join(", ", header),
            Nearest.to(missing, header).map("Did you mean '%s'?"::formatted).orElse(""));
  }
}
