package dev.assay.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.lake.UnreadableInputException;
import dev.assay.lake.files.SourceFiles;
import dev.assay.lake.iceberg.TableStatistics;
import dev.assay.model.Outage;
import dev.assay.model.TableName;
import dev.assay.suggest.ColumnGuess;
import dev.assay.suggest.ColumnGuesser;
import dev.assay.suggest.CsvSniffer;
import dev.assay.suggest.Proposal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Looks at an input that nobody has described yet. */
final class InputLook {
  private static final int SAMPLE_BYTES = 4 << 20;
  private static final int SAMPLE_ROWS = 10_000;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** How a list of objects or lists begins; CSV does not. */
  private static final Pattern LIST = Pattern.compile("\\[\\s*[\\[{]");

  private InputLook() {}

  static Proposal atFile(SparkSession spark, String name, String file) {
    String path =
        file.contains("://") ? file : java.nio.file.Path.of(file).toAbsolutePath().toString();
    if (!file.contains("://") && !Files.exists(java.nio.file.Path.of(file))) {
      throw new UnreadableInputException(file, "there is no such file", "Check the path.");
    }
    String lower = file.toLowerCase(java.util.Locale.ROOT);
    if (lower.endsWith(".avro") || lower.endsWith(".parquet")) {
      return typed(spark, name, path, lower.endsWith(".avro") ? "avro" : "parquet");
    }
    byte[] bytes = head(path, spark.sessionState().newHadoopConf());
    refuseWideCharacters(file, bytes);
    boolean utf8 = isUtf8(bytes);
    String text = new String(bytes, utf8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    String begins = text.replace("\uFEFF", "").strip();
    if (begins.isEmpty()) {
      throw new UnreadableInputException(file, "the file is empty", "Expected records.");
    }
    if (isJsonList(lower, begins)) {
      throw notLines(path, "one JSON list");
    }
    return begins.startsWith("{") ? json(name, path, text) : csv(name, path, text, utf8);
  }

  static Proposal atTable(Common common, String name, TableName table) {
    Table found =
        common
            .catalog()
            .find(table)
            .orElseThrow(
                () ->
                    new UnreadableInputException(
                        table.toString(), "there is no such table", "Check its name."));
    TableStatistics statistics = TableStatistics.of(found);
    List<ColumnGuess> columns = new ArrayList<>();
    for (Types.NestedField field : found.schema().columns()) {
      ColumnGuess byName = ColumnGuesser.guess(field.name(), List.of());
      boolean complete = statistics.nulls().getOrDefault(field.name(), -1L) == 0;
      columns.add(
          new ColumnGuess(
              field.name(),
              byName.name(),
              field.type().toString(),
              byName.format(),
              complete,
              false,
              byName.personal(),
              List.of()));
    }
    List<String> rules =
        statistics.rows() == 0
            ? List.of()
            : List.of("RowCount >= %d".formatted(statistics.rows() / 2));
    return new Proposal(name, List.of("table: " + table), columns, false, rules);
  }

  private static Proposal csv(String name, String path, String text, boolean utf8) {
    CsvSniffer look =
        CsvSniffer.look(text)
            .orElseThrow(
                () ->
                    new UnreadableInputException(
                        path,
                        "the lines do not look like CSV with , ; tab or |",
                        "Write the job by hand; docs/jobs.md says how."));
    List<ColumnGuess> columns = new ArrayList<>();
    for (int index = 0; index < look.columns().size(); index++) {
      columns.add(ColumnGuesser.guess(look.columns().get(index), look.values().get(index)));
    }
    List<String> settings = new ArrayList<>();
    if (look.delimiter() != ',') {
      settings.add(
          "delimiter: \"%s\"".formatted(look.delimiter() == '\t' ? "\\t" : look.delimiter()));
    }
    if (!look.header()) {
      settings.add("header: false");
    }
    if (look.multiLine()) {
      settings.add("multi-line: true");
    }
    if (!utf8) {
      settings.add("encoding: ISO-8859-1");
    }
    List<String> input = new ArrayList<>(List.of(files(path), "format: csv"));
    if (!settings.isEmpty()) {
      input.add("csv: {" + String.join(", ", settings) + "}");
    }
    return new Proposal(name, input, columns, true, List.of());
  }

  private static boolean isJsonList(String file, String begins) {
    return begins.startsWith("[")
        && (file.matches(".*\\.(json|jsonl|ndjson)(\\.\\w+)?") || LIST.matcher(begins).lookingAt());
  }

  private static UnreadableInputException notLines(String path, String found) {
    return new UnreadableInputException(
        path,
        "the file holds %s, and not one object on each line".formatted(found),
        "Have it written as JSON lines, or convert it: jq -c '.[]' of a list, jq -c . of objects that span lines.");
  }

  private static Proposal json(String name, String path, String text) {
    Map<String, List<@Nullable String>> values = new LinkedHashMap<>();
    int rows = 0;
    for (String line : text.split("\\R")) {
      if (!line.isBlank() && rows < SAMPLE_ROWS) {
        rows = addJson(line, rows, values);
      }
    }
    if (values.isEmpty()) {
      throw notLines(path, "JSON that spans lines, or none");
    }
    int total = rows;
    List<ColumnGuess> columns = new ArrayList<>();
    values.forEach(
        (column, list) -> {
          while (list.size() < total) {
            list.add(null);
          }
          columns.add(ColumnGuesser.guess(column, list));
        });
    return new Proposal(name, List.of(files(path), "format: json"), columns, true, List.of());
  }

  private static int addJson(String line, int row, Map<String, List<@Nullable String>> values) {
    JsonNode node;
    try {
      node = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      // the last line of the sample is usually cut off; others go to the quarantine when it runs
      return row;
    }
    if (!node.isObject()) {
      return row;
    }
    node.fields()
        .forEachRemaining(
            field -> {
              List<@Nullable String> list =
                  values.computeIfAbsent(field.getKey(), key -> new ArrayList<>());
              while (list.size() < row) {
                list.add(null);
              }
              JsonNode value = field.getValue();
              list.add(
                  value.isNull() ? null : value.isValueNode() ? value.asText() : value.toString());
            });
    return row + 1;
  }

  private static Proposal typed(SparkSession spark, String name, String path, String format) {
    Dataset<Row> rows = spark.read().format(format).load(SourceFiles.literal(path));
    List<Row> sample = rows.limit(SAMPLE_ROWS).collectAsList();
    List<ColumnGuess> columns = new ArrayList<>();
    for (String column : Arrays.asList(rows.columns())) {
      List<@Nullable String> values = new ArrayList<>();
      sample.forEach(
          row -> {
            Object value = row.getAs(column);
            values.add(value == null ? null : value.toString());
          });
      columns.add(ColumnGuesser.guess(column, values));
    }
    return new Proposal(name, List.of(files(path), "format: " + format), columns, false, List.of());
  }

  /** As YAML, and so that it is no pattern. */
  private static String files(String path) {
    String literal = SourceFiles.literal(path).replace("\\", "\\\\").replace("\"", "\\\"");
    return "files: \"" + literal + "\"";
  }

  private static byte[] head(String file, Configuration configuration) {
    Path path = new Path(file);
    CompressionCodec codec = new CompressionCodecFactory(configuration).getCodec(path);
    try (InputStream raw = path.getFileSystem(configuration).open(path);
        InputStream stream = codec == null ? raw : codec.createInputStream(raw)) {
      return stream.readNBytes(SAMPLE_BYTES);
    } catch (IOException e) {
      throw Outage.noAnswer(e)
          .orElseGet(
              () ->
                  new UnreadableInputException(
                      file,
                      "the file cannot be read (%s)".formatted(e.getClass().getSimpleName()),
                      "Check that it is whole and that you may read it."));
    }
  }

  /** Of UTF-16 and UTF-32, every second byte or more of usual text is zero; of others none is. */
  private static void refuseWideCharacters(String file, byte[] bytes) {
    for (byte value : bytes) {
      if (value == 0) {
        throw new UnreadableInputException(
            file,
            "the file has bytes that are zero: it is written in UTF-16 or UTF-32, or is no text",
            "Have it converted, for example with iconv -f UTF-16 -t UTF-8.");
      }
    }
  }

  private static boolean isUtf8(byte[] bytes) {
    // the sample may end inside a character, so its last line is left out
    int length = bytes.length;
    while (bytes.length == SAMPLE_BYTES && length > 0 && bytes[length - 1] != '\n') {
      length--;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
