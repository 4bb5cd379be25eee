package dev.assay.pipeline;

import dev.assay.lake.iceberg.Branches;
import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.model.job.Contract;
import dev.assay.model.job.Profile;
import dev.assay.prepare.Protector;
import dev.assay.rules.evidence.EvidenceStore;
import dev.assay.scores.Ledger;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/**
 * Everything a run needs from outside.
 *
 * @param protector opened when a job protects columns; fails if there is no key
 * @param contracts what consumers rely on, of any table; runs that break one say so in the ledger
 * @param messages what classify jobs need
 * @param productVersion goes into the ledger
 */
public record Lane(
    SparkSession spark,
    Profile profile,
    LakeCatalog catalog,
    Ledger ledger,
    EvidenceStore evidence,
    Supplier<Protector> protector,
    Clock clock,
    String productVersion,
    List<Contract> contracts,
    MessageTools messages,
    RunListener listener) {

  public Lane {
    contracts = List.copyOf(contracts);
  }

  Branches branches() {
    return new Branches(catalog);
  }
}
