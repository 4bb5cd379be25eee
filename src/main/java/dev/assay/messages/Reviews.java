package dev.assay.messages;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What people decided about texts. Kept for ever; the newest decision about a text counts. */
public interface Reviews {
  /** Keeps decisions in one commit. */
  void keep(List<Review> reviews);

  /** The newest decision by content hash. */
  Map<String, Review> newest();

  /** A text that changes whenever a decision is added; empty if there is none. */
  String state();

  /**
   * A decision.
   *
   * @param contentHash of the normal text
   * @param text the normal text, personal data masked: decisions become training data
   * @param categories what it belongs to; none means that it is compliant
   * @param reviewer who decided
   */
  record Review(
      String contentHash, String text, Set<String> categories, String reviewer, Instant at) {
    public Review {
      categories = java.util.Collections.unmodifiableSet(new TreeSet<>(categories));
    }
  }
}
