package dev.assay.lake.files;

import java.io.Serializable;
import org.apache.spark.sql.Row;

/** Makes a row of a record's bytes. Never throws on content: what is wrong becomes a problem. */
interface RecordSplitter extends Serializable {
  /** The row of a record. */
  Row split(RawRecord record, String file);

  /** Whether lines read so far can be a whole record; only asked where records span lines. */
  default boolean complete(String lines) {
    return true;
  }

  /** Whether the lines are exactly one record. */
  default boolean isSingle(String lines) {
    return true;
  }
}
