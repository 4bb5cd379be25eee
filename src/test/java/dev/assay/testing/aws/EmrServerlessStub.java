package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A server that answers like EMR Serverless, with one application. A job run is a state further
 * with every look at it; a request token starts one job run only (with other parameters it is
 * refused); bills come late if the test wants that. Not modelled: what a job run does, capacity,
 * attempts, expiry of tokens.
 */
public final class EmrServerlessStub implements AutoCloseable {
  public static final String APPLICATION = "00fabc123def4567";
  public static final String NAME = "assay";

  /** The states of a job run that has nothing to wait for. */
  public static final List<String> USUAL =
      List.of("SUBMITTED", "PENDING", "SCHEDULED", "RUNNING", "SUCCESS");

  private static final Set<String> OVER = Set.of("SUCCESS", "FAILED", "CANCELLED");

  private final Map<String, Run> byToken = new HashMap<>();
  private final List<Run> runs = new ArrayList<>();
  private final Deque<RunPlan> plans = new ArrayDeque<>();
  private final ObjectNode application = RequestProtocol.JSON.createObjectNode();
  private final StubServer server;
  private boolean forgotten;

  /**
   * What becomes of a job run.
   *
   * @param states the last one stays
   * @param details of the last state
   * @param vcpuHours billed; memory is four times and storage half as much
   * @param billAfter looks at the ended run without a bill
   * @param atEnd called once with the arguments of the entry point, when the last state is reached
   */
  public record RunPlan(
      List<String> states,
      String details,
      double vcpuHours,
      int billAfter,
      Consumer<List<String>> atEnd) {
    /** One that succeeds. */
    public static RunPlan succeeds(Consumer<List<String>> atEnd) {
      return new RunPlan(USUAL, "", 2, 0, atEnd);
    }

    /** One that ends so, in the service's word. */
    public static RunPlan ends(String state, String details, Consumer<List<String>> atEnd) {
      return new RunPlan(
          List.of("SUBMITTED", "SCHEDULED", "RUNNING", state), details, 0.5, 0, atEnd);
    }

    /** One that stays as it is. */
    public static RunPlan stays(String state) {
      return new RunPlan(List.of("SUBMITTED", state), "", 0.25, 0, arguments -> {});
    }

    /** The same, with its bill so many looks late. */
    public RunPlan billedAfter(int looks) {
      return new RunPlan(states, details, vcpuHours, looks, atEnd);
    }
  }

  private static final class Run {
    private final String id;
    private final ObjectNode request;
    private final RunPlan plan;
    private int looks;
    private boolean cancelled;
    private boolean ended;

    private Run(String id, ObjectNode request, RunPlan plan) {
      this.id = id;
      this.request = request;
      this.plan = plan;
    }

    private String state() {
      int last = plan.states().size() - 1;
      String planned = plan.states().get(Math.min(looks, last));
      return cancelled && !OVER.contains(planned) ? "CANCELLED" : planned;
    }

    private List<String> arguments() {
      List<String> arguments = new ArrayList<>();
      request
          .at("/jobDriver/sparkSubmit/entryPointArguments")
          .forEach(argument -> arguments.add(argument.asText()));
      return arguments;
    }
  }

  private EmrServerlessStub(RecordedRequests requests) throws IOException {
    application
        .put("applicationId", APPLICATION)
        .put("name", NAME)
        .put("arn", "arn:aws:emr-serverless:us-east-1:123456789012:/applications/" + APPLICATION)
        .put("releaseLabel", "emr-7.14.0")
        .put("type", "SPARK")
        .put("state", "STARTED")
        .put("architecture", "ARM64")
        .put("createdAt", seconds())
        .put("updatedAt", seconds());
    application
        .putObject("autoStopConfiguration")
        .put("enabled", true)
        .put("idleTimeoutMinutes", 5);
    application
        .putObject("maximumCapacity")
        .put("cpu", "64 vCPU")
        .put("memory", "256 GB")
        .put("disk", "1000 GB");
    this.server = StubServer.start("emr-serverless", requests, this::handle);
  }

  /** Starts a stub on a free port. */
  public static EmrServerlessStub start(RecordedRequests requests) throws IOException {
    return new EmrServerlessStub(requests);
  }

  public URI endpoint() {
    return server.endpoint();
  }

  public Faults faults() {
    return server.faults();
  }

  /** The application, to be changed. */
  public ObjectNode application() {
    return application;
  }

  /** What becomes of the next job run that has no plan yet. */
  public synchronized void next(RunPlan plan) {
    plans.add(plan);
  }

  /** From now on no job run is known that was started before. */
  public synchronized void forget() {
    forgotten = true;
  }

  /** How many job runs were started: each costs money. */
  public synchronized int paid() {
    return runs.size();
  }

  /** State of each job run, in the order of their starts. */
  public synchronized List<String> states() {
    return runs.stream().map(Run::state).toList();
  }

  private synchronized JsonNode handle(ModelledRequest request) {
    return switch (request.operation()) {
      case "StartJobRun" -> start(request);
      case "GetJobRun" -> get(run(request));
      case "CancelJobRun" -> cancel(run(request));
      case "GetApplication" ->
          RequestProtocol.JSON.createObjectNode().set("application", application);
      case "ListApplications" -> list();
      default -> throw server.unknown(request);
    };
  }

  private ObjectNode list() {
    ObjectNode summary = application.deepCopy();
    summary.set("id", summary.remove("applicationId"));
    summary.remove(List.of("autoStopConfiguration", "maximumCapacity"));
    ObjectNode answer = RequestProtocol.JSON.createObjectNode();
    answer.putArray("applications").add(summary);
    return answer;
  }

  private ObjectNode start(ModelledRequest request) {
    if (!request.text("applicationId").equals(APPLICATION)) {
      throw new StubError(
          404, "ResourceNotFoundException", "there is no such application", Map.of());
    }
    String token = request.text("clientToken");
    Run run = byToken.get(token);
    if (run == null) {
      forgotten = false;
      String id = String.format(Locale.ROOT, "00run%04d", runs.size());
      run =
          new Run(
              id,
              request.input(),
              plans.isEmpty() ? RunPlan.succeeds(arguments -> {}) : plans.remove());
      runs.add(run);
      byToken.put(token, run);
    } else if (!run.request.equals(request.input())) {
      throw new StubError(
          409, "ConflictException", "the token was used with other parameters", Map.of());
    }
    return RequestProtocol.JSON
        .createObjectNode()
        .put("applicationId", APPLICATION)
        .put("jobRunId", run.id)
        .put("arn", arn(run));
  }

  private Run run(ModelledRequest request) {
    return runs.stream()
        .filter(run -> !forgotten && run.id.equals(request.text("jobRunId")))
        .findFirst()
        .orElseThrow(
            () ->
                new StubError(
                    404, "ResourceNotFoundException", "there is no such job run", Map.of()));
  }

  private ObjectNode cancel(Run run) {
    run.cancelled = true;
    return RequestProtocol.JSON
        .createObjectNode()
        .put("applicationId", APPLICATION)
        .put("jobRunId", run.id);
  }

  private ObjectNode get(Run run) {
    String state = run.state();
    run.looks++;
    boolean over = OVER.contains(state);
    if (over && !run.ended) {
      run.ended = true;
      if (!run.cancelled) {
        run.plan.atEnd().accept(run.arguments());
      }
    }
    ObjectNode job =
        RequestProtocol.JSON
            .createObjectNode()
            .put("applicationId", APPLICATION)
            .put("jobRunId", run.id)
            .put("name", run.request.path("name").asText())
            .put("arn", arn(run))
            .put("createdBy", "arn:aws:iam::123456789012:role/submitter")
            .put("createdAt", seconds())
            .put("updatedAt", seconds())
            .put("executionRole", run.request.path("executionRoleArn").asText())
            .put("state", state)
            .put("stateDetails", over && !run.plan.details().isEmpty() ? run.plan.details() : " - ")
            .put("releaseLabel", "emr-7.14.0");
    job.set("jobDriver", run.request.path("jobDriver"));
    if (over && run.looks > run.plan.states().size() + run.plan.billAfter()) {
      double hours = run.plan.vcpuHours();
      job.putObject("billedResourceUtilization")
          .put("vCPUHour", hours)
          .put("memoryGBHour", 4 * hours)
          .put("storageGBHour", hours / 2);
    }
    return RequestProtocol.JSON.createObjectNode().set("jobRun", job);
  }

  private static String arn(Run run) {
    return "arn:aws:emr-serverless:us-east-1:123456789012:/applications/%s/jobruns/%s"
        .formatted(APPLICATION, run.id);
  }

  private static BigDecimal seconds() {
    return ClassificationJob.seconds(Instant.now());
  }

  @Override
  public void close() {
    server.close();
  }
}
