package dev.assay.messages.text;

import com.ibm.icu.text.SpoofChecker;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The plain letter that a character looks like: Cyrillic а for a, a squared letter for the letter
 * in the square. Which characters are confusable is Unicode's own list (UTS #39), as ICU carries
 * it.
 */
final class Lookalikes {
  private static final SpoofChecker SPOOFS = new SpoofChecker.Builder().build();
  private static final Map<String, String> PLAIN_BY_SKELETON = plainBySkeleton();
  private static final Map<Integer, String> KNOWN = new ConcurrentHashMap<>();

  private Lookalikes() {}

  /** The letter or digit that a character beyond ASCII looks like, or the character itself. */
  static String plain(int codePoint) {
    return KNOWN.computeIfAbsent(codePoint, Lookalikes::find);
  }

  private static String find(int codePoint) {
    String character = Character.toString(codePoint);
    String named = letterInName(codePoint);
    if (!named.isEmpty()) {
      return named;
    }
    if (!Character.isLetterOrDigit(codePoint)) {
      return character;
    }
    String upper = PLAIN_BY_SKELETON.get(SPOOFS.getSkeleton(character));
    return upper == null ? character : upper;
  }

  /** Squared, circled and regional letters carry their letter in their name only. */
  private static String letterInName(int codePoint) {
    if (Character.isLetter(codePoint)) {
      return "";
    }
    String name = Character.getName(codePoint);
    if (name == null) {
      return "";
    }
    boolean lettered =
        name.matches("(NEGATIVE )?(SQUARED|CIRCLED) LATIN CAPITAL LETTER [A-Z]")
            || name.matches("REGIONAL INDICATOR SYMBOL LETTER [A-Z]");
    return lettered ? name.substring(name.length() - 1) : "";
  }

  private static Map<String, String> plainBySkeleton() {
    Map<String, String> plain = new HashMap<>();
    // later ones win: what looks like several is taken for the small letter
    for (char character = '0'; character <= '9'; character++) {
      plain.put(SPOOFS.getSkeleton(String.valueOf(character)), String.valueOf(character));
    }
    for (char character = 'A'; character <= 'Z'; character++) {
      plain.put(SPOOFS.getSkeleton(String.valueOf(character)), String.valueOf(character));
    }
    for (char character = 'a'; character <= 'z'; character++) {
      plain.put(SPOOFS.getSkeleton(String.valueOf(character)), String.valueOf(character));
    }
    return plain;
  }
}
