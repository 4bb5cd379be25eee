package dev.assay.pipeline;

import dev.assay.keys.KeyRing;
import dev.assay.prepare.Protector;
import java.util.Set;

/**
 * Protects with the keys of a key ring.
 *
 * @param ring the keys
 */
public record KeyProtector(KeyRing ring) implements Protector {
  @Override
  public String token(String value) {
    return ring.token(value);
  }

  @Override
  public Set<String> tokens(String value) {
    return ring.tokens(value);
  }

  @Override
  public String encrypt(String value) {
    return ring.encrypt(value);
  }

  @Override
  public String likeness(String ciphertext) {
    try {
      return ring.token(ring.decrypt(ciphertext));
    } catch (IllegalArgumentException e) {
      // no ciphertext, or of keys that are gone: it is like itself only
      return ciphertext;
    }
  }

  @Override
  public boolean canEncrypt() {
    return true;
  }
}
