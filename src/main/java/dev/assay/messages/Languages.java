package dev.assay.messages;

import java.io.Serializable;

/** Says in which language a text is. */
public interface Languages extends Serializable {
  /**
   * The likeliest language.
   *
   * @param text as its sender wrote it
   */
  Guess of(String text);

  /**
   * A language and how sure that is.
   *
   * @param code ISO 639-1 in two letters, or 639-3 where there is none; {@code und} if nothing can
   *     be said
   * @param confidence 0 to 1
   */
  record Guess(String code, double confidence) {
    /** Nothing can be said. */
    public static final Guess UNKNOWN = new Guess("und", 0);
  }
}
