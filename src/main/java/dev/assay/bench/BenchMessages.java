package dev.assay.bench;

import java.util.List;

/** Messages of 160 characters, each text another one: sentences in turn behind a code word. */
final class BenchMessages {
  static final int CHARACTERS = 160;

  private static final int LETTERS = 26;
  private static final int CODE = 6;

  private final List<String> sentences = Resource.text("messages.txt").lines().toList();

  /** The text of a number from 0; another number, another text, also after normalising. */
  String text(long number) {
    StringBuilder text = new StringBuilder("code ").append(word(number));
    // the second sentence goes round once while the first goes through all
    long next = number;
    while (text.length() < CHARACTERS) {
      text.append(' ').append(sentences.get((int) (next % sentences.size())));
      next = next / sentences.size() + 1;
    }
    return text.substring(0, CHARACTERS);
  }

  private static String word(long number) {
    StringBuilder word = new StringBuilder();
    long left = number;
    for (int place = 0; place < CODE; place++) {
      // never the same letter twice in a row: normalising shortens stretched words
      word.append((char) ('a' + (left % (LETTERS / 2)) * 2 + place % 2));
      left /= LETTERS / 2;
    }
    return word.toString();
  }
}
