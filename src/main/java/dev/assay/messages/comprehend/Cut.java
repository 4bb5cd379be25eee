package dev.assay.messages.comprehend;

import java.nio.charset.StandardCharsets;

/**
 * A text as the service takes it.
 *
 * @param text at most so many bytes of UTF-8, never with half a character
 * @param truncated whether there was more
 */
record Cut(String text, boolean truncated) {
  /** What a text to classify may have: 10 KB, by the smaller of both meanings of K. */
  static final int CLASSIFY_BYTES = 10_000;

  static Cut of(String text, int mostBytes) {
    // no character has more than three bytes a char
    if (text.length() <= mostBytes / 3
        || text.getBytes(StandardCharsets.UTF_8).length <= mostBytes) {
      return new Cut(text, false);
    }
    return new Cut(text.substring(0, end(text, 0, mostBytes)), true);
  }

  /** Where a piece ends that begins here and has at most so many bytes. */
  static int end(String text, int begin, int mostBytes) {
    int bytes = 0;
    int at = begin;
    while (at < text.length()) {
      int codePoint = text.codePointAt(at);
      bytes += bytes(codePoint);
      if (bytes > mostBytes) {
        return at;
      }
      at += Character.charCount(codePoint);
    }
    return at;
  }

  /** As the service counts. */
  long characters() {
    return text.codePointCount(0, text.length());
  }

  private static int bytes(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    }
    if (codePoint < 0x800) {
      return 2;
    }
    return codePoint < 0x10000 ? 3 : 4;
  }
}
