package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Batch classification: start, describe, list.
 *
 * <p>Modelled: the request token (the same token with the same request is the same job; with
 * another one it is refused), at most ten active jobs, statuses, filters, pages, and the output in
 * S3. A job reads its input when it ends. Not modelled: what a job may read and write, limits on
 * the size of the input, flywheels.
 */
public final class ComprehendJobs {
  private static final int ACTIVE_AT_MOST = 10;
  private static final String TOKEN = "ClientRequestToken";

  private final Supplier<Scores> scores;
  private final Predicate<String> trained;
  private final Clock clock;
  private final List<ClassificationJob> jobs = new ArrayList<>();
  private final Map<String, ClassificationJob> byToken = new HashMap<>();
  private final Deque<JobPlan> plans = new ArrayDeque<>();
  private JobPlan usual = JobPlan.completes();
  private ObjectStorage storage = ObjectStorage.inMemory();

  ComprehendJobs(Supplier<Scores> scores, Predicate<String> trained, Clock clock) {
    this.scores = scores;
    this.trained = trained;
    this.clock = clock;
  }

  /** Where input is read and output written; the default is in memory. */
  public synchronized void storage(ObjectStorage storage) {
    this.storage = storage;
  }

  public synchronized ObjectStorage storage() {
    return storage;
  }

  /** What becomes of every job without a plan of its own. */
  public synchronized void usually(JobPlan plan) {
    this.usual = plan;
  }

  /** What becomes of the next job that has none yet. */
  public synchronized void next(JobPlan plan) {
    plans.add(plan);
  }

  /**
   * How many jobs were started: each costs money, a repeated start with the same token does not.
   */
  public synchronized int paid() {
    return jobs.size();
  }

  /** Status of each job, in the order of their starts. */
  public synchronized List<String> statuses() {
    return jobs.stream().map(ClassificationJob::status).toList();
  }

  synchronized ObjectNode start(ModelledRequest request) {
    ObjectNode input = request.input();
    String token = request.text(TOKEN);
    ClassificationJob job = byToken.get(token);
    if (job == null) {
      job = begin(input);
      byToken.put(token, job);
    } else if (!job.request().equals(input)) {
      throw StubError.refused(
          "InvalidRequestException", "the request token was used with another request");
    }
    ObjectNode answer =
        RequestProtocol.JSON
            .createObjectNode()
            .put("JobId", job.id())
            .put("JobArn", job.arn())
            .put("JobStatus", job.status());
    if (input.has("DocumentClassifierArn")) {
      answer.set("DocumentClassifierArn", input.get("DocumentClassifierArn"));
    }
    return answer;
  }

  synchronized ObjectNode describe(ModelledRequest request) {
    ClassificationJob job =
        jobs.stream()
            .filter(each -> each.id().equals(request.text("JobId")))
            .findFirst()
            .orElseThrow(() -> StubError.refused("JobNotFoundException", "there is no such job"));
    job.describe();
    job.settle(scores.get(), storage, clock);
    return RequestProtocol.JSON
        .createObjectNode()
        .set("DocumentClassificationJobProperties", job.properties());
  }

  synchronized ObjectNode list(ModelledRequest request) {
    JsonNode filter = request.input().path("Filter");
    if (filter.size() > 1) {
      throw StubError.refused("InvalidFilterException", "only one filter at a time");
    }
    jobs.forEach(job -> job.settle(scores.get(), storage, clock));
    List<ClassificationJob> found =
        new ArrayList<>(jobs.stream().filter(job -> matches(job, filter)).toList());
    // the model's documentation: oldest first only for a filter by an end of the time
    if (!filter.has("SubmitTimeBefore")) {
      found.sort(Comparator.comparing(ClassificationJob::number).reversed());
    }
    int first = first(found, request.text("NextToken"));
    int end = Math.min(found.size(), first + request.input().path("MaxResults").asInt(100));
    ObjectNode answer = RequestProtocol.JSON.createObjectNode();
    ArrayNode page = answer.putArray("DocumentClassificationJobPropertiesList");
    found.subList(first, end).forEach(job -> page.add(job.properties()));
    if (end < found.size()) {
      answer.put("NextToken", found.get(end - 1).id());
    }
    return answer;
  }

  private ClassificationJob begin(ObjectNode input) {
    if (input.has("DocumentClassifierArn") == input.has("FlywheelArn")) {
      throw StubError.refused(
          "InvalidRequestException", "give either DocumentClassifierArn or FlywheelArn");
    }
    String model = input.path("DocumentClassifierArn").asText();
    if (input.has("DocumentClassifierArn") && !trained.test(model)) {
      throw StubError.refused("ResourceUnavailableException", "%s is not trained".formatted(model));
    }
    if (jobs.stream().filter(ClassificationJob::isActive).count() >= ACTIVE_AT_MOST) {
      throw StubError.refused(
          "TooManyRequestsException", "%d jobs are active".formatted(ACTIVE_AT_MOST));
    }
    JobPlan plan = plans.isEmpty() ? usual : plans.remove();
    ClassificationJob job =
        new ClassificationJob(jobs.size(), input.deepCopy(), plan, clock.instant());
    jobs.add(job);
    return job;
  }

  private static boolean matches(ClassificationJob job, JsonNode filter) {
    BigDecimal submitted = ClassificationJob.seconds(job.submitted());
    return matches(filter.path("JobName"), job.request().path("JobName").asText())
        && matches(filter.path("JobStatus"), job.status())
        && (!filter.has("SubmitTimeBefore")
            || submitted.compareTo(filter.get("SubmitTimeBefore").decimalValue()) < 0)
        && (!filter.has("SubmitTimeAfter")
            || submitted.compareTo(filter.get("SubmitTimeAfter").decimalValue()) > 0);
  }

  private static boolean matches(JsonNode wanted, String actual) {
    return wanted.isMissingNode() || wanted.asText().equals(actual);
  }

  private static int first(List<ClassificationJob> found, String token) {
    if (token.isEmpty()) {
      return 0;
    }
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i).id().equals(token)) {
        return i + 1;
      }
    }
    throw StubError.refused("InvalidRequestException", "the page token is not one of this list");
  }
}
