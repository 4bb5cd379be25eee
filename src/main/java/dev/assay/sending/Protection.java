package dev.assay.sending;

/** What protection made of an address, and what opens it again. */
public interface Protection {
  /** Whether this is a token, which nothing opens. */
  boolean isToken(String address);

  /** Whether this is a ciphertext. */
  boolean isCiphertext(String address);

  /**
   * The address behind a ciphertext, in memory only.
   *
   * @throws IllegalArgumentException if it was made with other keys, or is damaged
   * @throws dev.assay.model.AssayException if there are no keys
   */
  String reveal(String ciphertext);
}
