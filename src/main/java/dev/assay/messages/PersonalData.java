package dev.assay.messages;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds personal data in texts. */
public interface PersonalData extends Serializable {
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
