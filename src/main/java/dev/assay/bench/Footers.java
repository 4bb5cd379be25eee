package dev.assay.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;

/** How long the footers of a table's Parquet files are: every reader of a file reads its footer. */
final class Footers {
  /** A file ends with the length of its footer, little-endian, and four letters. */
  private static final int END = 8;

  private Footers() {}

  static long bytes(Table table) {
    long bytes = 0;
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        bytes += END + footer(table.io().newInputFile(task.file().location()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the footers of " + table.name(), e);
    }
    return bytes;
  }

  private static long footer(InputFile file) throws IOException {
    try (SeekableInputStream in = file.newStream()) {
      in.seek(file.getLength() - END);
      return Integer.toUnsignedLong(
          Integer.reverseBytes(new java.io.DataInputStream(in).readInt()));
    }
  }
}
