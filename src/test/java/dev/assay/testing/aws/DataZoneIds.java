package dev.assay.testing.aws;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Ids that look like the service's: 14 small letters and digits, the same in every run. */
final class DataZoneIds {
  private static final int LENGTH = 14;

  private final String domain;
  private int made;

  DataZoneIds(String domain) {
    this.domain = domain;
  }

  synchronized String next() {
    made++;
    String text = digest("%s %d".formatted(domain, made)).toString(Character.MAX_RADIX);
    return text.substring(text.length() - LENGTH);
  }

  private static BigInteger digest(String text) {
    try {
      return new BigInteger(
          1, MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
