package dev.assay.pipeline;

import dev.assay.model.SourceFile;
import dev.assay.model.TableName;
import dev.assay.model.job.Input;
import dev.assay.model.job.Job;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run will read, fixed before it reads: files as they are now, tables at a snapshot.
 *
 * @param files by alias
 * @param seen all files that are there, also those that earlier runs have read; sorted
 * @param snapshots by alias, the last snapshot read
 * @param starts by alias, for tables read by changes: the snapshot after which reading starts
 * @param references the snapshot of each table that rules compare with, by alias
 * @param missing why there is nothing to read, if the job says to skip then
 * @param nothingNew whether earlier runs have read everything
 */
record FoundInputs(
    Map<String, List<SourceFile>> files,
    List<SourceFile> seen,
    Map<String, Long> snapshots,
    Map<String, Long> starts,
    Map<String, Long> references,
    Optional<String> missing,
    boolean nothingNew) {

  static FoundInputs find(Lane lane, Job job, LocalDate dataDate, PastRuns past, ShownFiles names) {
    return new InputFinder(lane, job, dataDate, past, names).find();
  }

  /** What is read when some files turn out not to be readable. */
  FoundInputs without(List<SourceFile> setAside) {
    Map<String, List<SourceFile>> others = new LinkedHashMap<>();
    files.forEach(
        (alias, list) ->
            others.put(alias, list.stream().filter(file -> !setAside.contains(file)).toList()));
    return new FoundInputs(others, seen, snapshots, starts, references, missing, nothingNew);
  }

  /** One text per file and table, for the fingerprint and the ledger. */
  List<String> identities(Job job, ShownFiles names) {
    List<String> identities = new ArrayList<>();
    files.values().forEach(list -> list.forEach(file -> identities.add(names.identity(file))));
    snapshots.forEach((alias, snapshot) -> identities.add(table(job, alias) + "@" + snapshot));
    return identities;
  }

  /** For tables read by changes, the last snapshot read, by alias. */
  Map<String, Long> readByChanges(Job job) {
    Map<String, Long> read = new LinkedHashMap<>();
    snapshots.forEach(
        (alias, snapshot) -> {
          if (java.util.Objects.requireNonNull(job.inputs().get(alias)).incremental()) {
            read.put(alias, snapshot);
          }
        });
    return read;
  }

  private static TableName table(Job job, String alias) {
    return ((Input.Table) java.util.Objects.requireNonNull(job.inputs().get(alias))).table();
  }
}
