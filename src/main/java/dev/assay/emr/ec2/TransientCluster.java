package dev.assay.emr.ec2;

import dev.assay.emr.Attempt;
import dev.assay.emr.Look;
import dev.assay.emr.Look.Phase;
import dev.assay.emr.Plan;
import dev.assay.emr.Platform;
import dev.assay.emr.Submission;
import dev.assay.emr.Usage;
import dev.assay.emr.aws.EmrClients;
import dev.assay.emr.aws.EmrFailures;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.Emr;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.Cluster;
import software.amazon.awssdk.services.emr.model.ClusterState;
import software.amazon.awssdk.services.emr.model.ClusterSummary;
import software.amazon.awssdk.services.emr.model.Instance;
import software.amazon.awssdk.services.emr.model.InstanceTimeline;
import software.amazon.awssdk.services.emr.model.InvalidRequestException;
import software.amazon.awssdk.services.emr.model.MarketType;
import software.amazon.awssdk.services.emr.model.StepStatus;
import software.amazon.awssdk.services.emr.model.StepSummary;

/**
 * A cluster for one run. RunJobFlow knows no token, so it is sent once; after an answer that did
 * not come, and before every start, the cluster is looked for by its name, which no other attempt
 * has. Whoever stops following it ends it.
 */
public final class TransientCluster implements Platform {
  private static final Logger LOG = LoggerFactory.getLogger(TransientCluster.class);
  private static final String ACTION = "elasticmapreduce:";
  private static final Duration LOOK_BACK = Duration.ofDays(7);
  private static final Set<ClusterState> OVER =
      Set.of(
          ClusterState.TERMINATING, ClusterState.TERMINATED, ClusterState.TERMINATED_WITH_ERRORS);

  private final EmrClient client;
  private final EmrClient once;
  private final Emr emr;
  private final Emr.Cluster cluster;
  private final Clock clock;

  private TransientCluster(
      EmrClient client, EmrClient once, Emr emr, Emr.Cluster cluster, Clock clock) {
    this.client = client;
    this.once = once;
    this.emr = emr;
    this.cluster = cluster;
    this.clock = clock;
  }

  /** As a profile says. */
  public static TransientCluster open(Emr emr, Emr.Cluster cluster, Clock clock) {
    return new TransientCluster(
        open(emr, EmrClients.Repeats.ALL),
        open(emr, EmrClients.Repeats.THROTTLED),
        emr,
        cluster,
        clock);
  }

  private static EmrClient open(Emr emr, EmrClients.Repeats repeats) {
    return EmrClients.open(EmrClient.builder(), emr.service(), emr.service().endpoint(), repeats);
  }

  @Override
  public String service() {
    return "EMR on EC2";
  }

  @Override
  public String runIs() {
    return "cluster";
  }

  @Override
  public List<String> remarks() {
    return List.of();
  }

  @Override
  public String start(Submission submission, Attempt attempt) {
    String name = attempt.name(submission);
    Optional<String> there = named(name);
    if (there.isPresent()) {
      return there.get();
    }
    try {
      return once.runJobFlow(ClusterRequest.of(Plan.of(emr, submission, attempt), cluster))
          .jobFlowId();
    } catch (SdkException e) {
      if (EmrFailures.isRefusal(e)) {
        throw EmrFailures.of(
            e,
            "%s: no cluster was created".formatted(submission.text()),
            ACTION + "RunJobFlow and iam:PassRole of its roles");
      }
      return named(name).orElseThrow(() -> doubtful(submission, name, e));
    }
  }

  private static AssayException doubtful(Submission submission, String name, SdkException e) {
    return new AssayException(
        ExitKind.OUTSIDE_UNAVAILABLE,
        "%s: EMR did not answer when it was asked for a cluster, and there is none named '%s' yet. Submit again: that looks for it first. Should it come nevertheless, it does its step and ends."
            .formatted(submission.text(), name),
        e);
  }

  private Optional<String> named(String name) {
    Instant from = clock.instant().minus(LOOK_BACK);
    return EmrFailures.ask(
        "clusters",
        ACTION + "ListClusters",
        () ->
            client.listClustersPaginator(r -> r.createdAfter(from)).clusters().stream()
                .filter(summary -> name.equals(summary.name()))
                .map(ClusterSummary::id)
                .findFirst());
  }

  @Override
  public Look look(String id) {
    Optional<Cluster> found = find(id);
    if (found.isEmpty()) {
      return new Look(Phase.GONE, "GONE", "");
    }
    Optional<StepStatus> step = step(id);
    ClusterState state = found.get().status().state();
    Phase phase = phase(state, step);
    String reason = reason(found.get());
    boolean begun = step.isPresent() && phase != Phase.WAITING;
    return new Look(
        phase,
        begun ? step.get().stateAsString() : found.get().status().stateAsString(),
        begun ? failure(step.get()).orElse(reason) : reason);
  }

  private static Phase phase(ClusterState state, Optional<StepStatus> step) {
    boolean over = OVER.contains(state);
    if (step.isEmpty()) {
      return over ? Phase.FAILED : Phase.WAITING;
    }
    return switch (step.get().state()) {
      case COMPLETED -> Phase.SUCCEEDED;
      case FAILED, INTERRUPTED -> Phase.FAILED;
      case CANCELLED -> Phase.CANCELLED;
      case PENDING -> over ? Phase.FAILED : Phase.WAITING;
      case RUNNING, CANCEL_PENDING, UNKNOWN_TO_SDK_VERSION -> over ? Phase.FAILED : Phase.RUNNING;
    };
  }

  private static Optional<String> failure(StepStatus step) {
    return Optional.ofNullable(step.failureDetails())
        .flatMap(details -> Optional.ofNullable(details.message()))
        .or(
            () ->
                Optional.ofNullable(step.stateChangeReason())
                    .flatMap(reason -> Optional.ofNullable(reason.message())));
  }

  private static String reason(Cluster found) {
    return Optional.ofNullable(found.status().stateChangeReason())
        .flatMap(reason -> Optional.ofNullable(reason.message()))
        .orElse("");
  }

  private Optional<Cluster> find(String id) {
    return EmrFailures.ask(
        "cluster " + id,
        ACTION + "DescribeCluster",
        () -> {
          try {
            return Optional.of(client.describeCluster(r -> r.clusterId(id)).cluster());
          } catch (InvalidRequestException e) {
            return Optional.empty();
          }
        });
  }

  private Optional<StepStatus> step(String id) {
    return EmrFailures.ask(
        "cluster " + id,
        ACTION + "ListSteps",
        () ->
            client.listStepsPaginator(r -> r.clusterId(id)).steps().stream()
                .map(StepSummary::status)
                .findFirst());
  }

  @Override
  public void cancel(String id) {
    terminate(id);
  }

  private void terminate(String id) {
    EmrFailures.ask(
        "cluster " + id,
        ACTION + "TerminateJobFlows",
        () -> client.terminateJobFlows(r -> r.jobFlowIds(id)));
  }

  @Override
  public boolean goesOnAlone() {
    return false;
  }

  /** Never fails: the cluster ends with its step, and else when it has nothing to do. */
  @Override
  public void release(String id) {
    try {
      if (find(id).filter(found -> !OVER.contains(found.status().state())).isPresent()) {
        terminate(id);
      }
    } catch (AssayException e) {
      LOG.warn(
          "Cluster {} could not be ended ({}); it ends with its step, and after {} min without work",
          id,
          e.getMessage(),
          cluster.idle().toMinutes());
    }
  }

  @Override
  public Optional<Usage> usage(String id) {
    List<Instance> instances =
        EmrFailures.ask(
            "cluster " + id,
            ACTION + "ListInstances",
            () ->
                client.listInstancesPaginator(r -> r.clusterId(id)).instances().stream().toList());
    List<Usage.Instances> times = new ArrayList<>();
    for (Instance instance : instances) {
      InstanceTimeline timeline = instance.status().timeline();
      if (timeline == null || timeline.endDateTime() == null) {
        return Optional.empty();
      }
      boolean spot = instance.market() == MarketType.SPOT;
      Duration time = Duration.between(timeline.creationDateTime(), timeline.endDateTime());
      times.add(new Usage.Instances(instance.instanceType(), spot, time));
    }
    return Optional.of(Usage.ofInstances(InstanceTimes.added(times), emr.prices()));
  }

  @Override
  public String logs(String id) {
    return emr.logs()
        .map(logs -> "%s/%s/".formatted(logs.replaceAll("/+$", ""), id))
        .orElse("aws emr describe-cluster --cluster-id " + id);
  }

  @Override
  public void close() {
    client.close();
    once.close();
  }
}
