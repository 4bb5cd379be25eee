package dev.assay.keys;

/** Where keys are kept. */
public interface KeyStore {
  /**
   * The keys.
   *
   * @throws MissingKeysException if there are none, or they cannot be used; no run goes on without
   */
  KeyRing load();
}
