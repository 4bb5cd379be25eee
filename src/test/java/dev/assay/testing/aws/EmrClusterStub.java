package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A server that answers like EMR on EC2, with clusters of one step. The step is a state further
 * with every look at it; a step that ends ends its cluster, as its request says. moto's clusters
 * take no step any further. Not modelled: instance fleets, scaling, Spot interruptions.
 */
public final class EmrClusterStub implements AutoCloseable {
  private final List<Cluster> clusters = new ArrayList<>();
  private final StubServer server;
  private List<String> states = List.of("PENDING", "RUNNING", "COMPLETED");
  private Consumer<List<String>> atEnd = arguments -> {};

  private static final class Cluster {
    private final String id;
    private final ObjectNode request;
    private final Instant created = Instant.now();
    private int looks;
    private boolean stepEnded;
    private boolean terminated;

    private Cluster(String id, ObjectNode request) {
      this.id = id;
      this.request = request;
    }
  }

  private EmrClusterStub(RecordedRequests requests) throws IOException {
    this.server = StubServer.start("emr", requests, this::handle);
  }

  /** Starts a stub on a free port. */
  public static EmrClusterStub start(RecordedRequests requests) throws IOException {
    return new EmrClusterStub(requests);
  }

  public URI endpoint() {
    return server.endpoint();
  }

  public Faults faults() {
    return server.faults();
  }

  /**
   * What becomes of the steps of all clusters.
   *
   * @param states the last one stays
   * @param atEnd called with the step's arguments when its last state is reached
   */
  public synchronized void steps(List<String> states, Consumer<List<String>> atEnd) {
    this.states = List.copyOf(states);
    this.atEnd = atEnd;
  }

  /** How many clusters were created: each costs money. */
  public synchronized int paid() {
    return clusters.size();
  }

  /** How many of them cost money still. */
  public synchronized long alive() {
    return clusters.stream().filter(cluster -> !cluster.terminated).count();
  }

  private synchronized JsonNode handle(ModelledRequest request) {
    return switch (request.operation()) {
      case "RunJobFlow" -> run(request.input());
      case "ListClusters" -> list();
      case "DescribeCluster" ->
          RequestProtocol.JSON
              .createObjectNode()
              .set("Cluster", summary(cluster(request.text("ClusterId"))));
      case "ListSteps" -> steps(cluster(request.text("ClusterId")));
      case "ListInstances" -> instances(cluster(request.text("ClusterId")));
      case "TerminateJobFlows" -> {
        request.input().path("JobFlowIds").forEach(id -> cluster(id.asText()).terminated = true);
        yield RequestProtocol.JSON.createObjectNode();
      }
      default -> throw server.unknown(request);
    };
  }

  private ObjectNode run(ObjectNode input) {
    Cluster cluster =
        new Cluster(String.format(Locale.ROOT, "j-%04d", clusters.size()), input.deepCopy());
    clusters.add(cluster);
    return RequestProtocol.JSON
        .createObjectNode()
        .put("JobFlowId", cluster.id)
        .put("ClusterArn", "arn:aws:elasticmapreduce:us-east-1:123456789012:cluster/" + cluster.id);
  }

  private ObjectNode list() {
    ObjectNode answer = RequestProtocol.JSON.createObjectNode();
    ArrayNode found = answer.putArray("Clusters");
    clusters.forEach(cluster -> found.add(summary(cluster)));
    return answer;
  }

  private ObjectNode summary(Cluster cluster) {
    ObjectNode summary = RequestProtocol.JSON.createObjectNode();
    summary.put("Id", cluster.id).put("Name", cluster.request.path("Name").asText());
    ObjectNode status = summary.putObject("Status");
    status.put("State", cluster.terminated ? "TERMINATED" : "RUNNING");
    status.putObject("StateChangeReason").put("Message", cluster.terminated ? "ended" : "");
    return summary;
  }

  private ObjectNode steps(Cluster cluster) {
    String planned = states.get(Math.min(cluster.looks, states.size() - 1));
    cluster.looks++;
    boolean over = List.of("COMPLETED", "FAILED").contains(planned);
    if (over && !cluster.terminated && !cluster.stepEnded) {
      cluster.stepEnded = true;
      List<String> arguments = new ArrayList<>();
      cluster.request.at("/Steps/0/HadoopJarStep/Args").forEach(arg -> arguments.add(arg.asText()));
      atEnd.accept(arguments);
    }
    ObjectNode answer = RequestProtocol.JSON.createObjectNode();
    ObjectNode step =
        answer.putArray("Steps").addObject().put("Id", "s-1").put("Name", "assay run");
    ObjectNode status = step.putObject("Status");
    status.put("State", cluster.terminated && !cluster.stepEnded ? "CANCELLED" : planned);
    if (planned.equals("FAILED")) {
      status.putObject("FailureDetails").put("Message", "Exception in thread main");
    }
    return answer;
  }

  private ObjectNode instances(Cluster cluster) {
    ObjectNode answer = RequestProtocol.JSON.createObjectNode();
    ArrayNode instances = answer.putArray("Instances");
    for (JsonNode group : cluster.request.at("/Instances/InstanceGroups")) {
      for (int i = 0; i < group.path("InstanceCount").asInt(); i++) {
        ObjectNode instance = instances.addObject();
        instance.put("InstanceType", group.path("InstanceType").asText());
        instance.put("Market", group.path("Market").asText());
        ObjectNode timeline = instance.putObject("Status").putObject("Timeline");
        timeline.put("CreationDateTime", ClassificationJob.seconds(cluster.created));
        if (cluster.terminated) {
          Instant ended = cluster.created.plus(Duration.ofMinutes(30));
          timeline.put("EndDateTime", ClassificationJob.seconds(ended));
        }
      }
    }
    return answer;
  }

  private Cluster cluster(String id) {
    return clusters.stream()
        .filter(cluster -> cluster.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new StubError(
                    400,
                    "InvalidRequestException",
                    "there is no such cluster",
                    Map.of("ErrorCode", "NoSuchCluster")));
  }

  @Override
  public void close() {
    server.close();
  }
}
