package dev.assay.messages;

import dev.assay.messages.text.NormalText;
import dev.assay.messages.text.TextLook;
import dev.assay.model.message.ReviewReason;
import java.io.Serializable;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A text as far as it is known without asking anybody.
 *
 * @param normal what is classified, by its hash
 * @param unclassified why no classifier is asked; empty if one is
 * @param doubts what is to be said against a compliant verdict
 * @param language likeliest, ISO 639
 */
record Examined(
    NormalText normal,
    Optional<ReviewReason> unclassified,
    Set<ReviewReason> doubts,
    String language) {

  /** Examines texts. */
  static final class Examiner implements Serializable {
    private static final long serialVersionUID = 1;

    private final Languages languages;
    private final List<String> allowed;
    private final LanguageDoubt doubt;

    Examiner(Languages languages, List<String> allowed) {
      this.languages = languages;
      this.allowed = List.copyOf(allowed);
      this.doubt = new LanguageDoubt(languages, allowed);
    }

    Examined examine(String original) {
      NormalText normal = NormalText.of(original);
      Optional<ReviewReason> unclassified = TextLook.of(original, normal);
      Set<ReviewReason> doubts = EnumSet.noneOf(ReviewReason.class);
      unclassified.ifPresent(doubts::add);
      Languages.Guess language =
          unclassified.isPresent() ? Languages.Guess.UNKNOWN : languages.of(original, allowed);
      if (unclassified.isEmpty()) {
        doubt.about(original, language).ifPresent(doubts::add);
      }
      return new Examined(normal, unclassified, doubts, language.code());
    }
  }
}
