package dev.assay.lake.iceberg;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.spark.FileRewriteCoordinator;
import org.apache.iceberg.spark.ScanTaskSetManager;
import org.apache.iceberg.spark.SparkReadOptions;
import org.apache.iceberg.spark.SparkWriteOptions;
import org.apache.iceberg.util.PropertyUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes rows out of a table so that none of its files holds them any more. A DELETE does not: the
 * rows stay in older snapshots, in files whose rows are only marked as deleted, and as bounds of
 * columns in manifests. Here the files that hold such a row are written anew without it, and every
 * snapshot that names one of them is given up, with the tags and branches that hold it.
 *
 * <p>Killed anywhere and called again it comes to the same end.
 */
public final class RowRemoval {
  private static final Logger LOG = LoggerFactory.getLogger(RowRemoval.class);

  /** Others may write meanwhile: what they added is looked at again. */
  private static final int MOST_PASSES = 5;

  private static final String FILE = "_assay_file";
  private static final String ROWS = "_assay_rows";

  private final SparkSession spark;
  private final LakeCatalog catalog;

  public RowRemoval(SparkSession spark, LakeCatalog catalog) {
    this.spark = spark;
    this.catalog = catalog;
  }

  /**
   * What a table holds of the rows.
   *
   * @param rows in files of main
   * @param older copies in files that only other snapshots have
   * @param refs tags and branches, main left out, whose snapshots name a file with such a row
   */
  public record Found(long rows, long older, Set<String> refs) {
    /** Nothing anywhere. */
    public static final Found NOTHING = new Found(0, 0, Set.of());

    public Found {
      refs = java.util.Collections.unmodifiableSet(new TreeSet<>(refs));
    }

    public boolean isNothing() {
      return rows + older == 0;
    }

    Found and(Found more) {
      Set<String> all = new TreeSet<>(refs);
      all.addAll(more.refs);
      return new Found(rows + more.rows, older + more.older, all);
    }
  }

  /** Where the rows are. */
  private record Holding(Table table, KeptFiles kept, Map<String, Long> rows) {
    Set<Long> snapshots() {
      return kept.snapshotsWith(kept.manifestsNaming(rows.keySet()));
    }
  }

  /** Looks for rows in every file that any snapshot has; nothing if there is no such table. */
  public Found find(TableName name, RowChoice choice) {
    return catalog
        .find(name)
        .map(table -> found(holding(name, table, choice)))
        .orElse(Found.NOTHING);
  }

  /** Reads every row that any snapshot has, once for each file it is in. */
  public void everyRow(TableName name, Consumer<Dataset<Row>> reader) {
    catalog
        .find(name)
        .ifPresent(
            table ->
                reading(
                    name,
                    table,
                    KeptFiles.of(table).wholeFiles(),
                    rows -> {
                      reader.accept(rows);
                      return true;
                    }));
  }

  /**
   * Removes rows for good.
   *
   * @return what was removed, and the tags and branches that were given up for it
   * @throws AssayException if the table keeps its files in spite of everything, or others do not
   *     stop adding such rows
   */
  public Found remove(TableName name, RowChoice choice) {
    Found removed = Found.NOTHING;
    for (int pass = 0; pass < MOST_PASSES; pass++) {
      Table table = catalog.find(name).orElse(null);
      if (table == null) {
        return removed;
      }
      Holding holding = holding(name, table, choice);
      if (holding.rows().isEmpty()) {
        finish(name);
        return removed;
      }
      requireCollection(name, table);
      Found found = found(holding);
      try {
        removeFrom(name, holding, choice);
        removed = removed.and(found);
      } catch (ValidationException | CommitFailedException e) {
        LOG.info("{}: somebody else wrote to it meanwhile; looking again", name);
      }
    }
    if (!find(name, choice).isNothing()) {
      throw busy(name);
    }
    return removed;
  }

  /** Deletes files of snapshots that an earlier call gave up and was killed over. */
  public void finish(TableName name) {
    catalog.find(name).ifPresent(table -> new ExpiredFiles(table).delete());
  }

  private void removeFrom(TableName name, Holding holding, RowChoice choice) {
    Table table = holding.table();
    Set<String> files = holding.rows().keySet();
    List<FileScanTask> ofMain =
        planned(table).stream().filter(task -> files.contains(task.file().location())).toList();
    if (!ofMain.isEmpty()) {
      rewrite(name, table, ofMain, choice);
      table.refresh();
    }
    if (table.currentSnapshot() != null) {
      GivenUpSnapshots.rewriteManifests(table, files);
      table.refresh();
    }
    Set<Long> goes = new Holding(table, KeptFiles.of(table), holding.rows()).snapshots();
    ReadPositions.carry(table, goes);
    table.refresh();
    GivenUpSnapshots.dropRefs(table, goes);
    GivenUpSnapshots.expire(table, goes);
    table.refresh();
    new ExpiredFiles(table).dropEmptyFolders(files);
  }

  private static Found found(Holding holding) {
    Set<String> ofMain = new HashSet<>();
    planned(holding.table()).forEach(task -> ofMain.add(task.file().location()));
    long rows = 0;
    long older = 0;
    for (Map.Entry<String, Long> file : holding.rows().entrySet()) {
      if (ofMain.contains(file.getKey())) {
        rows += file.getValue();
      } else {
        older += file.getValue();
      }
    }
    Set<Long> snapshots = holding.snapshots();
    Set<String> refs = new TreeSet<>();
    holding
        .table()
        .refs()
        .forEach(
            (ref, at) -> {
              if (!ref.equals(SnapshotRef.MAIN_BRANCH) && snapshots.contains(at.snapshotId())) {
                refs.add(ref);
              }
            });
    return new Found(rows, older, refs);
  }

  private Holding holding(TableName name, Table table, RowChoice choice) {
    KeptFiles kept = KeptFiles.of(table);
    if (kept.files().isEmpty()) {
      return new Holding(table, kept, Map.of());
    }
    Map<String, Long> rows = new HashMap<>();
    List<Row> counted =
        reading(
            name,
            table,
            kept.wholeFiles(),
            all ->
                choice
                    .chosen(all.withColumn(FILE, col(MetadataColumns.FILE_PATH.name())))
                    .groupBy(FILE)
                    .agg(count(lit(1)).as(ROWS))
                    .collectAsList());
    counted.forEach(row -> rows.put(row.getString(0), row.getLong(1)));
    return new Holding(table, kept, rows);
  }

  private <T> T reading(
      TableName name, Table table, List<FileScanTask> tasks, Function<Dataset<Row>, T> reader) {
    String set = "assay-removal-" + UUID.randomUUID();
    ScanTaskSetManager.get().stageTasks(table, set, tasks);
    try {
      return reader.apply(staged(name, set));
    } finally {
      ScanTaskSetManager.get().removeTasks(table, set);
    }
  }

  private Dataset<Row> staged(TableName name, String set) {
    return spark
        .read()
        .option(SparkReadOptions.SCAN_TASK_SET_ID, set)
        .table(catalog.sparkName(name));
  }

  private static List<FileScanTask> planned(Table table) {
    List<FileScanTask> tasks = new ArrayList<>();
    try (CloseableIterable<FileScanTask> files = table.newScan().planFiles()) {
      files.forEach(tasks::add);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot plan " + table.name(), e);
    }
    return tasks;
  }

  /** Writes files of main anew without the rows, and without those that are marked as deleted. */
  private void rewrite(TableName name, Table table, List<FileScanTask> tasks, RowChoice choice) {
    long start = table.currentSnapshot().snapshotId();
    String set = "assay-removal-" + UUID.randomUUID();
    ScanTaskSetManager.get().stageTasks(table, set, tasks);
    try {
      choice
          .others(staged(name, set))
          .writeTo(catalog.sparkName(name))
          .option(SparkWriteOptions.REWRITTEN_FILE_SCAN_TASK_SET_ID, set)
          .append();
      OverwriteFiles overwrite =
          table
              .newOverwrite()
              .validateFromSnapshot(start)
              .conflictDetectionFilter(Expressions.alwaysTrue())
              .validateNoConflictingDeletes();
      tasks.forEach(task -> overwrite.deleteFile(task.file()));
      for (DataFile file : FileRewriteCoordinator.get().fetchNewFiles(table, set)) {
        overwrite.addFile(file);
      }
      overwrite.commit();
    } catch (NoSuchTableException e) {
      throw new IllegalStateException("the table read a moment ago is gone", e);
    } finally {
      ScanTaskSetManager.get().removeTasks(table, set);
      FileRewriteCoordinator.get().clearRewrite(table, set);
    }
  }

  private static void requireCollection(TableName name, Table table) {
    boolean collected =
        PropertyUtil.propertyAsBoolean(
            table.properties(), TableProperties.GC_ENABLED, TableProperties.GC_ENABLED_DEFAULT);
    if (!collected) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "%s: its property %s is false, so that no file of it may be deleted. Set it to true and call again; of this table nothing was removed."
              .formatted(name, TableProperties.GC_ENABLED));
    }
  }

  private static AssayException busy(TableName name) {
    return new AssayException(
        ExitKind.OUTSIDE_UNAVAILABLE,
        "%s: somebody else writes to it all the time, and rows may be left. Call again when that has ended."
            .formatted(name));
  }
}
