package dev.assay.messages;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds personal data in texts. */
public interface PersonalData extends Serializable {
  /** Searches the texts of a task, one after the other. Close it after the last one. */
  interface Searcher extends AutoCloseable {
    /**
     * As {@link PersonalData#in}.
     *
     * @throws dev.assay.model.AssayException if there is no answer
     */
    List<Finding> in(String text);

    /** Makes what is known of the costs durable. */
    @Override
    default void close() {}
  }

  /**
   * Opens a searcher for a task.
   *
   * @param task by which no other task of this application is called
   */
  default Searcher open(String task) {
    return this::in;
  }

  /** Whether somebody is paid for searching. */
  default boolean isPaid() {
    return false;
  }

  /** What searching will cost at most; free where nobody is paid. */
  default Bill estimate(long documents, long characters) {
    return Bill.free(0, 0);
  }

  /** What searches have cost since this was opened, failed tasks included. */
  default Bill spent() {
    return Bill.free(0, 0);
  }

  /**
   * What earlier runs spent on searches for this job without living to say so, calls under way
   * included. The same until {@link #recorded}.
   */
  default Bill leftBehind() {
    return Bill.free(0, 0);
  }

  /** Says that {@link #spent} and {@link #leftBehind} are written down for good. */
  default void recorded() {}

  /**
   * What was found, in the order of the text, without overlaps.
   *
   * @param text as its sender wrote it
   */
  List<Finding> in(String text);

  /**
   * A piece of personal data; never its text.
   *
   * @param type as Comprehend names them, for example {@code EMAIL}
   * @param begin of its first character, in Unicode code points from 0
   * @param end after its last character, in code points
   */
  record Finding(String type, int begin, int end) {}

  /** How often each type was found. */
  static Map<String, Integer> counts(List<Finding> findings) {
    Map<String, Integer> counts = new TreeMap<>();
    findings.forEach(finding -> counts.merge(finding.type(), 1, Integer::sum));
    return counts;
  }

  /** The text with {@code [TYPE]} where personal data stood. */
  static String masked(String text, List<Finding> findings) {
    StringBuilder masked = new StringBuilder();
    int[] codePoints = text.codePoints().toArray();
    int at = 0;
    for (Finding finding : findings) {
      int begin = Math.min(finding.begin(), codePoints.length);
      int end = Math.min(finding.end(), codePoints.length);
      if (begin < at) {
        continue;
      }
      masked.append(new String(codePoints, at, begin - at));
      masked.append('[').append(finding.type()).append(']');
      at = end;
    }
    return masked.append(new String(codePoints, at, codePoints.length - at)).toString();
  }
}
