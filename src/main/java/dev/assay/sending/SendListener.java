package dev.assay.sending;

/** Hears how far a sending has come. */
@FunctionalInterface
public interface SendListener {
  /** Where a sending may be watched, or end without a word. */
  enum Point {
    /** Everything was looked at, nothing was announced. */
    SURVEYED,
    /** A chunk is about to be announced. */
    BEFORE_INTENT,
    /** A chunk was announced, nothing of it was sent. */
    AFTER_INTENT,
    /** A message has been sent, or refused; told after each. */
    MESSAGE_DONE,
    /** A chunk was sent, and the ledger does not know. */
    BEFORE_OUTCOME,
    /** The ledger knows what became of a chunk. */
    AFTER_OUTCOME
  }

  /**
   * Tells of a point.
   *
   * @param done messages that were tried in this call
   * @param due messages that are to be tried in this call
   */
  void reached(Point point, long done, long due);
}
