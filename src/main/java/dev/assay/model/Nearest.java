package dev.assay.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The valid word that somebody most likely meant. */
public final class Nearest {
  /** With fewer a word is not yet the beginning of another. */
  private static final int FEWEST_LETTERS = 4;

  private static final LevenshteinDistance DISTANCE = new LevenshteinDistance();

  private Nearest() {}

  /** The nearest candidate, if one is near enough to be a typing error. */
  public static Optional<String> to(String word, Collection<String> candidates) {
    String lower = word.toLowerCase(Locale.ROOT);
    return candidates.stream()
        .min(Comparator.comparingInt(candidate -> distance(lower, candidate)))
        .filter(candidate -> distance(lower, candidate) <= Math.max(2, word.length() / 3))
        .or(() -> begun(lower, candidates));
  }

  /** The only candidate that begins with the word. */
  private static Optional<String> begun(String lower, Collection<String> candidates) {
    List<String> longer =
        candidates.stream()
            .filter(candidate -> candidate.toLowerCase(Locale.ROOT).startsWith(lower))
            .toList();
    return lower.length() >= FEWEST_LETTERS && longer.size() == 1
        ? Optional.of(longer.get(0))
        : Optional.empty();
  }

  /** A sentence that names the nearest candidate, or lists all of them. */
  public static String suggestion(String word, Collection<String> candidates) {
    return to(word, candidates)
        .map(near -> "Did you mean '%s'?".formatted(near))
        .orElseGet(() -> "Expected one of: %s.".formatted(String.join(", ", candidates)));
  }

  private static int distance(String lower, String candidate) {
    return DISTANCE.apply(lower, candidate.toLowerCase(Locale.ROOT));
  }
}
