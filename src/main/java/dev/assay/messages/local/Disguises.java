package dev.assay.messages.local;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Texts disguised as senders do it to get past filters, for measuring: each text in one way, drawn
 * deterministically. What undoes disguises knows nothing of this class.
 */
final class Disguises {
  private static final String PLAIN = "aeiostAEIOST";
  private static final String DIGITS = "431057431057";
  private static final String CYRILLIC = "аеіоѕтАЕІОЅТ";
  private static final String[] INVISIBLE = {"\u200B", "\u200C", "\u2060", "\u00AD"};

  private Disguises() {}

  static List<LabelledText> of(List<LabelledText> texts) {
    SplittableRandom random = new SplittableRandom(7);
    return texts.stream()
        .map(text -> new LabelledText(disguised(text.text(), random), text.categories()))
        .toList();
  }

  private static String disguised(String text, SplittableRandom random) {
    return switch (random.nextInt(6)) {
      case 0 -> byWord(text, random, word -> exchanged(word, DIGITS));
      case 1 -> byWord(text, random, word -> exchanged(word, CYRILLIC));
      case 2 -> byWord(text, random, word -> String.join(" ", word.split("")));
      case 3 -> byWord(text, random, word -> String.join(".", word.split("")));
      case 4 ->
          byWord(text, random, word -> String.join(INVISIBLE[random.nextInt(4)], word.split("")));
      default -> fullWidth(text);
    };
  }

  /** Every second longer word; prices, links and short words stay as they are. */
  private static String byWord(
      String text, SplittableRandom random, java.util.function.UnaryOperator<String> disguise) {
    StringBuilder disguised = new StringBuilder();
    for (String word : text.split("(?<= )")) {
      String bare = word.strip();
      boolean plain = bare.matches("[A-Za-z]{4,}");
      disguised.append(
          plain && random.nextBoolean() ? word.replace(bare, disguise.apply(bare)) : word);
    }
    return disguised.toString();
  }

  private static String exchanged(String word, String others) {
    StringBuilder exchanged = new StringBuilder();
    for (char character : word.toCharArray()) {
      int index = PLAIN.indexOf(character);
      exchanged.append(index < 0 ? character : others.charAt(index));
    }
    return exchanged.toString();
  }

  private static String fullWidth(String text) {
    StringBuilder wide = new StringBuilder();
    for (char character : text.toCharArray()) {
      boolean letter = character < 128 && Character.isLetter(character);
      wide.append(letter ? (char) (character - 'A' + '\uFF21') : character);
    }
    return wide.toString();
  }
}
