package dev.assay.folders;

import dev.assay.lake.UnreadableInputException;
import dev.assay.lake.files.DamagedFile;
import dev.assay.lake.files.SourceFiles;
import dev.assay.model.AssayException;
import dev.assay.model.Metric;
import dev.assay.model.Outage;
import dev.assay.model.Position;
import dev.assay.model.RowMark;
import dev.assay.model.SourceFile;
import dev.assay.model.job.Input;
import dev.assay.rules.evaluate.RawFiles;
import dev.assay.rules.evidence.ColumnMetadata;
import dev.assay.rules.evidence.EvidenceBlock;
import dev.assay.rules.evidence.EvidenceCleaner;
import dev.assay.rules.evidence.EvidenceStore;
import dev.assay.rules.evidence.Slice;
import dev.assay.rules.evidence.SliceId;
import dev.assay.rules.evidence.SlicedTable;
import dev.assay.rules.parse.Rule;
import dev.assay.rules.parse.Ruleset;
import dev.assay.rules.plan.TableShape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A folder as it was listed: every file a slice, known by path, size, modification time and, in S3,
 * ETag. A file that is written anew is another slice; one that changes without any of these is not
 * noticed.
 */
public final class FolderTable implements SlicedTable {
  /** True for records of CSV and JSON lines that do not fit; no column of the table. */
  public static final String UNFIT = RowMark.PREFIX + "unfit";

  private static final int MANY_BLOCKS = 50;

  private final Map<SliceId, SourceFile> files;
  private final List<Slice> slices;
  private final TableShape shape;
  private final FolderRows rows;
  private final Input.Files input;
  private final Configuration configuration;
  private final EvidenceStore store;
  private final String key;

  private FolderTable(
      SparkSession spark, Folder folder, List<SourceFile> found, EvidenceStore store) {
    this.configuration = spark.sessionState().newHadoopConf();
    this.store = store;
    Input.Format format =
        folder.format().orElseGet(() -> FileFormats.byNames(folder.path(), found));
    FolderReading.requireColumns(folder, format);
    this.key = FolderReading.key(folder, format);
    this.files = new TreeMap<>();
    found.forEach(file -> files.put(identity(file), file));
    FolderLooks looks =
        new FolderLooks(files, folder.input(format, folder.columns()), configuration, store, key);
    boolean typed = format == Input.Format.AVRO || format == Input.Format.PARQUET;
    StructType columns =
        typed || folder.columns().isEmpty() ? looks.columns() : FolderReading.declared(folder);
    FolderReading.refuseReserved(folder, columns);
    this.input = folder.input(format, typed ? List.of() : FolderReading.specs(folder, columns));
    this.shape = new TableShape(FileLook.types(columns));
    this.rows = new FolderRows(spark, input, columns);
    this.slices =
        files.entrySet().stream()
            .map(entry -> slice(entry.getKey(), entry.getValue(), looks, folder.path(), typed))
            .toList();
  }

  /**
   * Lists a folder and looks at the files that are new to the store.
   *
   * @param store where evidence about the folder's files is kept
   * @throws UnreadableInputException if there is no file, or one is damaged or does not belong to
   *     the others; names it
   */
  public static FolderTable open(SparkSession spark, Folder folder, EvidenceStore store) {
    List<SourceFile> found =
        SourceFiles.find(List.of(folder.path()), spark.sessionState().newHadoopConf());
    if (found.isEmpty()) {
      throw new UnreadableInputException(
          folder.path(),
          "there is no file",
          "Check the path; names that begin with _ or . are left out.");
    }
    return new FolderTable(spark, folder, found, store);
  }

  private static SliceId identity(SourceFile file) {
    return SliceId.of(
        "file",
        file.path(),
        String.valueOf(file.size()),
        String.valueOf(file.modified()),
        file.etag().orElse(""));
  }

  private static Slice slice(
      SliceId id, SourceFile file, FolderLooks looks, String folder, boolean typed) {
    long counted = looks.rows(file);
    return new Slice(
        id,
        typed ? FolderRows.locationOf(file) : file.path(),
        partition(file.path(), folder),
        counted,
        counted >= 0,
        new Slice.Metadata() {
          @Override
          public Optional<ColumnMetadata> of(String column) {
            return Optional.empty();
          }

          @Override
          public long bytes(String column) {
            return looks.bytes(file, column);
          }
        });
  }

  /** Folders below the one that is scored that are named like {@code day=2026-11-19}. */
  private static String partition(String path, String folder) {
    int start = path.indexOf(folder.replaceFirst("/+$", ""));
    String below =
        start < 0 ? path : path.substring(start + folder.replaceFirst("/+$", "").length());
    List<String> parts = new ArrayList<>(List.of(below.split("/")));
    parts.remove(parts.size() - 1);
    return parts.stream().filter(part -> part.contains("=")).collect(Collectors.joining("/"));
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
    return store == EvidenceStore.NONE ? Optional.empty() : Optional.of(key);
  }

  @Override
  public String identityOf(String column) {
    return column + ":" + shape.types().get(column);
  }

  @Override
  public Dataset<Row> rows() {
    return rows.of(List.copyOf(files.values())).drop(SLICE_COLUMN);
  }

  @Override
  public Dataset<Row> schema() {
    return rows.none();
  }

  @Override
  public Opened open(List<Slice> wanted) {
    Dataset<Row> opened =
        rows.of(
            wanted.stream().map(slice -> Objects.requireNonNull(files.get(slice.id()))).toList());
    return new Opened() {
      @Override
      public Dataset<Row> rows() {
        return opened;
      }

      @Override
      public void close() {
        // nothing is held
      }
    };
  }

  @Override
  public Optional<AssayException> refusal(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof AssayException known) {
        return Optional.of(known);
      }
    }
    return DamagedFile.in(failure, List.copyOf(files.values()))
        .map(file -> DamagedFile.unreadable(file.path(), failure))
        .or(() -> Outage.noAnswer(failure));
  }

  /** The folder's files, for rules about files. */
  public RawFiles rawFiles() {
    return new HadoopFiles(
        configuration,
        () -> RawFiles.Listing.of(files.values().stream().sorted().toList()),
        SourceFile::path);
  }

  /** A ruleset that also counts the records that do not fit, in the same pass as its rules. */
  public Ruleset counting(Ruleset ruleset) {
    if (input.columns().isEmpty()) {
      return ruleset;
    }
    List<Rule> analyzers = new ArrayList<>(ruleset.analyzers());
    analyzers.add(
        new Rule(
            "RowCount",
            List.of(),
            Optional.empty(),
            Optional.of(UNFIT),
            Optional.empty(),
            new Position(1, 1),
            "RowCount where \"%s\"".formatted(UNFIT)));
    return new Ruleset(ruleset.file(), ruleset.entries(), analyzers, ruleset.fingerprint());
  }

  /** Records that do not fit, as counted with {@link #counting}; 0 for formats that have none. */
  public static long unfit(List<Metric> metrics) {
    return metrics.stream()
        .filter(metric -> metric.name().equals("RowCount"))
        .filter(metric -> metric.detail().equals("where " + UNFIT))
        .mapToLong(metric -> (long) metric.value())
        .sum();
  }

  /**
   * Leaves out what is kept of files that are gone, once there is much of it. If others keep more
   * meanwhile, that is left for the next time.
   */
  public void tidyEvidence() {
    List<EvidenceBlock> blocks = store.load(key);
    if (blocks.size() > MANY_BLOCKS) {
      Set<SliceId> live = new HashSet<>(files.keySet());
      live.add(SliceId.ofAll(files.keySet()));
      store.replace(key, EvidenceCleaner.clean(blocks, live));
    }
  }
}
