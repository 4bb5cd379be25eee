package dev.assay.messages.comprehend;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.ComprehendSettings;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.comprehend.ComprehendClient;
import software.amazon.awssdk.services.comprehend.model.DocumentClassificationJobProperties;
import software.amazon.awssdk.services.comprehend.model.InputFormat;
import software.amazon.awssdk.services.comprehend.model.JobStatus;

/**
 * Starts a job of the service for each batch, or finds the one that an earlier run started, and
 * waits for all of them.
 *
 * <p>A job is found by its name, which is the batch's; and what a list does not show yet, the
 * request token, which is the name as well, does not start twice. A job that had failed before this
 * run, or whose output was deleted since, is started again under the next name.
 */
final class BatchJobs {
  private static final Logger LOG = LoggerFactory.getLogger(BatchJobs.class);
  private static final Set<JobStatus> FAILED =
      Set.of(JobStatus.FAILED, JobStatus.STOPPED, JobStatus.STOP_REQUESTED);

  private final ComprehendClient client;
  private final String classifier;
  private final String role;
  private final BatchFolder folder;
  private final int most;
  private final Attempts attempts = Attempts.usual();

  /** Few: a service that says that enough jobs are active says so for minutes. */
  private final Attempts starts = new Attempts(3, Pause.SLEEP);

  private final Set<String> started = new TreeSet<>();
  private final Set<String> found = new TreeSet<>();

  BatchJobs(
      ComprehendClient client,
      ComprehendSettings settings,
      String classifier,
      BatchFolder folder,
      int most) {
    this.client = client;
    this.classifier = classifier;
    this.role =
        settings.role().orElseThrow(() -> Models.missing("role", "the ARN of a data-access role"));
    this.folder = folder;
    this.most = most;
  }

  /** Batches whose jobs this object has started, and not found. */
  Set<String> started() {
    return started;
  }

  /** Batches whose jobs were there already. */
  Set<String> found() {
    return found;
  }

  /**
   * Runs all of them, at most so many at a time.
   *
   * @return address of each one's output
   * @throws AssayException if a job fails, or they take longer than the wait goes on
   */
  Map<String, String> run(Collection<String> batches, Waiting waiting) {
    Deque<String> ahead = new ArrayDeque<>(batches);
    Map<String, String> active = new LinkedHashMap<>();
    Map<String, String> outputs = new LinkedHashMap<>();
    while (true) {
      while (!ahead.isEmpty() && active.size() < most) {
        Optional<String> id = begin(ahead.element());
        if (id.isEmpty()) {
          break;
        }
        active.put(ahead.remove(), id.get());
      }
      active.forEach((batch, id) -> look(batch, id).ifPresent(at -> outputs.put(batch, at)));
      active.keySet().removeAll(outputs.keySet());
      if (active.isEmpty() && ahead.isEmpty()) {
        return outputs;
      }
      if (!waiting.goesOn()) {
        throw new AssayException(
            ExitKind.OUTSIDE_UNAVAILABLE,
            "%s: %d of %d batch jobs of Comprehend have not ended within the longest wait. Run again: the run finds them by their names and does not pay twice. Raise 'comprehend: {longest-wait: …}' in the profile if it happens often."
                .formatted(classifier, active.size() + ahead.size(), batches.size()));
      }
    }
  }

  /** The id of a batch's job; empty if the service takes no more jobs for now. */
  private Optional<String> begin(String batch) {
    for (int attempt = 0; ; attempt++) {
      String name = "%s-%d".formatted(batch, attempt);
      List<DocumentClassificationJobProperties> there =
          ask(
              "ListDocumentClassificationJobs",
              () ->
                  client
                      .listDocumentClassificationJobs(r -> r.filter(f -> f.jobName(name)))
                      .documentClassificationJobPropertiesList());
      Optional<DocumentClassificationJobProperties> usable =
          there.stream().filter(this::isUsable).findFirst();
      if (usable.isPresent()) {
        LOG.info("job {} is there: {}", name, usable.get().jobStatus());
        found.add(batch);
        return usable.map(DocumentClassificationJobProperties::jobId);
      }
      if (there.isEmpty()) {
        return start(batch, name);
      }
    }
  }

  /** Whether a job that was found ends well, and what it wrote is still there. */
  private boolean isUsable(DocumentClassificationJobProperties job) {
    if (job.jobStatus() == JobStatus.COMPLETED) {
      return folder.exists(job.outputDataConfig().s3Uri());
    }
    return !FAILED.contains(job.jobStatus());
  }

  private Optional<String> start(String batch, String name) {
    try {
      String id =
          starts.ask(
              Attempts.Watch.NONE,
              () ->
                  client
                      .startDocumentClassificationJob(
                          r ->
                              r.jobName(name)
                                  .clientRequestToken(name)
                                  .documentClassifierArn(classifier)
                                  .dataAccessRoleArn(role)
                                  .inputDataConfig(
                                      c ->
                                          c.s3Uri(folder.input(batch))
                                              .inputFormat(InputFormat.ONE_DOC_PER_LINE))
                                  .outputDataConfig(c -> c.s3Uri(folder.output(batch))))
                      .jobId());
      LOG.info("job {} was started", name);
      started.add(batch);
      return Optional.of(id);
    } catch (SdkException e) {
      if (Attempts.isThrottling(e)) {
        return Optional.empty();
      }
      throw Failures.of(e, classifier, "StartDocumentClassificationJob", "");
    }
  }

  /** Where the output is; empty as long as the job goes on. */
  private Optional<String> look(String batch, String id) {
    DocumentClassificationJobProperties job =
        ask(
            "DescribeDocumentClassificationJob",
            () ->
                client
                    .describeDocumentClassificationJob(r -> r.jobId(id))
                    .documentClassificationJobProperties());
    if (FAILED.contains(job.jobStatus())) {
      throw new AssayException(
          ExitKind.OUTSIDE_UNAVAILABLE,
          "%s: batch job %s ended as %s: %s. Nothing of it was kept. If it says what is wrong, mend that; run again, which starts it again and keeps the jobs that ended well."
              .formatted(classifier, job.jobName(), job.jobStatusAsString(), said(job)));
    }
    if (job.jobStatus() != JobStatus.COMPLETED) {
      return Optional.empty();
    }
    LOG.info("job {} of batch {} is completed", id, batch);
    return Optional.of(job.outputDataConfig().s3Uri());
  }

  private static String said(DocumentClassificationJobProperties job) {
    return job.message() == null ? "without a message" : job.message();
  }

  private <T> T ask(String action, Supplier<T> request) {
    try {
      return attempts.ask(Attempts.Watch.NONE, request);
    } catch (SdkException e) {
      throw Failures.of(
          e, classifier, action, "Jobs that were started go on, and another run finds them. ");
    }
  }
}
