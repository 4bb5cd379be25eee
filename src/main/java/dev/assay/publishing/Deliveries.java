package dev.assay.publishing;

import java.util.List;

/** The record of what was delivered to one destination. */
public interface Deliveries {
  /** All lines, in any order. */
  List<Delivery> read();

  /**
   * Adds lines in one commit, unless another process has added any to this destination since {@link
   * #read()} or the last call that added some.
   *
   * @return whether they were added; if not, read again and think again
   */
  boolean add(List<Delivery> lines);
}
