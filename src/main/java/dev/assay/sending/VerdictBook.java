package dev.assay.sending;

import dev.assay.model.message.Decision;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was decided about which text. Holds about a hundred bytes for each verdict. Of several
 * verdicts about one text of a message the strictest counts.
 */
public final class VerdictBook {
  private final String model;
  private final String modelVersion;
  private final Map<Digest, Decision> byText = new HashMap<>();
  private final Set<Digest> judged = new HashSet<>();

  /** An empty book of a model's verdicts. */
  public VerdictBook(String model, String modelVersion) {
    this.model = model;
    this.modelVersion = modelVersion;
  }

  public String model() {
    return model;
  }

  public String modelVersion() {
    return modelVersion;
  }

  /** Adds a verdict. */
  public void add(String messageKey, String contentHash, Decision decision) {
    judged.add(Digest.of(messageKey));
    byText.merge(Digest.of(messageKey, contentHash), decision, VerdictBook::stricter);
  }

  /** What was decided about this very text of a message. */
  public Optional<Decision> about(String messageKey, String contentHash) {
    return Optional.ofNullable(byText.get(Digest.of(messageKey, contentHash)));
  }

  /** Whether any text of the message was judged, be it an earlier one. */
  public boolean knows(String messageKey) {
    return judged.contains(Digest.of(messageKey));
  }

  private static Decision stricter(Decision one, Decision other) {
    if (one == Decision.RESTRICTED || other == Decision.RESTRICTED) {
      return Decision.RESTRICTED;
    }
    return one == Decision.REVIEW || other == Decision.REVIEW
        ? Decision.REVIEW
        : Decision.COMPLIANT;
  }
}
