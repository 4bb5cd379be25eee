package dev.assay.model.job;

/** How a column of personal data is protected. */
public enum Protection {
  /** A keyed hash: equal values, equal tokens, not reversible. */
  TOKENISE,
  /** Authenticated encryption; who holds the key can read it again. */
  ENCRYPT,
  /** The first and last characters stay, the middle goes. */
  MASK,
  /** The column goes. */
  DROP
}
