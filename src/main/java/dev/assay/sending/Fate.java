package dev.assay.sending;

/** What the verdicts say about sending a message. */
public enum Fate {
  /** May go. */
  COMPLIANT,
  /** Its verdict forbids it. */
  RESTRICTED,
  /** A person has to decide first. */
  REVIEW,
  /** It was judged, but its text is another one since. */
  STALE,
  /** The model has never judged it. */
  UNJUDGED,
  /** There is nobody to send it to. */
  NO_ADDRESS,
  /** Its channel is {@code none}: it stays. */
  LEFT
}
