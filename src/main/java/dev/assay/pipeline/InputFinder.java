package dev.assay.pipeline;

import dev.assay.lake.UnreadableInputException;
import dev.assay.lake.files.SourceFiles;
import dev.assay.lake.iceberg.Changes;
import dev.assay.lake.iceberg.Requeue;
import dev.assay.model.SourceFile;
import dev.assay.model.TableName;
import dev.assay.model.job.Input;
import dev.assay.model.job.Job;
import dev.assay.model.job.Output;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Finds what a run will read. */
final class InputFinder {
  private final Lane lane;
  private final Job job;
  private final LocalDate dataDate;
  private final PastRuns past;
  private final ShownFiles names;
  private final Map<String, List<SourceFile>> files = new LinkedHashMap<>();
  private final List<SourceFile> seen = new ArrayList<>();
  private final Map<String, Long> snapshots = new LinkedHashMap<>();
  private final Map<String, Long> starts = new LinkedHashMap<>();
  private Optional<String> missing = Optional.empty();
  private boolean nothingNew;

  InputFinder(Lane lane, Job job, LocalDate dataDate, PastRuns past, ShownFiles names) {
    this.lane = lane;
    this.job = job;
    this.dataDate = dataDate;
    this.past = past;
    this.names = names;
  }

  FoundInputs find() {
    job.inputs()
        .forEach(
            (alias, input) -> {
              if (input instanceof Input.Files wanted) {
                findFiles(alias, wanted);
              } else {
                findTable(alias, (Input.Table) input);
              }
            });
    Map<String, Long> references = new LinkedHashMap<>();
    job.references()
        .forEach(
            (alias, table) ->
                lane.branches().current(table).ifPresent(id -> references.put(alias, id)));
    Collections.sort(seen);
    return new FoundInputs(
        files, List.copyOf(seen), snapshots, starts, references, missing, nothingNew);
  }

  private void findFiles(String alias, Input.Files wanted) {
    Configuration configuration = lane.spark().sessionState().newHadoopConf();
    List<SourceFile> found = new ArrayList<>(SourceFiles.find(wanted.paths(), configuration));
    new Requeue(lane.catalog())
        .files(job.output().table(), job.dated() ? Optional.of(dataDate) : Optional.empty())
        .ifPresent(files -> found.addAll(SourceFiles.find(List.of(files), configuration)));
    if (found.isEmpty()) {
      missing = nothing(wanted.onMissing(), String.join(", ", wanted.paths()));
      return;
    }
    seen.addAll(found);
    files.put(alias, wanted.read() == Input.Files.Read.ALL ? found : unread(found));
  }

  /** The files that no run has read whose rows main holds. */
  private List<SourceFile> unread(List<SourceFile> found) {
    ReadFiles read = new ReadFiles(past.inputs(), names);
    List<SourceFile> fresh = new ArrayList<>();
    for (SourceFile file : found) {
      if (!read.has(file)) {
        if (read.hasPath(file) && job.output().mode() == Output.Mode.APPEND) {
          throw new UnreadableInputException(
              names.name(file),
              "the file was read before and has changed since, and mode append would write its rows twice",
              "Give the new version another name, or use mode merge.");
        }
        fresh.add(file);
      }
    }
    nothingNew = fresh.isEmpty();
    return fresh;
  }

  private void findTable(String alias, Input.Table wanted) {
    Optional<Long> snapshot =
        wanted.snapshot().isPresent() ? wanted.snapshot() : lane.branches().current(wanted.table());
    if (snapshot.isEmpty()) {
      missing = nothing(wanted.onMissing(), "table " + wanted.table());
      return;
    }
    snapshots.put(alias, snapshot.get());
    if (wanted.read() == Input.Table.Read.CHANGES) {
      lastRead(wanted.table())
          .ifPresent(
              start -> {
                Changes.check(lane.catalog(), wanted, start, snapshot.get());
                starts.put(alias, start);
                nothingNew = start.equals(snapshot.get());
              });
    }
  }

  /**
   * The snapshot up to which main holds a table's rows, as main's own history says; whether it was
   * read whole or by changes, and whatever job and input were called then.
   */
  private Optional<Long> lastRead(TableName from) {
    return Optional.ofNullable(lane.branches().readUpTo(job.output().table()).get(from.toString()));
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
