package dev.assay.messages.text;

/** Digits and signs that are written for letters they look like. */
final class Leet {
  private static final String SIGNS = "0134578@$!+";
  private static final String LETTERS = "oieastbasit";

  private Leet() {}

  static boolean isSign(char character) {
    return SIGNS.indexOf(character) >= 0;
  }

  /** The letter a sign stands for; any other character is itself. */
  static char letter(char character) {
    int index = SIGNS.indexOf(character);
    return index < 0 ? character : LETTERS.charAt(index);
  }
}
