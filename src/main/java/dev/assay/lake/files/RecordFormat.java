package dev.assay.lake.files;

import java.io.Serializable;

/** How a format's records are told apart into columns. Goes to where files are read. */
interface RecordFormat extends Serializable {
  /** What splits the records of one file; for one thread. */
  RecordSplitter splitter(String file);

  /** Whether lines read so far can be a whole record; only asked where records span lines. */
  default boolean complete(String lines) {
    return true;
  }

  /** Whether the lines are exactly one record. */
  default boolean isSingle(String lines) {
    return true;
  }
}
