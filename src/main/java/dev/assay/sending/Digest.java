package dev.assay.sending;

import dev.assay.model.Fingerprint;
import java.util.HexFormat;

/**
 * The first 128 bits of a fingerprint: enough to tell the messages of any campaign apart, and small
 * enough to hold them all.
 */
public record Digest(long high, long low) {
  /** Of parts in their order; a part's boundary counts. */
  public static Digest of(String... parts) {
    return ofHex(Fingerprint.of(parts).hex());
  }

  /** Of the first 32 of some hexadecimal digits. */
  public static Digest ofHex(String hex) {
    return new Digest(
        HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, 32));
  }
}
