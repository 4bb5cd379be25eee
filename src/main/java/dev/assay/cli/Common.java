package dev.assay.cli;

import dev.assay.jobs.ProfileReader;
import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.model.job.Profile;
import dev.assay.rules.evidence.EvidenceStore;
import dev.assay.rules.evidence.iceberg.IcebergEvidence;
import dev.assay.scores.Ledger;
import dev.assay.scores.iceberg.IcebergLedger;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that every command has, and what follows from them without a Spark session. */
final class Common {
  @Option(
      names = "--profile",
      paramLabel = "NAME",
      defaultValue = "local",
      description = "Where to run: a file in jobs/profiles, or local or aws (default: local).")
  String profileName = "local";

  @Option(
      names = "--home",
      paramLabel = "FOLDER",
      defaultValue = "${env:ASSAY_HOME:-.assay}",
      description = "Folder for logs, reports and the local warehouse (default: .assay).")
  Path home = Path.of(".assay");

  @Option(names = "--verbose", description = "Show Spark's log in the terminal.")
  boolean verbose;

  private @Nullable Profile profile;
  private @Nullable LakeCatalog catalog;

  Profile profile() {
    if (profile == null) {
      profile = ProfileReader.load(profileName, home);
    }
    return profile;
  }

  LakeCatalog catalog() {
    if (catalog == null) {
      catalog = LakeCatalog.open(profile());
    }
    return catalog;
  }

  Ledger ledger() {
    return new IcebergLedger(catalog().iceberg());
  }

  EvidenceStore evidence() {
    return new IcebergEvidence(catalog().iceberg(), Clock.systemUTC());
  }
}
