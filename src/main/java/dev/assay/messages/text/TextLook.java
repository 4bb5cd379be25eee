package dev.assay.messages.text;

import dev.assay.model.message.ReviewReason;
import java.util.Optional;

/** What is to be said of a text before anybody reads it: texts that are no message in words. */
public final class TextLook {
  /** Characters of the longest text that is classified; a concatenated SMS has 1,600. */
  public static final int LONGEST = 10_000;

  /** Encoded bytes come in long words; the longest English ones have under thirty letters. */
  private static final int LONGEST_WORD = 80;

  private TextLook() {}

  /**
   * Why a text is not classified, if it is not.
   *
   * @param original as its sender wrote it
   * @param normal the same, normalised
   */
  public static Optional<ReviewReason> of(String original, NormalText normal) {
    if (original.length() > LONGEST) {
      return Optional.of(ReviewReason.TOO_LONG);
    }
    if (isBinary(original)) {
      return Optional.of(ReviewReason.NOT_TEXT);
    }
    if (normal.value().isEmpty()) {
      return Optional.of(ReviewReason.EMPTY);
    }
    return hasWord(normal.value()) ? Optional.empty() : Optional.of(ReviewReason.NO_WORDS);
  }

  /** One character in twenty that no keyboard has, or a word that only a machine writes. */
  private static boolean isBinary(String text) {
    int strange = 0;
    int word = 0;
    int longest = 0;
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      strange += isStrange(text, index) ? 1 : 0;
      word = character < 128 && Character.isLetterOrDigit(character) ? word + 1 : 0;
      longest = Math.max(longest, word);
    }
    return strange * 20 > text.length() || longest > LONGEST_WORD;
  }

  private static boolean isStrange(String text, int index) {
    char character = text.charAt(index);
    if (character == '\uFFFD' || (character < ' ' && !Character.isWhitespace(character))) {
      return true;
    }
    if (character < 128) {
      return character == 127;
    }
    int type = Character.getType(text.codePointAt(index));
    return type == Character.PRIVATE_USE
        || type == Character.UNASSIGNED
        || (type == Character.SURROGATE && !isLowOfPair(text, index));
  }

  private static boolean isLowOfPair(String text, int index) {
    return Character.isLowSurrogate(text.charAt(index))
        && index > 0
        && Character.isHighSurrogate(text.charAt(index - 1));
  }

  private static boolean hasWord(String normal) {
    int letters = 0;
    for (int index = 0; index < normal.length(); index++) {
      letters = Character.isLetter(normal.charAt(index)) ? letters + 1 : 0;
      if (letters == 2) {
        return true;
      }
    }
    return normal.codePoints().anyMatch(Character::isIdeographic);
  }
}
