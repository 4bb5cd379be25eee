package dev.assay.prepare;

import java.io.Serializable;
import java.util.Set;

/** Protects single values. Called on executors, by several threads at once. */
public interface Protector extends Serializable {
  /** Equal values, equal tokens; the token carries the id of its key. */
  String token(String value);

  /** The tokens of a value under all keys that there are, also those that were rotated away. */
  Set<String> tokens(String value);

  /** What only who holds the key can read; the ciphertext carries the id of its key. */
  String encrypt(String value);

  /**
   * A text that is equal for ciphertexts of equal values, and tells nothing of the value; of what
   * cannot be opened, the text itself.
   */
  String likeness(String ciphertext);

  /** Whether {@link #encrypt} can be called. */
  boolean canEncrypt();

  /** For jobs that protect nothing. */
  static Protector none() {
    return new Protector() {
      private static final long serialVersionUID = 1L;

      @Override
      public String token(String value) {
        throw new IllegalStateException("this job has no keys");
      }

      @Override
      public Set<String> tokens(String value) {
        throw new IllegalStateException("this job has no keys");
      }

      @Override
      public String encrypt(String value) {
        throw new IllegalStateException("this job has no keys");
      }

      @Override
      public String likeness(String ciphertext) {
        return ciphertext;
      }

      @Override
      public boolean canEncrypt() {
        return false;
      }
    };
  }
}
