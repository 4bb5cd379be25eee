package dev.assay.pipeline;

import dev.assay.model.SourceFile;
import dev.assay.model.TableName;
import dev.assay.model.job.Input;
import dev.assay.model.job.Job;
import dev.assay.model.lineage.InputDataset;
import dev.assay.model.lineage.RunLineage;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.types.StructField;

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

  /** What was read, and where the columns of the rows made of it come from. */
  RunLineage lineage(Job job, JobRows rows) {
    List<InputDataset> datasets = new ArrayList<>();
    job.inputs()
        .forEach(
            (alias, input) -> {
              if (input instanceof Input.Files from) {
                datasets.add(InputDataset.ofFiles(alias, folder(from.paths().get(0))));
              } else if (snapshots.containsKey(alias)) {
                datasets.add(
                    InputDataset.ofTable(
                        alias, table(job, alias), Objects.requireNonNull(snapshots.get(alias))));
              }
            });
    Map<String, String> types = new LinkedHashMap<>();
    for (StructField field : rows.rows().schema().fields()) {
      types.put(field.name(), field.dataType().simpleString());
    }
    return new RunLineage(datasets, types, rows.lineage());
  }

  /** Files come and go; the folder that they are looked for in stays, and says nothing of them. */
  private static String folder(String path) {
    String fixed = path.split("[*?\\[{]", 2)[0];
    int end = fixed.lastIndexOf('/');
    return end < 0 ? "" : fixed.substring(0, end);
  }

  /** The last snapshot read of each table. */
  Map<String, Long> readUpTo(Job job) {
    Map<String, Long> read = new LinkedHashMap<>();
    snapshots.forEach((alias, snapshot) -> read.put(table(job, alias).toString(), snapshot));
    return read;
  }

  /** The snapshots of the tables that rules compare with, by alias, for the ledger. */
  Map<String, String> compared(Job job) {
    Map<String, String> compared = new LinkedHashMap<>();
    references.forEach(
        (alias, snapshot) -> compared.put(alias, job.references().get(alias) + "@" + snapshot));
    return compared;
  }

  private static TableName table(Job job, String alias) {
    return ((Input.Table) Objects.requireNonNull(job.inputs().get(alias))).table();
  }
}
