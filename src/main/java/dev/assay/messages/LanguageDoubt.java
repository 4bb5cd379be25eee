package dev.assay.messages;

import dev.assay.model.message.ReviewReason;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a text is in languages that a model can judge. A detector is often wrong about short
 * texts, so one is only believed about long ones, or when it is sure; what is short and foreign has
 * words that a model does not know, and is for review by that.
 */
final class LanguageDoubt implements Serializable {
  private static final long serialVersionUID = 1;

  /** Letters from which a guess says something. */
  private static final int FEWEST_LETTERS = 20;

  /** Letters of a part of a text that can be in another language. */
  private static final int PART_LETTERS = 50;

  private static final double SURE = 2;

  /** Share of letters of other scripts that no borrowed word explains. */
  private static final double FOREIGN_LETTERS = 0.2;

  private final Languages languages;
  private final List<String> allowed;

  LanguageDoubt(Languages languages, List<String> allowed) {
    this.languages = languages;
    this.allowed = new ArrayList<>(allowed);
  }

  Optional<ReviewReason> about(String text, Languages.Guess guess) {
    double foreign = foreignLetters(text);
    if (foreign > 0.5) {
      return Optional.of(ReviewReason.OTHER_LANGUAGE);
    }
    long letters = text.codePoints().filter(Character::isLetter).count();
    boolean other = !allowed.contains(guess.code());
    if (other && letters >= FEWEST_LETTERS && guess.odds() >= SURE) {
      return Optional.of(ReviewReason.OTHER_LANGUAGE);
    }
    if (foreign > FOREIGN_LETTERS || hasForeignPart(text)) {
      return Optional.of(ReviewReason.MIXED_LANGUAGES);
    }
    return Optional.empty();
  }

  private boolean hasForeignPart(String text) {
    if (text.length() < 2 * PART_LETTERS) {
      return false;
    }
    for (String part : text.split("(?<=[.!?;:\\n]) +|\\n+")) {
      if (part.codePoints().filter(Character::isLetter).count() >= PART_LETTERS) {
        Languages.Guess guess = languages.of(part, allowed);
        if (!allowed.contains(guess.code()) && guess.odds() >= SURE) {
          return true;
        }
      }
    }
    return false;
  }

  /** Lookalikes of Latin letters stand in Latin words; whole words of another script do not. */
  private static double foreignLetters(String text) {
    int foreign = 0;
    int all = 0;
    for (String word : text.split("\\s+")) {
      int latin = 0;
      int other = 0;
      for (int codePoint : word.codePoints().toArray()) {
        if (Character.isLetter(codePoint)) {
          boolean isLatin = Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.LATIN;
          latin += isLatin ? 1 : 0;
          other += isLatin ? 0 : 1;
        }
      }
      all += latin + other;
      foreign += latin == 0 ? other : 0;
    }
    return all == 0 ? 0 : (double) foreign / all;
  }
}
