package dev.assay.pipeline;

import dev.assay.lake.UnreadableInputException;
import dev.assay.lake.files.SourceFiles;
import dev.assay.model.SourceFile;
import dev.assay.model.TableName;
import dev.assay.model.job.Input;
import dev.assay.model.job.Job;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run will read, fixed before it reads: files as they are now, tables at a snapshot.
 *
 * @param files by alias
 * @param snapshots by alias
 * @param references the snapshot of each table that rules compare with, by alias
 * @param missing why there is nothing to read, if the job says to skip then
 */
record FoundInputs(
    Map<String, List<SourceFile>> files,
    Map<String, Long> snapshots,
    Map<String, Long> references,
    Optional<String> missing) {

  static FoundInputs find(Lane lane, Job job) {
    Map<String, List<SourceFile>> files = new LinkedHashMap<>();
    Map<String, Long> snapshots = new LinkedHashMap<>();
    Map<String, Long> references = new LinkedHashMap<>();
    for (Map.Entry<String, Input> entry : job.inputs().entrySet()) {
      Input input = entry.getValue();
      Optional<String> missing = Optional.empty();
      if (input instanceof Input.Files wanted) {
        List<SourceFile> found =
            SourceFiles.find(wanted.paths(), lane.spark().sessionState().newHadoopConf());
        files.put(entry.getKey(), found);
        if (found.isEmpty()) {
          missing = nothing(wanted.onMissing(), String.join(", ", wanted.paths()));
        }
      } else {
        Input.Table wanted = (Input.Table) input;
        Optional<Long> snapshot =
            wanted.snapshot().isPresent()
                ? wanted.snapshot()
                : lane.branches().current(wanted.table());
        if (snapshot.isEmpty()) {
          missing = nothing(wanted.onMissing(), "table " + wanted.table());
        }
        snapshot.ifPresent(id -> snapshots.put(entry.getKey(), id));
      }
      if (missing.isPresent()) {
        return new FoundInputs(files, snapshots, references, missing);
      }
    }
    job.references()
        .forEach(
            (alias, table) ->
                lane.branches().current(table).ifPresent(id -> references.put(alias, id)));
    return new FoundInputs(files, snapshots, references, Optional.empty());
  }

  /** One text per file and table, for the fingerprint and the ledger. */
  List<String> identities(Job job, ShownFiles names) {
    List<String> identities = new ArrayList<>();
    files.values().forEach(list -> list.forEach(file -> identities.add(names.identity(file))));
    snapshots.forEach((alias, snapshot) -> identities.add(table(job, alias) + "@" + snapshot));
    return identities;
  }

  private static TableName table(Job job, String alias) {
    return ((Input.Table) java.util.Objects.requireNonNull(job.inputs().get(alias))).table();
  }

  private static Optional<String> nothing(Input.OnMissing onMissing, String what) {
    if (onMissing == Input.OnMissing.SKIP) {
      return Optional.of("There is no input: " + what + ".");
    }
    throw new UnreadableInputException(
        what,
        "there is nothing to read",
        "Check the path, the variables and the data date; on-missing: skip makes it no error.");
  }
}
