package dev.assay.sending;

import java.util.Iterator;

/** The messages of a job, the same ones each time they are read. */
public interface MessageSource {
  /**
   * Reads them, in any order, a few at a time.
   *
   * @throws dev.assay.model.AssayException if they cannot be read; nothing was sent
   */
  Pass read();

  /** One reading; close it. */
  interface Pass extends Iterator<MessageRow>, AutoCloseable {
    @Override
    void close();
  }
}
