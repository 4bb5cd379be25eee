package dev.assay.lake.files;

import org.apache.spark.sql.catalyst.InternalRow;

/** Makes a row of a record's bytes. Never throws on content: what is wrong becomes a problem. */
interface RecordSplitter {
  /** The row of a record. */
  InternalRow split(RawRecord record);

  /**
   * Whether a line between records is none itself: nothing could be lost with it. Whatever holds a
   * character is a record, and be it a wrong one.
   */
  default boolean isNothing(byte[] line) {
    return line.length == 0;
  }
}
