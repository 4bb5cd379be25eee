package dev.assay.messages.comprehend;

import java.io.IOException;

/** Where a task's answers are made durable. Safe for several threads. */
interface JournalWriter extends AutoCloseable {
  /**
   * Adds an answer.
   *
   * @throws IOException if this one, or one before it, could not be made durable
   */
  void add(Answer answer) throws IOException;

  @Override
  void close() throws IOException;
}
