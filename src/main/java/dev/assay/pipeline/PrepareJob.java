package dev.assay.pipeline;

import static org.apache.spark.sql.functions.lit;

import dev.assay.lake.UnreadableInputException;
import dev.assay.lake.files.DamagedFile;
import dev.assay.lake.files.FileRows;
import dev.assay.lake.iceberg.Changes;
import dev.assay.lake.iceberg.Staging;
import dev.assay.lineage.StepLineage;
import dev.assay.model.AssayException;
import dev.assay.model.Outage;
import dev.assay.model.QuarantineCount;
import dev.assay.model.RowCounts;
import dev.assay.model.RowMark;
import dev.assay.model.SourceFile;
import dev.assay.model.job.ColumnSpec;
import dev.assay.model.job.Input;
import dev.assay.model.job.Job;
import dev.assay.model.job.Step;
import dev.assay.prepare.Preparation;
import dev.assay.prepare.PreparedRows;
import dev.assay.prepare.Protector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The rows of a prepare job: one raw input through its steps. */
final class PrepareJob {
  private final Lane lane;
  private final Job job;
  private final FoundInputs inputs;
  private final ShownFiles names;

  PrepareJob(Lane lane, Job job, FoundInputs inputs, ShownFiles names) {
    this.lane = lane;
    this.job = job;
    this.inputs = inputs;
    this.names = names;
  }

  JobRows rows() {
    Map.Entry<String, Input> input = job.inputs().entrySet().iterator().next();
    if (input.getValue() instanceof Input.Files files) {
      return fromFiles(
          input.getKey(), files, Objects.requireNonNull(inputs.files().get(input.getKey())));
    }
    Input.Table table = (Input.Table) input.getValue();
    long snapshot = Objects.requireNonNull(inputs.snapshots().get(input.getKey()));
    Long start = inputs.starts().get(input.getKey());
    Dataset<Row> rows =
        start == null
            ? Staging.read(lane.spark(), lane.catalog(), table.table(), snapshot)
            : Changes.read(lane.spark(), lane.catalog(), table, start, snapshot);
    Dataset<Row> raw =
        FileRows.marked(rows, lit(table.table() + "@" + snapshot), lit(null).cast("bigint"));
    return prepared(input.getKey(), raw, List.of(), List.of());
  }

  /** Reads the files; one that is damaged is set aside, or fails the run, as the job says. */
  private JobRows fromFiles(String alias, Input.Files input, List<SourceFile> found) {
    List<SourceFile> files = new ArrayList<>(found);
    List<SourceFile> setAside = new ArrayList<>();
    while (true) {
      try {
        return prepared(
            alias, FileRows.read(lane.spark(), input, files), input.columns(), setAside);
      } catch (Exception e) {
        // Scala throws Spark's checked exceptions without declaring them
        SourceFile damaged = damaged(e, files);
        if (input.onCorruptFile() == Input.OnCorruptFile.FAIL || files.size() == 1) {
          throw e instanceof UnreadableInputException known && !names.protects()
              ? known
              : unreadable(damaged, e);
        }
        files.remove(damaged);
        setAside.add(damaged);
      }
    }
  }

  /** A file is not damaged because storage did not answer while it was read. */
  private SourceFile damaged(Exception failure, List<SourceFile> files) {
    Optional<AssayException> outage = Outage.noAnswer(failure);
    if (outage.isPresent()) {
      throw outage.get();
    }
    return DamagedFile.in(failure, files).orElseThrow(() -> Failures.explain(failure, job));
  }

  /** Of a job that protects, without the file's own words: a header may be somebody's data. */
  private AssayException unreadable(SourceFile file, Exception failure) {
    return failure instanceof UnreadableInputException
        ? new UnreadableInputException(
            names.name(file),
            "the file does not fit its declaration (header, columns, encoding), or is damaged",
            "Compare its header with the declared columns; on-corrupt-file: set-aside goes on without it.")
        : DamagedFile.unreadable(names.name(file), failure);
  }

  private QuarantineCount reason(SourceFile file) {
    return new QuarantineCount(
        "UNREADABLE_FILE",
        Optional.empty(),
        "file %s cannot be read as declared, or is damaged, and was set aside"
            .formatted(names.name(file)),
        0);
  }

  private boolean allowsExtraFields() {
    return job.inputs().values().iterator().next() instanceof Input.Files files
        && files.allowsExtraFields();
  }

  private JobRows prepared(
      String alias, Dataset<Row> raw, List<ColumnSpec> declared, List<SourceFile> setAside) {
    PreparedRows prepared =
        new Preparation(declared, allowsExtraFields(), job.steps(), protector(), names.hidden())
            .apply(raw);
    try {
      RowCounts counts = prepared.count();
      List<QuarantineCount> reasons = new ArrayList<>(setAside.stream().map(this::reason).toList());
      if (counts.quarantined() > 0) {
        reasons.addAll(prepared.reasons());
      }
      return new JobRows(
          prepared.sound(),
          Optional.of(counts),
          counts.quarantined() == 0 ? Optional.empty() : Optional.of(prepared.quarantined()),
          reasons,
          setAside,
          List.of(),
          StepLineage.of(alias, own(raw), declared, job.steps()),
          prepared::close);
    } catch (RuntimeException e) {
      prepared.close();
      throw e;
    }
  }

  private static List<String> own(Dataset<Row> raw) {
    return Arrays.stream(raw.columns()).filter(name -> !name.startsWith(RowMark.PREFIX)).toList();
  }

  private Protector protector() {
    boolean needed = job.steps().stream().anyMatch(Step.Protect.class::isInstance);
    return needed ? lane.protector().get() : Protector.none();
  }
}
