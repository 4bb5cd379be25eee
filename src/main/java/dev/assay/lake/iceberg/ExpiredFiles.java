package dev.assay.lake.iceberg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/**
 * Files of snapshots that a table has no more. Iceberg takes a snapshot out of the metadata first
 * and deletes its files afterwards; if it was killed between, earlier versions of the metadata are
 * all that still names them.
 */
final class ExpiredFiles {
  private final Table table;
  private final FileIO io;

  ExpiredFiles(Table table) {
    this.table = table;
    this.io = table.io();
  }

  /**
   * Deletes what is left of them, data first and what leads to it last, so that it can be killed
   * too.
   *
   * @return how many files
   */
  int delete() {
    List<Snapshot> gone = gone();
    if (gone.isEmpty()) {
      return 0;
    }
    Set<String> needed = needed();
    Map<String, ManifestFile> manifests = new LinkedHashMap<>();
    Set<String> lists = new LinkedHashSet<>();
    for (Snapshot snapshot : gone) {
      lists.add(snapshot.manifestListLocation());
      for (ManifestFile manifest : snapshot.allManifests(io)) {
        if (!needed.contains(manifest.path()) && exists(manifest.path())) {
          manifests.put(manifest.path(), manifest);
        }
      }
    }
    Set<String> data = new LinkedHashSet<>();
    manifests.values().forEach(manifest -> data.addAll(paths(manifest)));
    data.removeAll(needed);
    List<String> deleted = new ArrayList<>();
    for (Set<String> these : List.of(data, manifests.keySet(), lists)) {
      for (String file : these) {
        if (exists(file)) {
          io.deleteFile(file);
          deleted.add(file);
        }
      }
    }
    dropEmptyFolders(data);
    return deleted.size();
  }

  /** Snapshots that earlier versions of the metadata had, and of which something is left. */
  private List<Snapshot> gone() {
    TableMetadata now = ((HasTableOperations) table).operations().current();
    Set<Long> seen = new HashSet<>();
    now.snapshots().forEach(snapshot -> seen.add(snapshot.snapshotId()));
    List<Snapshot> gone = new ArrayList<>();
    for (TableMetadata.MetadataLogEntry earlier : now.previousFiles()) {
      if (!exists(earlier.file())) {
        continue;
      }
      for (Snapshot snapshot : TableMetadataParser.read(io, earlier.file()).snapshots()) {
        if (seen.add(snapshot.snapshotId())
            && snapshot.manifestListLocation() != null
            && exists(snapshot.manifestListLocation())) {
          gone.add(snapshot);
        }
      }
    }
    return gone;
  }

  private Set<String> needed() {
    Set<String> needed = new HashSet<>();
    Set<String> read = new HashSet<>();
    for (Snapshot snapshot : table.snapshots()) {
      for (ManifestFile manifest : snapshot.allManifests(io)) {
        needed.add(manifest.path());
        if (read.add(manifest.path())) {
          needed.addAll(paths(manifest));
        }
      }
    }
    return needed;
  }

  private List<String> paths(ManifestFile manifest) {
    List<String> paths = new ArrayList<>();
    try {
      if (manifest.content() == ManifestContent.DATA) {
        try (CloseableIterable<String> data = ManifestFiles.readPaths(manifest, io)) {
          data.forEach(paths::add);
        }
      } else {
        try (var deletes = ManifestFiles.readDeleteManifest(manifest, io, table.specs())) {
          deletes.forEach(file -> paths.add(file.location()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read a manifest of " + table.name(), e);
    }
    return paths;
  }

  private boolean exists(String file) {
    return io.newInputFile(file).exists();
  }

  /** On a local disk folders stay behind, called by the values of partitions. */
  void dropEmptyFolders(Set<String> files) {
    Path root = local(table.location());
    if (root == null) {
      return;
    }
    for (String file : files) {
      Path path = local(file);
      Path folder = path == null ? null : path.getParent();
      while (folder != null
          && folder.startsWith(root)
          && !folder.equals(root)
          && dropIfEmpty(folder)) {
        folder = folder.getParent();
      }
    }
  }

  private static boolean dropIfEmpty(Path folder) {
    if (!Files.isDirectory(folder)) {
      return true;
    }
    try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder)) {
      if (inside.iterator().hasNext()) {
        return false;
      }
      Files.delete(folder);
      return true;
    } catch (IOException e) {
      // somebody writes into it at the same time
      return false;
    }
  }

  private static @Nullable Path local(String location) {
    URI uri = new org.apache.hadoop.fs.Path(location).toUri();
    boolean local = uri.getScheme() == null || uri.getScheme().equals("file");
    return local ? Path.of(uri.getPath()) : null;
  }
}
