package dev.assay.messages;

import dev.assay.messages.text.NormalText;
import dev.assay.messages.text.TextLook;
import dev.assay.model.message.ReviewReason;
import java.io.Serializable;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A text as far as it is known without a classifier.
 *
 * @param normal what is classified, by its hash
 * @param unclassified why no classifier is asked; empty if one is
 * @param doubts what is to be said against a compliant verdict
 * @param language likeliest, ISO 639
 * @param personalData how often each type was found
 * @param masked the original with personal data masked, for people to read
 */
record Examined(
    NormalText normal,
    Optional<ReviewReason> unclassified,
    Set<ReviewReason> doubts,
    String language,
    Map<String, Integer> personalData,
    String masked) {

  /** Examines texts. */
  static final class Examiner implements Serializable {
    private static final long serialVersionUID = 1;

    private final Languages languages;
    private final PersonalData personalData;
    private final List<String> allowed;
    private final LanguageDoubt doubt;

    Examiner(Languages languages, PersonalData personalData, List<String> allowed) {
      this.languages = languages;
      this.personalData = personalData;
      this.allowed = List.copyOf(allowed);
      this.doubt = new LanguageDoubt(languages, allowed);
    }

    Examined examine(String original) {
      NormalText normal = NormalText.of(original);
      Optional<ReviewReason> unclassified = TextLook.of(original, normal);
      Set<ReviewReason> doubts = EnumSet.noneOf(ReviewReason.class);
      unclassified.ifPresent(doubts::add);
      String shortened =
          original.length() > TextLook.LONGEST
              ? original.substring(0, original.offsetByCodePoints(0, shortest(original)))
              : original;
      List<PersonalData.Finding> findings = personalData.in(shortened);
      String masked = PersonalData.masked(shortened, findings);
      Languages.Guess language =
          unclassified.isPresent() ? Languages.Guess.UNKNOWN : languages.of(original, allowed);
      if (unclassified.isEmpty()) {
        doubt.about(original, language).ifPresent(doubts::add);
      }
      return new Examined(
          normal, unclassified, doubts, language.code(), PersonalData.counts(findings), masked);
    }

    private static int shortest(String original) {
      return Math.min(TextLook.LONGEST, original.codePointCount(0, original.length()));
    }
  }
}
