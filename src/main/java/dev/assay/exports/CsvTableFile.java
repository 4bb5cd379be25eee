package dev.assay.exports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/**
 * Rows as CSV (RFC 4180, UTF-8, with a header): times in UTC, lists and maps as JSON, NULL as
 * nothing.
 */
final class CsvTableFile implements TableFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> columns;
  private final CSVPrinter printer;

  CsvTableFile(Path file, Schema schema) throws IOException {
    this.columns = schema.columns().stream().map(NestedField::name).toList();
    this.printer =
        new CSVPrinter(
            Files.newBufferedWriter(file, StandardCharsets.UTF_8),
            CSVFormat.RFC4180.builder().setHeader(columns.toArray(String[]::new)).get());
  }

  @Override
  public void add(Record row) throws IOException {
    for (String column : columns) {
      printer.print(text(row.getField(column)));
    }
    printer.println();
  }

  private static @Nullable String text(@Nullable Object value) throws JsonProcessingException {
    if (value == null) {
      return null;
    }
    if (value instanceof Collection<?> || value instanceof Map<?, ?>) {
      return JSON.writeValueAsString(value);
    }
    if (value instanceof OffsetDateTime time) {
      return time.toInstant().toString();
    }
    return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }

  @Override
  public void close() throws IOException {
    printer.close();
  }
}
