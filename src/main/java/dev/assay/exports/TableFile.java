package dev.assay.exports;

import java.io.Closeable;
import java.io.IOException;
import org.apache.iceberg.data.Record;

/** A file that is being written, row by row. It is complete once it is closed. */
interface TableFile extends Closeable {
  void add(Record row) throws IOException;
}
