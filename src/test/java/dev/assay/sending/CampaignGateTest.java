package dev.assay.sending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.job.Send;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CampaignGateTest {
  @Test
  void passesUpToTheLimitItself() {
    assertThat(gate("25", "50").reasons("winter", 4, 1, 2)).isEmpty();
  }

  @Test
  void saysOfBothSharesWhatIsTooMuch() {
    assertThat(gate("25", "50").reasons("winter", 1000, 251, 501))
        .containsExactly(
            "campaign 'winter': 251 of 1,000 messages (25.10 %) are restricted; at most 25 % may be",
            "campaign 'winter': 501 of 1,000 messages (50.10 %) are for review; at most 50 % may be");
  }

  @Test
  void comparesWithoutRounding() {
    assertThat(gate("33.33", "100").reasons("", 3, 1, 0))
        .containsExactly("1 of 3 messages (33.33 %) are restricted; at most 33.33 % may be");
  }

  @Test
  void holdsForOneMessageWhereNoneIsAllowed() {
    assertThat(gate("0", "100").reasons("", 1_000_000, 1, 0)).hasSize(1);
    assertThat(gate("0", "100").reasons("", 1_000_000, 0, 0)).isEmpty();
  }

  @Test
  void passesEverythingWithoutLimits() {
    assertThat(new CampaignGate(Send.Limits.NONE).reasons("", 1, 1, 0)).isEmpty();
  }

  private static CampaignGate gate(String restricted, String review) {
    return new CampaignGate(
        new Send.Limits(
            Optional.of(new BigDecimal(restricted)), Optional.of(new BigDecimal(review))));
  }
}
