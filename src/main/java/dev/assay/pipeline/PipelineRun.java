package dev.assay.pipeline;

import dev.assay.jobs.JobPlaces;
import dev.assay.lake.iceberg.MainMovedException;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.TableName;
import dev.assay.model.job.Job;
import dev.assay.model.job.JobKind;
import dev.assay.rules.parse.Ruleset;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs jobs in order. A job whose input was held or failed is skipped and says so. */
public final class PipelineRun {
  private static final Logger LOG = LoggerFactory.getLogger(PipelineRun.class);

  /** How often a run begins because somebody else committed meanwhile. */
  private static final int MOST_ATTEMPTS = 5;

  private final Lane lane;

  public PipelineRun(Lane lane) {
    this.lane = lane;
  }

  /**
   * Runs jobs for a data date.
   *
   * @param jobs in the order of their inputs and outputs
   * @param options what is asked beyond the usual
   * @return a result per job, in the same order
   * @throws dev.assay.rules.parse.InvalidRulesetException if a ruleset cannot be used; no job ran
   * @throws AssayException if SQL of a job cannot be read, or its gate asks for a label that no
   *     rule has; no job ran
   */
  public List<JobResult> run(List<Job> jobs, LocalDate dataDate, Set<RunOption> options) {
    Map<Job, Ruleset> rulesets = new LinkedHashMap<>();
    for (Job job : jobs) {
      JobSql.check(job);
      Ruleset ruleset = JobRuleset.of(job);
      JobCheck.checkLabels(job, ruleset, JobPlaces.of(job));
      rulesets.put(job, ruleset);
    }
    Map<TableName, String> stopped = new HashMap<>();
    List<JobResult> results = new ArrayList<>();
    rulesets.forEach(
        (job, ruleset) -> {
          JobResult result = runOne(job, ruleset, dataDate, stopped, options);
          why(result).ifPresent(reason -> stopped.put(result.table(), reason));
          results.add(result);
          lane.listener().ended(result);
        });
    return results;
  }

  private JobResult runOne(
      Job job,
      Ruleset ruleset,
      LocalDate dataDate,
      Map<TableName, String> stopped,
      Set<RunOption> options) {
    TableName table = job.output().table();
    for (TableName dependency : job.dependencies()) {
      if (stopped.containsKey(dependency)) {
        // and so is whatever depends on this one; a job without input stops nobody
        stopped.put(table, "was skipped");
        return JobResult.skipped(
            job.name(), table, "%s %s.".formatted(dependency, stopped.get(dependency)));
      }
    }
    if (options.contains(RunOption.DRY_RUN) && job.kind() != JobKind.CLASSIFY) {
      return JobResult.skipped(
          job.name(), table, "dry run: only jobs that classify have a cost to tell.");
    }
    LOG.info("{}: run for {} begins", table, dataDate);
    try {
      JobResult result = run(job, ruleset, dataDate, options);
      LOG.info("{}: run for {} ended: {}", table, dataDate, result.ending());
      return result;
    } catch (AssayException e) {
      if (e.kind() == ExitKind.OK) {
        LOG.info("{}: run for {} stopped as asked", table, dataDate);
        return JobResult.skipped(job.name(), table, e.getMessage());
      }
      LOG.error("{}: run for {} failed: {}", table, dataDate, SafeTrace.of(e));
      return e.kind() == ExitKind.HELD
          ? JobResult.heldWithoutRun(job.name(), table, e.getMessage())
          : JobResult.failed(job.name(), table, e.kind(), e.getMessage());
    } catch (Exception e) {
      LOG.error("{}: run for {} failed: {}", table, dataDate, SafeTrace.of(e));
      AssayException known = Failures.explain(e, job);
      return JobResult.failed(job.name(), table, known.kind(), known.getMessage());
    }
  }

  /** Begins anew when somebody else committed to main meanwhile. */
  private JobResult run(Job job, Ruleset ruleset, LocalDate dataDate, Set<RunOption> options) {
    for (int attempt = 1; ; attempt++) {
      try {
        return new JobRun(Assignment.of(lane, job, dataDate, ruleset)).run(options);
      } catch (MainMovedException e) {
        if (attempt == MOST_ATTEMPTS) {
          throw e;
        }
        LOG.info("{}: main moved, beginning anew", job.output().table());
      }
    }
  }

  private static Optional<String> why(JobResult result) {
    return switch (result.ending()) {
      case HELD -> Optional.of("is held");
      case FAILED -> Optional.of("failed");
      default -> Optional.empty();
    };
  }

  /** The exit of all results together. */
  public static ExitKind exitOf(List<JobResult> results) {
    return ExitKind.ofAll(results.stream().map(JobResult::exit).toList());
  }
}
