package dev.assay.model.message;

/** Why a person has to look at a message. A verdict may have several reasons. */
public enum ReviewReason {
  /** Nothing to read is left of the text. */
  EMPTY("has no text"),
  /** Longer than what is classified whole. */
  TOO_LONG("is longer than a message"),
  /** Control characters, unassigned characters, or encoded bytes. */
  NOT_TEXT("is no readable text"),
  /** Emoji, signs and digits only. */
  NO_WORDS("has no words"),
  /** In a language that the job does not name. */
  OTHER_LANGUAGE("is in a language that the model was not made for"),
  /** Parts of it are in other languages. */
  MIXED_LANGUAGES("is in more than one language"),
  /** The model has seen too few of its words. */
  UNKNOWN_WORDS("has mostly words that the model does not know"),
  /** A category is within the margin below its threshold. */
  NEAR_THRESHOLD("is near a threshold"),
  /** The classifier said nothing about a category: unknown is not zero. */
  NOT_REPORTED("got no confidence for a category"),
  /** The classifier is confident about a category for which nobody gave a threshold. */
  NO_THRESHOLD("belongs to a category that has no threshold"),
  /** Only the beginning was classified. */
  TRUNCATED("was cut before it was classified"),
  /** The service refused this text. */
  REFUSED("was refused by the classifier");

  private final String words;

  /** Whether no classifier gave an answer for this reason: then nothing could be reported. */
  public boolean unanswered() {
    return switch (this) {
      case EMPTY, TOO_LONG, NOT_TEXT, NO_WORDS, REFUSED -> true;
      default -> false;
    };
  }

  ReviewReason(String words) {
    this.words = words;
  }

  /** Goes on after "The message …". */
  public String words() {
    return words;
  }
}
