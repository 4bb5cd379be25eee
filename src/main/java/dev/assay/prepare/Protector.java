package dev.assay.prepare;

import java.io.Serializable;

/** Protects single values. Called on executors, by several threads at once. */
public interface Protector extends Serializable {
  /** Equal values, equal tokens; the token carries the id of its key. */
  String token(String value);

  /** What only who holds the key can read; the ciphertext carries the id of its key. */
  String encrypt(String value);

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
      public String encrypt(String value) {
        throw new IllegalStateException("this job has no keys");
      }

      @Override
      public boolean canEncrypt() {
        return false;
      }
    };
  }
}
