package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Endpoints of classifiers.
 *
 * <p>Modelled: statuses, the request token, names that are taken, at most ten endpoints of at most
 * ten units, lists, tags at creation. An endpoint that is being updated goes on answering; a
 * deleted one is gone at once, unless the test says how slowly. Not modelled: FAILED, filters of
 * lists, other changes of tags, and that units set the quota; see {@link ComprehendRealTime#quota}.
 */
public final class ComprehendEndpoints {
  private static final int AT_MOST = 10;
  private static final int UNITS_AT_MOST = 10;
  private static final String ARN = "EndpointArn";
  private static final String MODEL = "ModelArn";
  private static final String UNITS = "DesiredInferenceUnits";

  private final ComprehendClassifiers classifiers;
  private final Clock clock;
  private final Map<String, Endpoint> byArn = new LinkedHashMap<>();
  private final Map<String, Lifecycle> deleting = new HashMap<>();
  private Progress progress = Progress.everyDescriptions(1);
  private Progress deletion = Progress.atOnce();

  /** Current are the model and the units until the lifecycle is over, then the desired ones. */
  private record Endpoint(
      ObjectNode request,
      String currentModel,
      int currentUnits,
      String desiredModel,
      int desiredUnits,
      Lifecycle lifecycle,
      Instant created,
      Instant modified) {}

  ComprehendEndpoints(ComprehendClassifiers classifiers, Clock clock) {
    this.classifiers = classifiers;
    this.clock = clock;
  }

  /** How fast endpoints created or updated from now on are in service. */
  public synchronized void progress(Progress progress) {
    this.progress = progress;
  }

  /** How fast endpoints deleted from now on are gone. */
  public synchronized void deletion(Progress progress) {
    this.deletion = progress;
  }

  /** ARNs of the endpoints that are there and cost money, in the order they were created. */
  public synchronized List<String> paid() {
    return List.copyOf(byArn.keySet());
  }

  synchronized boolean isInService(String arn) {
    return arn.equals(ComprehendStub.ENDPOINT)
        || (byArn.containsKey(arn)
            && !deleting.containsKey(arn)
            && !byArn.get(arn).lifecycle().status().equals("CREATING"));
  }

  synchronized ObjectNode create(ModelledRequest request) {
    String arn = ComprehendArns.of("document-classifier-endpoint", request.text("EndpointName"));
    String model = request.text(MODEL);
    int units = request.input().path(UNITS).asInt();
    Endpoint existing = byArn.get(arn);
    if (existing == null) {
      check(model, units);
      if (byArn.size() >= AT_MOST) {
        throw StubError.refused(
            "ResourceLimitExceededException", "%d endpoints are there".formatted(AT_MOST));
      }
      Instant now = clock.instant();
      Lifecycle lifecycle = new Lifecycle(progress, List.of("CREATING", "IN_SERVICE"));
      byArn.put(
          arn,
          new Endpoint(
              request.input().deepCopy(), model, units, model, units, lifecycle, now, now));
    } else if (!existing.request().equals(request.input())) {
      throw StubError.refused("ResourceInUseException", "%s is there already".formatted(arn));
    }
    return RequestProtocol.JSON.createObjectNode().put(ARN, arn).put(MODEL, model);
  }

  synchronized ObjectNode update(ModelledRequest request) {
    Endpoint endpoint = find(request);
    boolean settled = endpoint.lifecycle().isOver();
    if (!settled) {
      throw StubError.refused("ResourceInUseException", "the endpoint is not in service");
    }
    String model =
        request.input().has("DesiredModelArn")
            ? request.text("DesiredModelArn")
            : endpoint.desiredModel();
    int units = request.input().path(UNITS).asInt(endpoint.desiredUnits());
    check(model, units);
    byArn.put(
        request.text(ARN),
        new Endpoint(
            endpoint.request(),
            endpoint.desiredModel(),
            endpoint.desiredUnits(),
            model,
            units,
            new Lifecycle(progress, List.of("UPDATING", "IN_SERVICE")),
            endpoint.created(),
            clock.instant()));
    return RequestProtocol.JSON.createObjectNode().put("DesiredModelArn", model);
  }

  synchronized ObjectNode describe(ModelledRequest request) {
    String arn = request.text(ARN);
    if (deleting.containsKey(arn)) {
      deleting.get(arn).describe();
      forgetDeleted();
    }
    Endpoint endpoint = find(request);
    endpoint.lifecycle().describe();
    return RequestProtocol.JSON
        .createObjectNode()
        .set("EndpointProperties", properties(arn, endpoint));
  }

  synchronized ObjectNode list(ModelledRequest request) {
    forgetDeleted();
    return Pages.of(
        request,
        "EndpointPropertiesList",
        byArn.entrySet().stream()
            .map(entry -> properties(entry.getKey(), entry.getValue()))
            .toList());
  }

  synchronized ObjectNode tags(ModelledRequest request) {
    String arn = request.text("ResourceArn");
    if (!byArn.containsKey(arn)) {
      throw StubError.refused("ResourceNotFoundException", "there is no " + arn);
    }
    ObjectNode answer = RequestProtocol.JSON.createObjectNode().put("ResourceArn", arn);
    ArrayNode tags = answer.putArray("Tags");
    byArn.get(arn).request().path("Tags").forEach(tags::add);
    return answer;
  }

  private void forgetDeleted() {
    deleting
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = entry.getValue().isOver();
              if (gone) {
                byArn.remove(entry.getKey());
              }
              return gone;
            });
  }

  private ObjectNode properties(String arn, Endpoint endpoint) {
    boolean settled = endpoint.lifecycle().isOver();
    return RequestProtocol.JSON
        .createObjectNode()
        .put(ARN, arn)
        .put("Status", deleting.containsKey(arn) ? "DELETING" : endpoint.lifecycle().status())
        .put(MODEL, settled ? endpoint.desiredModel() : endpoint.currentModel())
        .put("DesiredModelArn", endpoint.desiredModel())
        .put(UNITS, endpoint.desiredUnits())
        .put("CurrentInferenceUnits", settled ? endpoint.desiredUnits() : endpoint.currentUnits())
        .put("CreationTime", ClassificationJob.seconds(endpoint.created()))
        .put("LastModifiedTime", ClassificationJob.seconds(endpoint.modified()));
  }

  synchronized ObjectNode delete(ModelledRequest request) {
    find(request);
    if (deleting.containsKey(request.text(ARN))) {
      throw StubError.refused("ResourceInUseException", "the endpoint is being deleted");
    }
    deleting.put(request.text(ARN), new Lifecycle(deletion, List.of("DELETING", "GONE")));
    forgetDeleted();
    return RequestProtocol.JSON.createObjectNode();
  }

  private void check(String model, int units) {
    if (!classifiers.exists(model)) {
      throw StubError.refused("ResourceNotFoundException", "there is no " + model);
    }
    if (!classifiers.isUsable(model)) {
      throw StubError.refused("ResourceUnavailableException", "%s is not trained".formatted(model));
    }
    if (units > UNITS_AT_MOST) {
      throw StubError.refused(
          "ResourceLimitExceededException", "at most %d units".formatted(UNITS_AT_MOST));
    }
  }

  private Endpoint find(ModelledRequest request) {
    Endpoint endpoint = byArn.get(request.text(ARN));
    if (endpoint == null) {
      throw StubError.refused("ResourceNotFoundException", "there is no " + request.text(ARN));
    }
    return endpoint;
  }
}
