package dev.assay.model.message;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A decision with what led to it.
 *
 * @param restrictedBy the categories over their thresholds, most confident first
 * @param reasons why it is for review; empty for other decisions
 */
public record Ruling(Decision decision, List<String> restrictedBy, Set<ReviewReason> reasons) {
  public Ruling {
    restrictedBy = List.copyOf(restrictedBy);
    reasons =
        java.util.Collections.unmodifiableSet(
            reasons.isEmpty() ? EnumSet.noneOf(ReviewReason.class) : EnumSet.copyOf(reasons));
  }

  /**
   * Decides. Any category over its threshold restricts, whatever else is to be said of the text:
   * what is known to be wrong needs no reviewer. Otherwise any doubt is a review; compliant is what
   * is left.
   *
   * @param confidences of every category that was reported
   * @param doubts what is to be said against classifying this text at all
   */
  public static Ruling of(
      Confidences confidences, Thresholds thresholds, Set<ReviewReason> doubts) {
    Map<String, Double> known = confidences.byCategory();
    List<String> over =
        thresholds.byCategory().entrySet().stream()
            .filter(category -> known.containsKey(category.getKey()))
            .filter(category -> known.getOrDefault(category.getKey(), 0.0) >= category.getValue())
            .map(Map.Entry::getKey)
            .sorted(
                Comparator.comparing((String category) -> known.getOrDefault(category, 0.0))
                    .reversed())
            .toList();
    if (!over.isEmpty()) {
      return new Ruling(Decision.RESTRICTED, over, Set.of());
    }
    Set<ReviewReason> reasons = EnumSet.noneOf(ReviewReason.class);
    reasons.addAll(doubts);
    boolean answered = doubts.stream().noneMatch(ReviewReason::unanswered);
    thresholds
        .byCategory()
        .forEach(
            (category, threshold) -> {
              Double confidence = known.get(category);
              if (confidence == null && answered) {
                reasons.add(ReviewReason.NOT_REPORTED);
              } else if (confidence != null && confidence >= threshold - thresholds.margin()) {
                reasons.add(ReviewReason.NEAR_THRESHOLD);
              }
            });
    if (known.entrySet().stream().anyMatch(category -> strange(category, thresholds))) {
      reasons.add(ReviewReason.NO_THRESHOLD);
    }
    return new Ruling(reasons.isEmpty() ? Decision.COMPLIANT : Decision.REVIEW, List.of(), reasons);
  }

  /** Without a threshold of its own, a category counts from where the first one comes near its. */
  private static boolean strange(Map.Entry<String, Double> category, Thresholds thresholds) {
    double lowest =
        thresholds.byCategory().values().stream().min(Comparator.naturalOrder()).orElse(0.0);
    return !thresholds.byCategory().containsKey(category.getKey())
        && category.getValue() >= lowest - thresholds.margin();
  }
}
