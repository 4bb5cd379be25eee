package dev.assay.pipeline;

import dev.assay.contracts.ContractCheck;
import dev.assay.model.Metric;
import dev.assay.model.RuleOutcome;
import dev.assay.model.RunRecord;
import dev.assay.model.job.Contract;
import java.util.List;

/**
 * The terms that a run breaks, as the ledger keeps them: what consumers are told must not change
 * when a contract's file does.
 */
final class BrokenContracts {
  private BrokenContracts() {}

  /**
   * A metric {@link Metric#BROKEN_CONTRACT} per broken term of a contract about the run's table.
   */
  static List<Metric> of(List<Contract> contracts, RunRecord run, List<RuleOutcome> outcomes) {
    return contracts.stream()
        .filter(contract -> contract.table().equals(run.table()))
        .flatMap(
            contract ->
                ContractCheck.brokenBy(contract, run, outcomes).stream()
                    .map(
                        term ->
                            new Metric(
                                Metric.BROKEN_CONTRACT,
                                List.of(),
                                "%s: %s %s; found %s"
                                    .formatted(
                                        contract.name(),
                                        term.kind().text(),
                                        term.required(),
                                        term.found()),
                                1)))
        .toList();
  }
}
