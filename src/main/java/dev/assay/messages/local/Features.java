package dev.assay.messages.local;

/**
 * The numbered features of a normal text: its words, pairs of words that follow each other, and
 * pieces of three to five letters of each word with its edges. Digits count as one digit, so that
 * prices and dates do not make words. Features are numbered by hashing; a feature that stands twice
 * is given twice.
 */
final class Features {
  /** How many numbers there are. */
  static final int COUNT = 1 << 21;

  /** Of how texts become features; part of a model's version. */
  static final int VERSION = 1;

  private static final int SHORTEST = 3;
  private static final int LONGEST = 5;
  private static final int WORD = 0x2545F491;
  private static final int PAIR = 0x61C88647;
  private static final int PIECE = 0x811C9DC5;
  private static final int PRIME = 0x01000193;
  private static final char EDGE = ' ';

  private Features() {}

  /** Takes what is found in a text. */
  interface Sink {
    /**
     * A feature.
     *
     * @param whole whether it is a word or a pair of words, not a piece of one
     */
    void feature(int number, boolean whole);

    /**
     * The features that follow belong to this word, until the next.
     *
     * @param hash of the word, the same in every text
     */
    void word(int start, int end, long hash);
  }

  static void of(String normal, Sink sink) {
    int length = normal.length();
    int before = 0;
    int start = 0;
    while (start < length) {
      int end = endOfWord(normal, start);
      if (end == start) {
        start++;
        continue;
      }
      int hash = word(normal, start, end, sink);
      if (before != 0) {
        sink.feature(number((PAIR ^ before) * PRIME ^ hash), true);
      }
      before = hash;
      start = end;
    }
  }

  private static int endOfWord(String text, int start) {
    int index = start;
    while (index < text.length() && isPart(text.charAt(index))) {
      index++;
    }
    if (index == start && Character.isHighSurrogate(text.charAt(start))) {
      // an emoji is a word
      return Math.min(start + 2, text.length());
    }
    return index;
  }

  private static boolean isPart(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= '0' && character <= '9')
        || (character > 127 && Character.isLetterOrDigit(character));
  }

  private static int word(String text, int start, int end, Sink sink) {
    long wide = 0xCBF29CE484222325L;
    int hash = WORD;
    for (int index = start; index < end; index++) {
      char character = folded(text.charAt(index));
      hash = (hash ^ character) * PRIME;
      wide = (wide ^ character) * 0x100000001B3L;
    }
    sink.word(start, end, wide);
    sink.feature(number(hash), true);
    for (int first = start - 1; first <= end + 1 - SHORTEST; first++) {
      int piece = PIECE;
      int last = Math.min(first + LONGEST, end + 1);
      for (int index = first; index < last; index++) {
        char character = index < start || index >= end ? EDGE : folded(text.charAt(index));
        piece = (piece ^ character) * PRIME;
        if (index - first + 1 >= SHORTEST) {
          sink.feature(number(piece ^ (index - first)), false);
        }
      }
    }
    return hash;
  }

  private static char folded(char character) {
    return character >= '0' && character <= '9' ? '0' : character;
  }

  /** Spreads the bits of a hash (the finish of MurmurHash3) and keeps as many as there are. */
  private static int number(int hash) {
    int spread = hash;
    spread ^= spread >>> 16;
    spread *= 0x85EBCA6B;
    spread ^= spread >>> 13;
    spread *= 0xC2B2AE35;
    spread ^= spread >>> 16;
    return spread & (COUNT - 1);
  }
}
