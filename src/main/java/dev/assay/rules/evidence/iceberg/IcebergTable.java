package dev.assay.rules.evidence.iceberg;

import static org.apache.spark.sql.functions.col;

import dev.assay.model.Sql;
import dev.assay.rules.evidence.Slice;
import dev.assay.rules.evidence.SliceId;
import dev.assay.rules.evidence.SlicedTable;
import dev.assay.rules.evidence.SparkShape;
import dev.assay.rules.plan.TableShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.spark.ScanTaskSetManager;
import org.apache.iceberg.spark.SparkReadOptions;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * One snapshot of an Iceberg table. A slice is a data file with exactly the delete files that apply
 * to it; which these are, Iceberg's planning says.
 */
public final class IcebergTable implements SlicedTable {
  private static final long ONE_FILE_PER_TASK = 1L << 40;

  private final SparkSession spark;
  private final SparkSession passes;
  private final String sparkName;
  private final Table table;
  private final long snapshot;
  private final boolean newest;
  private final Schema schema;
  private final TableShape shape;
  private final SchemaFields fields;
  private final boolean namesMapped;
  private final List<Slice> slices;
  private final Map<SliceId, FileScanTask> tasks = new HashMap<>();

  /**
   * Plans a snapshot.
   *
   * @param sparkName how Spark knows the table
   */
  public IcebergTable(SparkSession spark, String sparkName, Table table, long snapshot) {
    this.spark = spark;
    this.passes = PlainSession.of(spark);
    this.sparkName = sparkName;
    this.table = table;
    this.snapshot = snapshot;
    this.newest = newest(table, snapshot);
    this.schema = schemaOf(table, snapshot, newest);
    this.shape = SparkShape.of(SparkSchemaUtil.convert(schema));
    this.fields = new SchemaFields(schema);
    this.namesMapped = table.properties().containsKey(TableProperties.DEFAULT_NAME_MAPPING);
    this.slices = plan();
  }

  /** As Iceberg reads: the newest snapshot of a branch with the present columns, others as then. */
  private static Schema schemaOf(Table table, long snapshot, boolean newest) {
    Integer id = Objects.requireNonNull(table.snapshot(snapshot), "snapshot").schemaId();
    return newest || id == null
        ? table.schema()
        : Objects.requireNonNullElse(table.schemas().get(id), table.schema());
  }

  private static boolean newest(Table table, long snapshot) {
    return table.refs().values().stream()
        .anyMatch(ref -> ref.isBranch() && ref.snapshotId() == snapshot);
  }

  private List<Slice> plan() {
    List<Slice> planned = new ArrayList<>();
    try (CloseableIterable<FileScanTask> files =
        table.newScan().useSnapshot(snapshot).includeColumnStats().planFiles()) {
      for (FileScanTask task : files) {
        Slice slice = slice(task);
        tasks.put(slice.id(), task);
        planned.add(slice);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot plan " + sparkName, e);
    }
    planned.sort(Comparator.comparing(Slice::id));
    return List.copyOf(planned);
  }

  private Slice slice(FileScanTask task) {
    DataFile file = task.file();
    return new Slice(
        identity(task),
        file.location(),
        partition(task.spec(), file),
        file.recordCount(),
        task.deletes().isEmpty(),
        new FileMetadata(file, fields, namesMapped));
  }

  private static SliceId identity(FileScanTask task) {
    List<String> parts = new ArrayList<>();
    parts.add(task.file().location());
    parts.add(String.valueOf(task.file().fileSequenceNumber()));
    // tables of the first format version have no sequence numbers
    parts.add(String.valueOf(task.file().fileSizeInBytes()));
    task.deletes().stream().map(IcebergTable::describe).sorted().forEach(parts::add);
    return SliceId.of(parts.toArray(String[]::new));
  }

  private static String describe(DeleteFile delete) {
    return String.join(
        " ",
        delete.content().name(),
        delete.location(),
        String.valueOf(delete.contentOffset()),
        String.valueOf(delete.dataSequenceNumber()));
  }

  private static String partition(PartitionSpec spec, DataFile file) {
    return spec.isPartitioned() ? spec.partitionToPath(file.partition()) : "";
  }

  @Override
  public TableShape shape() {
    return shape;
  }

  @Override
  public List<Slice> slices() {
    return slices;
  }

  @Override
  public Optional<String> storeKey() {
    return Optional.of(table.uuid().toString());
  }

  @Override
  public String identityOf(String column) {
    return fields.named(column).map(field -> field.fieldId() + ":" + field.type()).orElse(column);
  }

  @Override
  public Dataset<Row> rows() {
    return newest
        ? spark.read().option(SparkReadOptions.SNAPSHOT_ID, snapshot).table(sparkName)
        : asOf("*");
  }

  @Override
  public Opened open(List<Slice> wanted) {
    return canRename() ? staged(wanted) : filtered(wanted);
  }

  /** Staged tasks are read with the present schema: every column has to be in it still. */
  private boolean canRename() {
    Schema present = table.schema();
    return schema.columns().stream()
        .allMatch(
            field -> {
              Types.NestedField now = present.findField(field.fieldId());
              return now != null && now.type().equals(field.type());
            });
  }

  private Opened staged(List<Slice> wanted) {
    String set = "assay-" + UUID.randomUUID();
    List<FileScanTask> chosen =
        wanted.stream().map(slice -> Objects.requireNonNull(tasks.get(slice.id()))).toList();
    ScanTaskSetManager.get().stageTasks(table, set, chosen);
    Dataset<Row> rows =
        passes
            .read()
            .option(SparkReadOptions.SCAN_TASK_SET_ID, set)
            // every task reads one file, or a part of one
            .option(SparkReadOptions.FILE_OPEN_COST, ONE_FILE_PER_TASK)
            .table(sparkName);
    List<Column> columns = new ArrayList<>();
    for (Types.NestedField field : schema.columns()) {
      String present = table.schema().findField(field.fieldId()).name();
      columns.add(col(Sql.column(present)).alias(field.name()));
    }
    return opened(rows, columns, () -> ScanTaskSetManager.get().removeTasks(table, set));
  }

  /** A column is not in the table any more: the snapshot is read as it was. */
  private Opened filtered(List<Slice> wanted) {
    Object[] locations = wanted.stream().map(Slice::location).toArray();
    Dataset<Row> rows =
        asOf("*, %s AS %s".formatted(MetadataColumns.FILE_PATH.name(), SLICE_COLUMN));
    return open(rows.where(col(SLICE_COLUMN).isin(locations)), () -> {});
  }

  private Dataset<Row> asOf(String columns) {
    return spark.sql("SELECT %s FROM %s VERSION AS OF %d".formatted(columns, sparkName, snapshot));
  }

  private static Opened opened(Dataset<Row> rows, List<Column> columns, Runnable close) {
    List<Column> all = new ArrayList<>(columns);
    all.add(col(MetadataColumns.FILE_PATH.name()).alias(SLICE_COLUMN));
    return open(rows.select(all.toArray(Column[]::new)), close);
  }

  private static Opened open(Dataset<Row> rows, Runnable close) {
    return new Opened() {
      @Override
      public Dataset<Row> rows() {
        return rows;
      }

      @Override
      public void close() {
        close.run();
      }
    };
  }
}
