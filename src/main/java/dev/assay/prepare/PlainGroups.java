package dev.assay.prepare;

import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Numbers written with marks between groups of three digits, such as {@code 1.234,56}: the marks
 * are taken out, and the rest is read as any number is.
 */
record PlainGroups(byte group, byte decimal, PlainReader inner) implements PlainReader {
  @Override
  public @Nullable Object read(UTF8String text) {
    int length = text.numBytes();
    byte[] plain = new byte[length];
    int used = 0;
    int run = 0;
    boolean grouped = false;
    boolean fraction = false;
    for (int at = 0; at < length; at++) {
      byte character = PlainReader.byteAt(text, at);
      if (character >= '0' && character <= '9') {
        plain[used++] = character;
        run++;
      } else if (at == 0 && (character == '-' || character == '+')) {
        plain[used++] = character;
      } else if (character == group && !fraction && isGroup(run, grouped)) {
        grouped = true;
        run = 0;
      } else if (character == decimal && !fraction && run > 0 && (!grouped || run == 3)) {
        plain[used++] = '.';
        fraction = true;
        run = 0;
      } else {
        return null;
      }
    }
    if (!fraction && grouped && run != 3) {
      return null;
    }
    return inner.read(UTF8String.fromBytes(plain, 0, used));
  }

  private static boolean isGroup(int digits, boolean following) {
    return following ? digits == 3 : digits >= 1 && digits <= 3;
  }
}
