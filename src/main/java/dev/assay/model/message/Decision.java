package dev.assay.model.message;

import java.util.Locale;

/** What a verdict says about a message. Names, never numbers: examples disagree which is which. */
public enum Decision {
  /** May be sent. */
  COMPLIANT,
  /** At least one category is over its threshold: is not sent. */
  RESTRICTED,
  /** A person decides; until then it is not sent. */
  REVIEW;

  /** As it stands in tables and files: lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The decision of that text. */
  public static Decision of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
