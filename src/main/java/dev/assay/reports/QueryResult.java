package dev.assay.reports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.spark.sql.Row;

/** Rows of a query as text. */
public final class QueryResult {
  private static final ObjectMapper JSON = new ObjectMapper();

  private QueryResult() {}

  /** The formats, as people type them. */
  public enum Format {
    table,
    csv,
    json
  }

  /** The rows in a format; JSON is one object per line. */
  public static String of(String[] columns, List<Row> rows, Format format) {
    return switch (format) {
      case table -> table(columns, rows);
      case csv -> csv(columns, rows);
      case json -> json(columns, rows);
    };
  }

  private static String table(String[] columns, List<Row> rows) {
    TextTable<Row> table = new TextTable<>();
    for (int index = 0; index < columns.length; index++) {
      int column = index;
      table.left(columns[column], row -> String.valueOf(row.get(column)));
    }
    return table.of(rows);
  }

  private static String csv(String[] columns, List<Row> rows) {
    StringWriter text = new StringWriter();
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader(columns).get();
    try (CSVPrinter printer = new CSVPrinter(text, format)) {
      for (Row row : rows) {
        for (int index = 0; index < columns.length; index++) {
          printer.print(row.get(index));
        }
        printer.println();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString().stripTrailing();
  }

  private static String json(String[] columns, List<Row> rows) {
    StringBuilder text = new StringBuilder();
    for (Row row : rows) {
      ObjectNode node = JSON.createObjectNode();
      for (int index = 0; index < columns.length; index++) {
        put(node, columns[index], row.get(index));
      }
      try {
        text.append(JSON.writeValueAsString(node)).append('\n');
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a tree of plain values is always JSON", e);
      }
    }
    return text.toString().stripTrailing();
  }

  private static void put(
      ObjectNode node, String name, @org.jspecify.annotations.Nullable Object value) {
    if (value == null) {
      node.putNull(name);
    } else if (value instanceof Long || value instanceof Integer || value instanceof Short) {
      node.put(name, ((Number) value).longValue());
    } else if (value instanceof Double number) {
      node.put(name, number);
    } else if (value instanceof java.math.BigDecimal number) {
      node.put(name, number);
    } else if (value instanceof Boolean truth) {
      node.put(name, truth);
    } else {
      node.put(name, String.valueOf(value));
    }
  }
}
