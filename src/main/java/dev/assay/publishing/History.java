package dev.assay.publishing;

import dev.assay.model.RuleOutcome;
import dev.assay.model.RunRecord;
import java.util.List;

/** What announcements follow from: the ledger. */
public interface History {
  /** All runs in their newest state. */
  List<RunRecord> runs();

  /** The outcomes of a run in the order of its ruleset. */
  List<RuleOutcome> outcomes(String runId);
}
