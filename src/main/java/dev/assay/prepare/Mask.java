package dev.assay.prepare;

/** Hides the middle of a value, and its length. */
final class Mask {
  private static final String HIDDEN = "***";

  private Mask() {}

  static String of(String value) {
    int length = value.codePointCount(0, value.length());
    if (length < 5) {
      return HIDDEN;
    }
    int first = value.offsetByCodePoints(0, 1);
    int last = value.offsetByCodePoints(value.length(), -1);
    return value.substring(0, first) + HIDDEN + value.substring(last);
  }
}
