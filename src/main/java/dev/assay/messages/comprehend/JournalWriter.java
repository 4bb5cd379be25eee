package dev.assay.messages.comprehend;

import java.io.IOException;

/** Where a task's answers and charges are made durable. Safe for several threads. */
interface JournalWriter extends AutoCloseable {
  /**
   * Adds an answer.
   *
   * @throws IOException if this one, or one before it, could not be made durable
   */
  void add(Answer answer) throws IOException;

  /**
   * Adds a charge, to be called before what is charged for is sent.
   *
   * @throws IOException as {@link #add}
   */
  void add(Charge charge) throws IOException;

  @Override
  void close() throws IOException;
}
