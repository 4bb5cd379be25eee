package dev.assay.sending;

import dev.assay.model.job.Send;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds a campaign of which too much is restricted or for review. */
final class CampaignGate {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Send.Limits limits;

  CampaignGate(Send.Limits limits) {
    this.limits = limits;
  }

  /**
   * Why a campaign is held; empty if it passes. Shares are of all its messages, judged or not.
   *
   * @param campaign empty if the job knows none
   */
  List<String> reasons(String campaign, long messages, long restricted, long review) {
    List<String> reasons = new ArrayList<>();
    check(campaign, "restricted", restricted, messages, limits.maximumRestricted())
        .ifPresent(reasons::add);
    check(campaign, "for review", review, messages, limits.maximumReview()).ifPresent(reasons::add);
    return reasons;
  }

  private static Optional<String> check(
      String campaign, String what, long count, long messages, Optional<BigDecimal> maximum) {
    // compared without division: 1 of 3 is over 33.33 percent
    boolean over =
        maximum.isPresent()
            && BigDecimal.valueOf(count)
                    .multiply(HUNDRED)
                    .compareTo(maximum.get().multiply(BigDecimal.valueOf(messages)))
                > 0;
    if (!over) {
      return Optional.empty();
    }
    BigDecimal share =
        BigDecimal.valueOf(count)
            .multiply(HUNDRED)
            .divide(BigDecimal.valueOf(messages), 2, RoundingMode.HALF_UP);
    return Optional.of(
        "%s%,d of %,d messages (%s %%) are %s; at most %s %% may be"
            .formatted(
                campaign.isEmpty() ? "" : "campaign '" + campaign + "': ",
                count,
                messages,
                share.toPlainString(),
                what,
                maximum.get().toPlainString()));
  }
}
