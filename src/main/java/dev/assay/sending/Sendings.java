package dev.assay.sending;

import java.util.List;

/** The ledger of what one job sent, or was about to. Lines are added and never changed. */
public interface Sendings {
  /** Reads everything that the job wrote, whichever process it was, and remembers how far. */
  SendingStates read();

  /**
   * Adds lines in one durable commit, unless another process has added some of this job since the
   * last {@link #read} or {@code add}.
   *
   * @return whether they were added; if not, nothing was, and the caller has to read again
   */
  boolean add(List<Sending> lines);
}
