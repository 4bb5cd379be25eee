package dev.assay.pipeline;

import dev.assay.folders.HadoopFiles;
import dev.assay.model.RunRecord;
import dev.assay.model.SourceFile;
import dev.assay.rules.evaluate.RawFiles;
import dev.assay.rules.evaluate.RawFiles.Listing;
import java.util.List;
import java.util.Set;

/** The files that rules of a run speak of: without a path, the raw files that the run read. */
final class RunFiles {
  private static final String READS_TABLES =
      "The job reads tables, and no files. Name a path in the rule, or put the rule into the ruleset of the job that reads them.";

  private final Lane lane;
  private final ShownFiles names;

  RunFiles(Lane lane, ShownFiles names) {
    this.lane = lane;
    this.names = names;
  }

  /** What this run reads. */
  RawFiles of(FoundInputs inputs) {
    List<SourceFile> read =
        inputs.files().values().stream().flatMap(List::stream).sorted().toList();
    return files(inputs.files().isEmpty() ? Listing.unknown(READS_TABLES) : Listing.of(read));
  }

  /** What an earlier run read, as far as its files are still there as they were. */
  RawFiles of(FoundInputs inputs, RunRecord earlier) {
    if (inputs.files().isEmpty()) {
      return of(inputs);
    }
    Set<String> known = Set.copyOf(earlier.inputs());
    ReadFiles read = new ReadFiles(known, names);
    List<SourceFile> still = inputs.seen().stream().filter(read::has).toList();
    int gone = known.size() - still.size();
    return files(
        gone == 0
            ? Listing.of(still)
            : Listing.unknown(
                "%d of the %d files that run %s read are not there any more as they were."
                    .formatted(gone, known.size(), earlier.runId())));
  }

  private RawFiles files(Listing read) {
    return new HadoopFiles(
        lane.spark().sessionState().newHadoopConf(), () -> read, names::nameInRules);
  }
}
