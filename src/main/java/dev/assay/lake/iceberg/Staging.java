package dev.assay.lake.iceberg;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.MergeCounts;
import dev.assay.model.Sql;
import dev.assay.model.TableName;
import dev.assay.model.job.Output;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.spark.CommitMetadata;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes rows to a branch of their table, where they can be scored before anybody sees them. */
public final class Staging {
  private static final Logger LOG = LoggerFactory.getLogger(Staging.class);

  private final LakeCatalog catalog;
  private final Output output;
  private final boolean adding;
  private final boolean driftReviewed;
  private final EncryptedColumns encrypted;

  /**
   * @param adding whether appended rows never stand for those of an earlier run
   * @param driftReviewed whether somebody has reviewed new columns
   * @param encrypted the columns that a merge compares by what they stand for
   */
  public Staging(
      LakeCatalog catalog,
      Output output,
      boolean adding,
      boolean driftReviewed,
      EncryptedColumns encrypted) {
    this.encrypted = encrypted;
    this.catalog = catalog;
    this.output = output;
    this.adding = adding;
    this.driftReviewed = driftReviewed;
  }

  /**
   * Stages rows. The table is made if there is none; main does not change.
   *
   * @param rows the rows of the run, as they are to be written
   * @param label goes into the snapshot's summary
   * @param branch the name of the branch; it must not exist
   * @param main the snapshot of main on which the rows rest; empty if it had none
   * @return the staged snapshot
   * @throws AssayException if the rows' columns do not fit the table
   * @throws MainMovedException if main is another snapshot by now
   */
  public StagedSnapshot stage(
      Dataset<Row> rows, RunLabel label, String branch, Optional<Long> main) {
    Dataset<Row> dated = dated(rows, label.dataDate());
    Optional<Table> existing =
        catalog.find(output.table()).filter(table -> !abandoned(table, dated));
    existing.ifPresent(table -> new TableDefinition(catalog, output).requireSamePartitions(table));
    Table table =
        existing.orElseGet(
            () -> new TableDefinition(catalog, output).create(dated.schema().asNullable()));
    SchemaDrift drift =
        existing.isPresent()
            ? SchemaDrift.between(table, dated.schema(), output)
            : SchemaDrift.NONE;
    Dataset<Row> fitting = fit(table, dated, drift);
    // it is applied after the gate, when it is too late to refuse it
    new TableDefinition(catalog, output).sorting(SparkSchemaUtil.convert(fitting.schema()));
    Optional<Long> now = Optional.ofNullable(table.currentSnapshot()).map(Snapshot::snapshotId);
    if (!now.equals(main)) {
      throw new MainMovedException(output.table());
    }
    makeBranch(output.table(), table, branch, main);
    Optional<MergeCounts> merged = write(table, fitting, label, branch);
    Snapshot staged = staged(table, label, branch);
    merged.ifPresent(counts -> MergeCheck.require(output.table(), counts, staged, main));
    return new StagedSnapshot(
        output.table(),
        branch,
        main,
        staged.snapshotId(),
        Long.parseLong(staged.summary().getOrDefault("added-records", "0")),
        merged,
        described(table, drift));
  }

  /**
   * Why rows have to be looked at before they are staged: their columns are others than the
   * table's, and the job asks for a review of that.
   *
   * @return empty if they need not, or somebody has looked
   */
  public Optional<String> awaitsReview(Dataset<Row> rows, LocalDate dataDate) {
    if (output.drift() != Output.Drift.AFTER_REVIEW || driftReviewed) {
      return Optional.empty();
    }
    Dataset<Row> dated = dated(rows, dataDate);
    return catalog
        .find(output.table())
        .filter(table -> !abandoned(table, dated))
        .map(table -> SchemaDrift.between(table, dated.schema(), output))
        .filter(drift -> !drift.isEmpty())
        .map(SchemaDrift::describe);
  }

  /** The rows as they stand in the table: appended ones say for which date. */
  private Dataset<Row> dated(Dataset<Row> rows, LocalDate dataDate) {
    if (output.mode() != Output.Mode.APPEND) {
      return rows;
    }
    if (Arrays.asList(rows.columns()).contains(Output.DATE_COLUMN)) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "%s: the rows have a column %s, which mode append adds itself, with the data date. Rename or drop theirs."
              .formatted(output.table(), Output.DATE_COLUMN));
    }
    return rows.withColumn(Output.DATE_COLUMN, lit(java.sql.Date.valueOf(dataDate)));
  }

  /**
   * The snapshot that the run wrote. Spark commits nothing when there are no rows for any partition
   * or key; the branch would still be main, and the run would take main's rows for its own.
   */
  private static Snapshot staged(Table table, RunLabel label, String branch) {
    table.refresh();
    if (!isOf(label, table.snapshot(branch))) {
      AppendFiles nothing = table.newFastAppend().toBranch(branch);
      label.properties().forEach(nothing::set);
      nothing.commit();
      table.refresh();
    }
    return table.snapshot(branch);
  }

  private static boolean isOf(RunLabel label, Snapshot snapshot) {
    return RunLabel.of(snapshot).filter(of -> of.runId().equals(label.runId())).isPresent();
  }

  /**
   * A table that a run made and no run ever wrote to, and whose columns are others now, is made
   * anew. One that somebody else made keeps its owner's settings.
   */
  private boolean abandoned(Table table, Dataset<Row> rows) {
    boolean untouched =
        java.util.stream.StreamSupport.stream(table.snapshots().spliterator(), false)
            .allMatch(snapshot -> snapshot.allManifests(table.io()).isEmpty());
    List<String> columns = table.schema().columns().stream().map(column -> column.name()).toList();
    if (untouched && TableDefinition.isOurs(table) && !columns.equals(List.of(rows.columns()))) {
      catalog.iceberg().dropTable(LakeCatalog.identifier(output.table()), true);
      return true;
    }
    return false;
  }

  private Dataset<Row> fit(Table table, Dataset<Row> rows, SchemaDrift drift) {
    if (drift.isEmpty()) {
      return rows;
    }
    boolean takeIn =
        output.drift() == Output.Drift.EVOLVE
            || (output.drift() == Output.Drift.AFTER_REVIEW && driftReviewed);
    if (takeIn) {
      LOG.info("{}: taking in {}", output.table(), drift.describe());
      drift.evolve(table);
      return rows;
    }
    return switch (output.drift()) {
      case WARN -> {
        LOG.warn("{}: {}", output.table(), drift.describeUntaken(table));
        yield knownOnly(table, rows);
      }
      default ->
          throw new AssayException(
              ExitKind.WRONG_FILES,
              "%s: the rows differ from the table: %s. Set output.drift: evolve to take it in, or warn to go on without it."
                  .formatted(output.table(), drift.describe()));
    };
  }

  private String described(Table table, SchemaDrift drift) {
    if (drift.isEmpty()) {
      return "";
    }
    return output.drift() == Output.Drift.WARN
        ? drift.describeUntaken(table)
        : "taken in, and visible on main since staging: " + drift.describe();
  }

  private static Dataset<Row> knownOnly(Table table, Dataset<Row> rows) {
    Column[] known =
        Arrays.stream(rows.columns())
            .filter(name -> table.schema().columns().stream().anyMatch(c -> c.name().equals(name)))
            .map(name -> col(Sql.column(name)))
            .toArray(Column[]::new);
    return rows.select(known);
  }

  private static void makeBranch(
      TableName name, Table table, String branch, Optional<Long> parent) {
    Concurrently.commit(
        table,
        now -> {
          if (parent.isPresent()) {
            now.manageSnapshots().createBranch(branch, parent.get()).commit();
          } else if (now.currentSnapshot() == null) {
            now.manageSnapshots().createBranch(branch).commit();
          } else {
            throw new MainMovedException(name);
          }
        });
    table.refresh();
    Snapshot begun = table.snapshot(branch);
    if (parent.isEmpty() && begun.parentId() != null) {
      // between the look and the commit another first load came to main, and the branch is on it
      table.manageSnapshots().removeBranch(branch).commit();
      throw new MainMovedException(name);
    }
  }

  private Optional<MergeCounts> write(
      Table table, Dataset<Row> rows, RunLabel label, String branch) {
    String target = branchName(output.table(), branch);
    if (output.mode() == Output.Mode.MERGE) {
      return Optional.of(withLabel(label, () -> new Merge(rows, output, target, encrypted).run()));
    }
    withLabel(
        label,
        () -> {
          switch (output.mode()) {
            case APPEND -> append(table, rows, target, label);
            case OVERWRITE_PARTITIONS -> rows.writeTo(target).overwritePartitions();
            default -> rows.writeTo(target).overwrite(lit(true));
          }
          return null;
        });
    return Optional.empty();
  }

  /** Without rows to take away it is an append, which readers of changes understand. */
  private void append(Table table, Dataset<Row> rows, String target, RunLabel label)
      throws NoSuchTableException {
    if (adding || !mayHold(table, label.dataDate())) {
      rows.writeTo(target).append();
    } else {
      rows.writeTo(target).overwrite(dateIs(label.dataDate()));
    }
  }

  private static boolean mayHold(Table table, LocalDate date) {
    if (table.currentSnapshot() == null) {
      return false;
    }
    try (CloseableIterable<FileScanTask> files =
        table
            .newScan()
            .useSnapshot(table.currentSnapshot().snapshotId())
            .filter(Expressions.equal(Output.DATE_COLUMN, (int) date.toEpochDay()))
            .planFiles()) {
      return files.iterator().hasNext();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot plan a scan of " + table.name(), e);
    }
  }

  private static Column dateIs(LocalDate date) {
    return col(Output.DATE_COLUMN).equalTo(lit(java.sql.Date.valueOf(date)));
  }

  private static <T> T withLabel(RunLabel label, java.util.concurrent.Callable<T> write) {
    try {
      Map<String, String> properties = label.properties();
      return CommitMetadata.withCommitProperties(properties, write, Exception.class);
    } catch (NoSuchTableException e) {
      throw new IllegalStateException("the branch made a moment ago is gone", e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("staging failed", e);
    }
  }

  private String branchName(TableName table, String branch) {
    return catalog.sparkName(table) + ".branch_" + branch;
  }

  /** The rows of one snapshot. */
  public static Dataset<Row> read(
      SparkSession spark, LakeCatalog catalog, TableName table, long snapshot) {
    return spark
        .read()
        .option("snapshot-id", Long.toString(snapshot))
        .table(catalog.sparkName(table));
  }
}
