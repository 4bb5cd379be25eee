package dev.assay.messages;

import dev.assay.model.AssayException;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds personal data in texts. */
public interface PersonalData extends Serializable {
  /** What a search is reckoned with, in characters and units of a service's price list. */
  record Effort(long calls, long characters, long units) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Of a search that nobody is paid for. */
    public static final Effort NONE = new Effort(0, 0, 0);

    public Effort plus(Effort more) {
      return new Effort(calls + more.calls, characters + more.characters, units + more.units);
    }
  }

  /**
   * How the search of a text ended. A failure is a value, so that what the search cost is known.
   *
   * @param findings as {@link #in} has them; none if it failed
   * @param failure why there is no answer
   */
  record Search(List<Finding> findings, Effort effort, Optional<AssayException> failure) {}

  /** Searches a text as {@link #in} does, and says what that took. Does not throw. */
  default Search search(String text) {
    return new Search(in(text), Effort.NONE, Optional.empty());
  }

  /** Whether somebody is paid for searching. */
  default boolean isPaid() {
    return false;
  }

  /** What searching will cost at most; free where nobody is paid. */
  default Bill estimate(long documents, long characters) {
    return Bill.free(0, 0);
  }

  /** What searches have cost. */
  default Bill spent(Effort effort) {
    return Bill.free(0, 0);
  }

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
