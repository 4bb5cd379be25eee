package dev.assay.keys;

/** A place for keys that Assay itself may fill. */
public interface WritableKeyStore extends KeyStore {
  /** Whether there is something, readable or not. */
  boolean exists();

  /**
   * Writes the keys in place of those there, all or nothing; again has the same effect.
   *
   * @throws java.io.UncheckedIOException if they cannot be written; the old ones are still there
   */
  void save(KeyRing ring);
}
