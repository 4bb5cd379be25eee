package dev.assay.lake.files;

import org.apache.spark.sql.catalyst.InternalRow;

/** Makes a row of a record's bytes. Never throws on content: what is wrong becomes a problem. */
interface RecordSplitter {
  /** The row of a record. */
  InternalRow split(RawRecord record);
}
