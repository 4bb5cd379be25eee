package dev.assay.lake.iceberg;

import dev.assay.model.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.actions.ExpireSnapshots;
import org.apache.iceberg.actions.RewriteDataFiles;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.spark.sql.SparkSession;

/** Compacts and expires tables. Snapshots with a tag or branch are never dropped. */
public final class Housekeeping {
  private static final String FEW_FILES = "5";

  private final SparkSession spark;
  private final LakeCatalog catalog;

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
              RewriteDataFiles.Result result =
                  SparkActions.get(spark)
                      .rewriteDataFiles(table)
                      .option("min-input-files", FEW_FILES)
                      .execute();
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
    long count =
        java.util.stream.StreamSupport.stream(table.snapshots().spliterator(), false).count();
    if (count < 2) {
      return List.of();
    }
    ExpireSnapshots.Result result =
        SparkActions.get(spark)
            .expireSnapshots(table)
            .expireOlderThan(before.toEpochMilli())
            .retainLast(1)
            .execute();
    long files = result.deletedDataFilesCount() + result.deletedManifestsCount();
    return files == 0
        ? List.of()
        : List.of(
            "%s: freed %d data files and %d manifests of expired snapshots"
                .formatted(name, result.deletedDataFilesCount(), result.deletedManifestsCount()));
  }
}
