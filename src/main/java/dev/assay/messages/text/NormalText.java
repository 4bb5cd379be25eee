package dev.assay.messages.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A text as everybody reads it, whatever its sender did to get past a filter: compatibility forms,
 * accents, invisible characters, letters of other scripts, digits for letters, spaced letters,
 * stretched letters and tracking links are undone. Equal normal texts are the same message: one
 * verdict serves them all.
 *
 * <p>{@link #VERSION} changes with the steps and their order, and makes another version of a model.
 * Hashes do not: a text that a change leaves as it was keeps its verdict, what people decided about
 * it, and what was sent.
 *
 * @param value lower case, single spaces, no invisible characters; may be empty
 * @param hash SHA-256 of the value behind a byte 1, 64 hexadecimal digits
 */
public record NormalText(String value, String hash) {
  /** Of the steps. */
  public static final int VERSION = 2;

  private static final byte PREFIX = 1;
  private static final HexFormat HEX = HexFormat.of();

  /** Normalises a text of any content and length; never fails. */
  public static NormalText of(String original) {
    String value = normalised(original);
    return new NormalText(value, hashOf(value));
  }

  private static String normalised(String original) {
    String plain = isPlain(original) ? original : latin(original);
    String lower = plain.toLowerCase(Locale.ROOT);
    return Disguise.undone(Links.shortened(lower));
  }

  private static boolean isPlain(String text) {
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      if (character < ' ' || character > '~') {
        return false;
      }
    }
    return true;
  }

  /** Compatibility forms, accents, invisible characters, lookalikes. */
  private static String latin(String original) {
    String decomposed = Normalizer.normalize(original, Normalizer.Form.NFKD);
    StringBuilder latin = new StringBuilder(decomposed.length());
    decomposed
        .codePoints()
        .forEach(
            codePoint -> {
              if (codePoint >= ' ' && codePoint <= '~') {
                latin.append((char) codePoint);
              } else if (Character.isWhitespace(codePoint) || Character.isISOControl(codePoint)) {
                latin.append(' ');
              } else if (!isInvisible(codePoint)) {
                latin.append(Lookalikes.plain(codePoint));
              }
            });
    return latin.toString();
  }

  private static boolean isInvisible(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.FORMAT
        || type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.SURROGATE
        // letters that are blank: Hangul fillers, the Braille blank
        || codePoint == 0x115F
        || codePoint == 0x1160
        || codePoint == 0x3164
        || codePoint == 0xFFA0
        || codePoint == 0x2800;
  }

  private static String hashOf(String value) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(PREFIX);
      return HEX.formatHex(digest.digest(value.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
