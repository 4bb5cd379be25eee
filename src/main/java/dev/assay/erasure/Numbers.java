package dev.assay.erasure;

import java.math.BigDecimal;

/** Numbers as they are written. */
final class Numbers {
  private Numbers() {}

  /** Whether two texts are the same number; not if one is none. */
  static boolean equal(String one, String other) {
    try {
      return new BigDecimal(one).compareTo(new BigDecimal(other)) == 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
