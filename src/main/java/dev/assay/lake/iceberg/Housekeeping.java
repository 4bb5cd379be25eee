package dev.assay.lake.iceberg;

import dev.assay.model.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.actions.ExpireSnapshots;
import org.apache.iceberg.actions.RewriteDataFiles;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.spark.sql.SparkSession;

/** Compacts and expires tables. Snapshots with a tag or branch are never dropped. */
public final class Housekeeping {
  private static final String FEW_FILES = "5";

  /** Of so many files one thread finds out sooner what nobody needs than Spark's jobs begin. */
  private static final long SMALL_TABLE = 1_000;

  private final SparkSession spark;
  private final LakeCatalog catalog;

  /** What expired snapshots gave back. */
  private record Freed(long dataFiles, long metadataFiles) {
    List<String> inWords(TableName name) {
      return dataFiles + metadataFiles == 0
          ? List.of()
          : List.of(
              "%s: freed %d data files and %d metadata files of expired snapshots"
                  .formatted(name, dataFiles, metadataFiles));
    }
  }

  public Housekeeping(SparkSession spark, LakeCatalog catalog) {
    this.spark = spark;
    this.catalog = catalog;
  }

  /**
   * Rewrites small files into larger ones, then drops snapshots.
   *
   * @param before snapshots from then on stay, because somebody may be reading them
   */
  public List<String> compact(TableName name, Instant before) {
    List<String> done = new ArrayList<>();
    catalog
        .find(name)
        .ifPresent(
            table -> {
              RewriteDataFiles rewrite =
                  SparkActions.get(spark)
                      .rewriteDataFiles(table)
                      .option("min-input-files", FEW_FILES);
              ReadPositions.of(table).label().forEach(rewrite::snapshotProperty);
              RewriteDataFiles.Result result = rewrite.execute();
              if (result.rewrittenDataFilesCount() > 0) {
                done.add(
                    "%s: compacted %d files into %d"
                        .formatted(
                            name, result.rewrittenDataFilesCount(), result.addedDataFilesCount()));
              }
              table.refresh();
              done.addAll(expire(name, before));
            });
    return done;
  }

  /** Drops snapshots older than an instant that no branch or tag needs. */
  public List<String> expire(TableName name, Instant before) {
    Table table = catalog.find(name).orElseThrow();
    Set<Long> goes = expiring(table, before.toEpochMilli());
    if (goes.isEmpty()) {
      return List.of();
    }
    // from main's head, the runs behind what goes would not be found any more
    ReadPositions.carry(table, goes);
    Freed freed =
        isSmall(table)
            ? here(table, before.toEpochMilli())
            : withSpark(table, before.toEpochMilli());
    return freed.inWords(name);
  }

  /** Old snapshots beside those that branches and tags stand for. */
  private static Set<Long> expiring(Table table, long before) {
    var named =
        table.refs().values().stream().map(SnapshotRef::snapshotId).collect(Collectors.toSet());
    return StreamSupport.stream(table.snapshots().spliterator(), false)
        .filter(snapshot -> snapshot.timestampMillis() < before)
        .map(Snapshot::snapshotId)
        .filter(snapshot -> !named.contains(snapshot))
        .collect(Collectors.toSet());
  }

  private static boolean isSmall(Table table) {
    Snapshot current = table.currentSnapshot();
    String files =
        current == null ? null : current.summary().get(SnapshotSummary.TOTAL_DATA_FILES_PROP);
    return files != null && Long.parseLong(files) <= SMALL_TABLE;
  }

  private static Freed here(Table table, long before) {
    String metadata = metadataFolder(table);
    AtomicLong dataFiles = new AtomicLong();
    AtomicLong metadataFiles = new AtomicLong();
    table
        .expireSnapshots()
        .expireOlderThan(before)
        .retainLast(1)
        .deleteWith(
            file -> {
              table.io().deleteFile(file);
              (file.startsWith(metadata) ? metadataFiles : dataFiles).incrementAndGet();
            })
        .commit();
    return new Freed(dataFiles.get(), metadataFiles.get());
  }

  private static String metadataFolder(Table table) {
    String anyFile = ((HasTableOperations) table).operations().metadataFileLocation("any");
    return anyFile.substring(0, anyFile.lastIndexOf('/') + 1);
  }

  private Freed withSpark(Table table, long before) {
    ExpireSnapshots.Result result =
        SparkActions.get(spark)
            .expireSnapshots(table)
            .expireOlderThan(before)
            .retainLast(1)
            .execute();
    return new Freed(
        result.deletedDataFilesCount()
            + result.deletedPositionDeleteFilesCount()
            + result.deletedEqualityDeleteFilesCount(),
        result.deletedManifestsCount() + result.deletedManifestListsCount());
  }
}
