package dev.assay.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * A SHA-256 over text, as 64 lower-case hexadecimal digits. Equal content, equal fingerprint.
 *
 * @param hex the digits
 */
public record Fingerprint(String hex) {
  /** The fingerprint of the parts in their order; a part's boundary counts. */
  public static Fingerprint of(List<String> parts) {
    MessageDigest digest = sha256();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
      digest.update(bytes);
    }
    return new Fingerprint(HexFormat.of().formatHex(digest.digest()));
  }

  public static Fingerprint of(String... parts) {
    return of(List.of(parts));
  }

  /** The first twelve digits, for people. */
  public String brief() {
    return hex.substring(0, 12);
  }

  /** The same fingerprint in the shape of a (name-based) UUID. */
  public UUID asUuid() {
    return UUID.nameUUIDFromBytes(hex.getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return hex;
  }
}
