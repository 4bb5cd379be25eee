package dev.assay.messages.text;

/**
 * Undoes what is written between and instead of letters, in one pass over the words of a lower-case
 * text: {@code c a s i n o}, {@code c.a.s.i.n.o}, {@code c4$1n0}, {@code caaasino}, {@code ca*ino}.
 */
final class Disguise {
  /** Fewer single letters in a row are initials, or a word like {@code a} between others. */
  private static final int FEWEST_SPACED = 4;

  private Disguise() {}

  static String undone(String text) {
    return words(joined(text));
  }

  /** Runs of single characters, divided by one and the same mark or by spaces, become one word. */
  private static String joined(String text) {
    StringBuilder joined = new StringBuilder(text.length());
    int index = 0;
    while (index < text.length()) {
      int end = startsWord(text, index) ? endOfSpaced(text, index) : index;
      if (end == index) {
        joined.append(text.charAt(index++));
        continue;
      }
      for (int at = index; at < end; at += 2) {
        joined.append(text.charAt(at));
      }
      index = end;
    }
    return joined.toString();
  }

  private static boolean startsWord(String text, int index) {
    return index == 0 || !isWordPart(text.charAt(index - 1));
  }

  /** The end of a run {@code x-x-x-x} that starts here, or the start if there is none. */
  private static int endOfSpaced(String text, int start) {
    if (start + 1 >= text.length() || !isWordPart(text.charAt(start))) {
      return start;
    }
    char mark = text.charAt(start + 1);
    if (isWordPart(mark)) {
      return start;
    }
    int letters = 0;
    int count = 0;
    int index = start;
    while (index < text.length() && isWordPart(text.charAt(index))) {
      boolean single = index + 1 >= text.length() || !isWordPart(text.charAt(index + 1));
      if (!single) {
        break;
      }
      letters += isLetter(text.charAt(index)) ? 1 : 0;
      count++;
      index += 2;
      if (index - 1 >= text.length() || text.charAt(index - 1) != mark) {
        break;
      }
    }
    int end = Math.min(start + 2 * count - 1, text.length());
    return count >= FEWEST_SPACED && letters * 2 > count ? end : start;
  }

  /** Word by word: digits and signs for letters, stretched letters, marks inside; single spaces. */
  private static String words(String text) {
    StringBuilder words = new StringBuilder(text.length());
    int index = 0;
    while (index < text.length()) {
      int end = index;
      while (end < text.length() && isSpelling(text.charAt(end))) {
        end++;
      }
      if (end > index) {
        appendWord(words, text, index, end);
        index = end;
      } else {
        appendMark(words, text.charAt(index++));
      }
    }
    int last = words.length() - 1;
    if (last >= 0 && words.charAt(last) == ' ') {
      words.setLength(last);
    }
    return words.toString();
  }

  /** What stands between words: of equal marks in a row one is enough. */
  private static void appendMark(StringBuilder words, char mark) {
    char before = words.length() == 0 ? ' ' : words.charAt(words.length() - 1);
    if (mark != before || Character.isSurrogate(mark)) {
      words.append(mark);
    }
  }

  private static boolean isSpelling(char character) {
    return isWordPart(character) || Leet.isSign(character) || isFiller(character);
  }

  private static void appendWord(StringBuilder words, String text, int start, int end) {
    boolean spelled = isSpelledWithSigns(text, start, end);
    char before = 0;
    int same = 0;
    for (int index = start; index < end; index++) {
      char character = text.charAt(index);
      boolean inside =
          index > start
              && index + 1 < end
              && isWordPart(text.charAt(index - 1))
              && isWordPart(text.charAt(index + 1));
      if (inside && isFiller(character)) {
        continue;
      }
      // a sign at the end of a word is punctuation
      if (spelled && (index + 1 < end || Character.isDigit(character) || character == '$')) {
        character = Leet.letter(character);
      }
      same = character == before ? same + 1 : 1;
      before = character;
      if (same < 3 || Character.isDigit(character) || Character.isSurrogate(character)) {
        words.append(character);
      } else if (same == 3) {
        words.setLength(words.length() - 1);
      }
    }
  }

  /**
   * Whether signs stand for letters here: a word of letters with a few of them between. Not {@code
   * 50off}, {@code 20k}, {@code mp3} or {@code $5}: a number with a unit is what it says.
   */
  private static boolean isSpelledWithSigns(String text, int start, int end) {
    int letters = 0;
    int signs = 0;
    int digits = 0;
    int firstLetter = -1;
    int lastLetter = -1;
    for (int index = start; index < end; index++) {
      char character = text.charAt(index);
      if (isLetter(character)) {
        letters++;
        firstLetter = firstLetter < 0 ? index : firstLetter;
        lastLetter = index;
      } else if (Leet.isSign(character)) {
        signs++;
        digits += Character.isDigit(character) ? 1 : 0;
      } else if (Character.isDigit(character)) {
        // 2, 6, 9: no letter looks like them, so this is a number
        return false;
      }
    }
    if (signs == 0 || letters < 2 || letters + 1 < signs) {
      return false;
    }
    boolean between = false;
    for (int index = firstLetter; index < lastLetter; index++) {
      between |= Leet.isSign(text.charAt(index));
    }
    boolean oneBefore = digits == 1 && letters >= 4 && firstLetter == start + 1;
    return between || oneBefore || endsInTwin(text, lastLetter + 1, end, digits);
  }

  /** {@code fr33}: two equal digits at the end, and no other. */
  private static boolean endsInTwin(String text, int start, int end, int digits) {
    return digits == 2
        && end - start == 2
        && text.charAt(start) == text.charAt(start + 1)
        && Leet.isSign(text.charAt(start));
  }

  private static boolean isFiller(char character) {
    return character == '*'
        || character == '_'
        || character == '~'
        || character == '^'
        || character == '`';
  }

  private static boolean isLetter(char character) {
    return character >= 'a' && character <= 'z';
  }

  private static boolean isWordPart(char character) {
    return Character.isLetterOrDigit(character) || character == '$' || character == '@';
  }
}
