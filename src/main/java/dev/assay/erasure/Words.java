package dev.assay.erasure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Words within records whose columns nobody could tell apart. */
final class Words {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Within a word these join what stands at both their sides. */
  private static final String JOINING = ".-_@+";

  private Words() {}

  /** Whether a value stands in a text as a whole word, in capitals or not. */
  static boolean mentions(String text, String value) {
    return holds(text, value)
        || holds(text.replace("\"\"", "\""), value)
        || leaves(text).stream().anyMatch(leaf -> holds(leaf, value));
  }

  private static boolean holds(String text, String value) {
    String lower = text.toLowerCase(Locale.ROOT);
    String wanted = value.toLowerCase(Locale.ROOT);
    for (int at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + 1)) {
      if (!goesOn(lower, at - 1, -1) && !goesOn(lower, at + wanted.length(), 1)) {
        return true;
      }
    }
    return false;
  }

  private static boolean goesOn(String text, int at, int step) {
    if (isLetter(text, at)) {
      return true;
    }
    return at >= 0
        && at < text.length()
        && JOINING.indexOf(text.charAt(at)) >= 0
        && isLetter(text, at + step);
  }

  private static boolean isLetter(String text, int at) {
    return at >= 0 && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
  }

  /** What may be values of columns in a record: those of JSON, or fields of CSV. */
  static Set<String> values(String record) {
    List<String> found = new ArrayList<>(leaves(record));
    if (found.isEmpty()) {
      found.addAll(List.of(record.split("[,;|\t\n\r]")));
    }
    Set<String> values = new LinkedHashSet<>();
    for (String field : found) {
      String plain = field.strip().replaceAll("^\"|\"$", "").replace("\"\"", "\"");
      values.add(field);
      values.add(plain);
      values.add(plain.strip());
      values.add(plain.strip().toLowerCase(Locale.ROOT));
      values.add(plain.strip().toUpperCase(Locale.ROOT));
    }
    return values;
  }

  private static List<String> leaves(String text) {
    List<String> leaves = new ArrayList<>();
    if (text.stripLeading().startsWith("{") || text.stripLeading().startsWith("[")) {
      try {
        collect(JSON.readTree(text), leaves);
      } catch (JsonProcessingException e) {
        // a damaged record is looked at as it stands
        return List.of();
      }
    }
    return leaves;
  }

  private static void collect(JsonNode node, List<String> leaves) {
    if (node.isValueNode()) {
      leaves.add(node.asText());
    }
    node.forEach(child -> collect(child, leaves));
  }
}
