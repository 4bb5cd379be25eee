package dev.assay.exports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.iceberg.Schema;

/** What files are written. */
public enum Format {
  PARQUET,
  CSV;

  /** The name of a table's file. */
  String fileName(String table) {
    return table + "." + name().toLowerCase(Locale.ROOT);
  }

  TableFile create(Path file, Schema schema) throws IOException {
    return this == PARQUET ? new ParquetTableFile(file, schema) : new CsvTableFile(file, schema);
  }
}
