package dev.assay.messages.personal;

/**
 * Vehicle identification numbers, ISO 3779: seventeen characters without I, O and Q, the last four
 * of them digits. North America asks for a check digit in the ninth place; elsewhere anything may
 * stand there.
 */
final class Vin {
  private static final String VALUES = "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ";
  private static final int[] WEIGHTS = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};

  private Vin() {}

  static boolean isLikely(String text) {
    long letters = text.chars().filter(Character::isLetter).count();
    if (letters < 2 || letters > 12) {
      return false;
    }
    boolean northAmerican = text.charAt(0) >= '1' && text.charAt(0) <= '5';
    return !northAmerican || hasCheckDigit(text);
  }

  private static boolean hasCheckDigit(String text) {
    int sum = 0;
    for (int index = 0; index < WEIGHTS.length; index++) {
      sum += VALUES.indexOf(text.charAt(index)) % 10 * WEIGHTS[index];
    }
    int rest = sum % 11;
    return text.charAt(8) == (rest == 10 ? 'X' : (char) ('0' + rest));
  }
}
