package dev.assay.cli;

import dev.assay.messages.Reviews;
import dev.assay.messages.iceberg.VerdictTable;
import dev.assay.messages.iceberg.VerdictTable.Pending;
import dev.assay.messages.text.NormalText;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Nearest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns what a reviewer wrote into decisions, all or none. */
final class ReviewDecisions {
  private static final String COMPLIANT = "compliant";

  private final VerdictTable verdicts;
  private final String reviewer;
  private final Instant at;
  private @Nullable Set<String> ofTable;

  ReviewDecisions(VerdictTable verdicts, String reviewer, Instant at) {
    this.verdicts = verdicts;
    this.reviewer = reviewer;
    this.at = at;
  }

  /**
   * Decisions by the first digits of hashes.
   *
   * @throws AssayException if a hash or a label is not known; nothing is decided then
   */
  List<Reviews.Review> of(Map<String, String> given) {
    List<Reviews.Review> reviews = new ArrayList<>();
    given.forEach((hash, labels) -> reviews.add(review(hash, labels)));
    return reviews;
  }

  private Reviews.Review review(String hash, String labels) {
    List<Pending> found = verdicts.beginning(hash);
    if (found.size() != 1) {
      throw new AssayException(
          ExitKind.USAGE,
          "%d texts have a hash that begins with '%s'; expected one. Copy more of its digits."
              .formatted(found.size(), hash));
    }
    Pending text = found.get(0);
    return new Reviews.Review(
        text.contentHash(),
        NormalText.of(text.text()).value(),
        categories(hash, labels, text.categories().keySet()),
        reviewer,
        at);
  }

  private Set<String> categories(String hash, String labels, Set<String> reported) {
    Set<String> categories = new TreeSet<>();
    if (labels.strip().equals(COMPLIANT)) {
      return categories;
    }
    // of a text that no classifier saw, the verdict has no categories
    Set<String> known = reported.isEmpty() ? categoriesOfTable() : reported;
    for (String label : labels.split("[+|]")) {
      String category = label.strip();
      if (!known.isEmpty() && !known.contains(category)) {
        List<String> possible = new ArrayList<>(known);
        possible.add(COMPLIANT);
        throw new AssayException(
            ExitKind.USAGE,
            "The decision about %s is '%s'. %s"
                .formatted(hash, category, Nearest.suggestion(category, possible)));
      }
      categories.add(category);
    }
    return categories;
  }

  private Set<String> categoriesOfTable() {
    if (ofTable == null) {
      ofTable = verdicts.categories();
    }
    return ofTable;
  }
}
