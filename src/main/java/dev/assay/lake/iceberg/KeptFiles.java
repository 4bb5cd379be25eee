package dev.assay.lake.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.BaseFileScanTask;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.MetadataTableType;
import org.apache.iceberg.MetadataTableUtils;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.PartitionSpecParser;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.ResidualEvaluator;
import org.apache.iceberg.io.CloseableIterable;

/**
 * What all snapshots of a table have on disk, the oldest and those of branches among them: data
 * files, and the manifests that name them. A manifest names a file even after it was taken out of
 * the table, and with it the least and greatest values of its columns.
 */
final class KeptFiles {
  private final Table table;
  private final Map<String, DataFile> files = new LinkedHashMap<>();
  private final Map<String, Set<String>> namedBy = new HashMap<>();
  private final Map<Long, Set<String>> manifests = new LinkedHashMap<>();

  private KeptFiles(Table table) {
    this.table = table;
  }

  /** Reads the manifests of all snapshots, each once. */
  static KeptFiles of(Table table) {
    KeptFiles kept = new KeptFiles(table);
    Map<String, ManifestFile> distinct = new LinkedHashMap<>();
    for (Snapshot snapshot : table.snapshots()) {
      Set<String> paths = new LinkedHashSet<>();
      for (ManifestFile manifest : snapshot.dataManifests(table.io())) {
        paths.add(manifest.path());
        distinct.put(manifest.path(), manifest);
      }
      kept.manifests.put(snapshot.snapshotId(), paths);
    }
    try {
      for (ManifestFile manifest : distinct.values()) {
        kept.readFiles(manifest);
      }
      if (!distinct.isEmpty()) {
        kept.readNames();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the manifests of " + table.name(), e);
    }
    return kept;
  }

  private void readFiles(ManifestFile manifest) throws IOException {
    try (ManifestReader<DataFile> reader =
        ManifestFiles.read(manifest, table.io(), table.specs())) {
      for (DataFile file : reader) {
        files.putIfAbsent(file.location(), file.copyWithoutStats());
      }
    }
  }

  /** The files that each manifest names, those among them that were taken out. */
  private void readNames() throws IOException {
    Table entries =
        MetadataTableUtils.createMetadataTableInstance(table, MetadataTableType.ALL_ENTRIES);
    try (CloseableIterable<FileScanTask> tasks =
        entries.newScan().select("data_file.file_path").planFiles()) {
      for (FileScanTask task : tasks) {
        Set<String> names =
            namedBy.computeIfAbsent(task.file().location(), path -> new HashSet<>());
        try (CloseableIterable<StructLike> rows = task.asDataTask().rows()) {
          for (StructLike row : rows) {
            names.add(row.get(0, StructLike.class).get(0, CharSequence.class).toString());
          }
        }
      }
    }
  }

  /** All data files that a snapshot reads, by location. */
  Map<String, DataFile> files() {
    return Collections.unmodifiableMap(files);
  }

  /** Tasks that read all files whole: rows that are deleted in them are still in them. */
  List<FileScanTask> wholeFiles() {
    String schema = SchemaParser.toJson(table.schema());
    List<FileScanTask> tasks = new ArrayList<>();
    for (DataFile file : files.values()) {
      PartitionSpec spec = Objects.requireNonNull(table.specs().get(file.specId()), "spec");
      tasks.add(
          new BaseFileScanTask(
              file,
              new DeleteFile[0],
              schema,
              PartitionSpecParser.toJson(spec),
              ResidualEvaluator.of(spec, Expressions.alwaysTrue(), true)));
    }
    return tasks;
  }

  /** The manifests that name any of these files, whatever became of it. */
  Set<String> manifestsNaming(Collection<String> locations) {
    Set<String> found = new HashSet<>();
    namedBy.forEach(
        (manifest, names) -> {
          if (!Collections.disjoint(names, locations)) {
            found.add(manifest);
          }
        });
    return found;
  }

  /** The snapshots that have any of these manifests. */
  Set<Long> snapshotsWith(Set<String> wanted) {
    Set<Long> found = new LinkedHashSet<>();
    manifests.forEach(
        (snapshot, paths) -> {
          if (!Collections.disjoint(paths, wanted)) {
            found.add(snapshot);
          }
        });
    return found;
  }
}
