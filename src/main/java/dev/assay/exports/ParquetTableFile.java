package dev.assay.exports;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Files;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.FileAppender;

/** Rows as Parquet; lists and maps stay what they are. */
final class ParquetTableFile implements TableFile {
  private final FileAppender<Record> appender;

  ParquetTableFile(Path file, Schema schema) {
    this.appender =
        new GenericAppenderFactory(schema)
            // every reader of Parquet knows it
            .set(TableProperties.PARQUET_COMPRESSION, "snappy")
            .newAppender(Files.localOutput(file.toFile()), FileFormat.PARQUET);
  }

  @Override
  public void add(Record row) {
    appender.add(row);
  }

  @Override
  public void close() throws IOException {
    appender.close();
  }
}
