package dev.assay.pipeline;

import dev.assay.lake.iceberg.Branches;
import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.model.job.Profile;
import dev.assay.prepare.Protector;
import dev.assay.rules.evidence.EvidenceStore;
import dev.assay.scores.Ledger;
import java.time.Clock;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/**
 * Everything a run needs from outside.
 *
 * @param protector opened when a job protects columns; fails if there is no key
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
    MessageTools messages,
    RunListener listener) {

  Branches branches() {
    return new Branches(catalog);
  }
}
