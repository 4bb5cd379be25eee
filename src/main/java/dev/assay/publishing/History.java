package dev.assay.publishing;

import dev.assay.model.RuleOutcome;
import dev.assay.model.RunRecord;
import dev.assay.model.lineage.RunLineage;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What announcements follow from: the ledger. */
public interface History {
  /** All runs in their newest state. */
  List<RunRecord> runs();

  /** The ids of runs that left lineage: those that read and made something. */
  Set<String> runsWithLineage();

  /** What a run read and made. */
  Optional<RunLineage> lineage(String runId);

  /** How many messages a run found restricted; zero of runs that classify none. */
  long restricted(RunRecord run);

  /**
   * The terms of contracts that a run breaks, each beginning with the contract's name and a colon.
   */
  List<String> brokenContracts(RunRecord run);

  /** How deliveries ended, at all destinations and in any order. */
  List<Delivery> deliveries();

  /** The outcomes of a run in the order of its ruleset. */
  List<RuleOutcome> outcomes(String runId);
}
