package dev.assay.pipeline;

import dev.assay.lake.iceberg.Staging;
import dev.assay.messages.DecisionChanges;
import dev.assay.messages.ModelVersion;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Metric;
import dev.assay.model.TableName;
import dev.assay.model.job.Classify;
import dev.assay.model.job.Job;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.apache.iceberg.Table;

/**
 * Judges the messages of a classify job by another model, beside the verdicts that are published:
 * those stay as they are. What the other model answers is kept, so that publishing by it later asks
 * about nothing again.
 */
public final class Reclassification {
  private final Lane lane;

  public Reclassification(Lane lane) {
    this.lane = lane;
  }

  /**
   * What came of it.
   *
   * @param model that judged now
   * @param metrics of judging, as a run of the job has them
   */
  public record Result(ModelVersion model, DecisionChanges changes, List<Metric> metrics) {
    public Result {
      metrics = List.copyOf(metrics);
    }
  }

  /**
   * Judges and compares. Repeating it asks no classifier about a text again.
   *
   * @param job one that classifies
   * @param model in the place of the job's; {@code name} or {@code name@version}
   * @param dryRun stop before any text is classified
   * @throws AssayException if the job has published no verdicts, the model is not there, or it
   *     would cost more than the job's {@code max-cost}
   */
  public Result run(Job job, LocalDate dataDate, String model, boolean dryRun) {
    Classify how =
        job.classify()
            .orElseThrow(
                () ->
                    new AssayException(
                        ExitKind.USAGE,
                        "%s: kind is %s. Expected a job with kind: classify."
                            .formatted(job.file(), job.kind().name().toLowerCase(Locale.ROOT))));
    if (how.by() == Classify.By.ENDPOINT || how.by() == Classify.By.BATCH) {
      throw new AssayException(
          ExitKind.USAGE,
          "%s: the model of an endpoint or a batch job is the profile's. Compare with a job that classifies by another profile into a table of its own."
              .formatted(job.file()));
    }
    TableName table = job.output().table();
    long published = published(table);
    Classify compared = how.comparedWith(model);
    Job other = job.classifyingAs(compared);
    lane.listener().started(table);
    Assignment assignment = Assignment.of(lane, other, dataDate, JobRuleset.of(job));
    FoundInputs inputs =
        FoundInputs.find(lane, other, dataDate, PastRuns.of(lane, table), assignment.names());
    if (inputs.missing().isPresent()) {
      throw new AssayException(ExitKind.INPUT_MISSING, inputs.missing().get());
    }
    try (JobRows rows = new ClassifyJob(assignment, inputs).rows(dryRun)) {
      return new Result(
          lane.messages()
              .classifiers()
              .open(ClassifyJob.owner(other), compared)
              .classifier()
              .model(),
          DecisionChanges.between(
              Staging.read(lane.spark(), lane.catalog(), table, published), rows.rows(), how.key()),
          rows.metrics());
    }
  }

  private long published(TableName table) {
    return lane.catalog()
        .find(table)
        .map(Table::currentSnapshot)
        .orElseThrow(
            () ->
                new AssayException(
                    ExitKind.INPUT_MISSING,
                    "%s has no published verdicts to compare with. Run its job first."
                        .formatted(table)))
        .snapshotId();
  }
}
