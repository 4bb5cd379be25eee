package dev.assay.messages;

import java.io.Serializable;
import java.util.Collection;

/** Says in which language a text is. */
public interface Languages extends Serializable {
  /**
   * The likeliest language.
   *
   * @param text as its sender wrote it
   * @param allowed ISO 639-1, those that a guess is weighed against
   */
  Guess of(String text, Collection<String> allowed);

  /**
   * A language and how sure that is.
   *
   * @param code ISO 639-1 in two letters, or 639-3 where there is none; {@code und} if nothing can
   *     be said
   * @param odds how many times likelier it is than the likeliest allowed one; 1 if it is allowed
   */
  record Guess(String code, double odds) {
    /** Nothing can be said. */
    public static final Guess UNKNOWN = new Guess("und", 1);
  }
}
