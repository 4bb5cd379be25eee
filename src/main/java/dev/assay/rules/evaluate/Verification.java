package dev.assay.rules.evaluate;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.RuleOutcome;
import java.util.ArrayList;
import java.util.List;

/** Compares what evidence says with what reading every row says. */
public final class Verification {
  private Verification() {}

  /**
   * Requires the same verdicts and numbers of rows.
   *
   * @throws AssayException naming the rules that differ
   */
  public static void require(Evaluation byEvidence, Evaluation byReading) {
    List<String> different = new ArrayList<>();
    for (int rule = 0; rule < byEvidence.outcomes().size(); rule++) {
      RuleOutcome one = byEvidence.outcomes().get(rule);
      RuleOutcome other = byReading.outcomes().get(rule);
      if (one.verdict() != other.verdict() || !one.failingRows().equals(other.failingRows())) {
        different.add(
            "%s: %s by %s, %s by reading"
                .formatted(
                    one.rule(), one.verdict(), one.cost().trace().source(), other.verdict()));
      }
    }
    if (!different.isEmpty()) {
      throw new AssayException(
          ExitKind.OUR_FAULT,
          "Evidence and rows disagree, which must never be: %s. Please report it; until then delete the rows of this table from assay.evidence."
              .formatted(String.join("; ", different)));
    }
  }
}
