package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Classifiers and their training.
 *
 * <p>Modelled: statuses, the request token, names that are taken, metrics as planned, times of
 * training, lists by name, stopping, which is over at once. Not modelled: reading the training
 * data, limits on it, tags, policies, deleting, other filters.
 */
public final class ComprehendClassifiers {
  private static final Set<String> USABLE = Set.of("TRAINED", "TRAINED_WITH_WARNING");

  private final Clock clock;
  private final Map<String, Classifier> byArn = new LinkedHashMap<>();
  private final Set<String> stopped = new HashSet<>();
  private TrainingPlan plan = TrainingPlan.trained();

  private record Classifier(
      ObjectNode request, TrainingPlan plan, Lifecycle lifecycle, Instant submitted) {}

  ComprehendClassifiers(Clock clock) {
    this.clock = clock;
  }

  /** What becomes of classifiers created from now on. */
  public synchronized void training(TrainingPlan plan) {
    this.plan = plan;
  }

  /** How many trainings were started: each costs money. */
  public synchronized int paid() {
    return byArn.size();
  }

  /** Whether there is such a classifier, and it can be used. */
  synchronized boolean isUsable(String arn) {
    return arn.equals(ComprehendStub.CLASSIFIER)
        || (byArn.containsKey(arn) && USABLE.contains(status(arn)));
  }

  synchronized boolean exists(String arn) {
    return arn.equals(ComprehendStub.CLASSIFIER) || byArn.containsKey(arn);
  }

  synchronized ObjectNode create(ModelledRequest request) {
    String version = request.text("VersionName");
    String arn =
        ComprehendArns.of(
            "document-classifier",
            request.text("DocumentClassifierName")
                + (version.isEmpty() ? "" : "/version/" + version));
    if (exists(arn) && !isSame(arn, request)) {
      throw StubError.refused("ResourceInUseException", "%s is there already".formatted(arn));
    }
    byArn.computeIfAbsent(
        arn,
        key ->
            new Classifier(
                request.input().deepCopy(),
                plan,
                new Lifecycle(plan.progress(), List.of("SUBMITTED", "TRAINING", plan.ending())),
                clock.instant()));
    return RequestProtocol.JSON.createObjectNode().put("DocumentClassifierArn", arn);
  }

  synchronized ObjectNode describe(ModelledRequest request) {
    String arn = request.text("DocumentClassifierArn");
    Classifier classifier = byArn.get(arn);
    if (classifier == null) {
      throw StubError.refused("ResourceNotFoundException", "there is no " + arn);
    }
    classifier.lifecycle().describe();
    return RequestProtocol.JSON
        .createObjectNode()
        .set("DocumentClassifierProperties", properties(arn, classifier));
  }

  synchronized ObjectNode list(ModelledRequest request) {
    String name = request.input().path("Filter").path("DocumentClassifierName").asText();
    return Pages.of(
        request,
        "DocumentClassifierPropertiesList",
        byArn.entrySet().stream()
            .filter(
                entry ->
                    name.isEmpty()
                        || entry
                            .getValue()
                            .request()
                            .path("DocumentClassifierName")
                            .asText()
                            .equals(name))
            .map(entry -> properties(entry.getKey(), entry.getValue()))
            .toList());
  }

  synchronized ObjectNode stop(ModelledRequest request) {
    String arn = request.text("DocumentClassifierArn");
    if (!byArn.containsKey(arn)) {
      throw StubError.refused("ResourceNotFoundException", "there is no " + arn);
    }
    if (!byArn.get(arn).lifecycle().isOver()) {
      stopped.add(arn);
    }
    return RequestProtocol.JSON.createObjectNode();
  }

  private String status(String arn) {
    return stopped.contains(arn) ? "STOPPED" : byArn.get(arn).lifecycle().status();
  }

  private ObjectNode properties(String arn, Classifier classifier) {
    String status = status(arn);
    ObjectNode properties =
        RequestProtocol.JSON
            .createObjectNode()
            .put("DocumentClassifierArn", arn)
            .put("Status", status)
            .put("Mode", classifier.request().path("Mode").asText("MULTI_CLASS"))
            .put("SubmitTime", ClassificationJob.seconds(classifier.submitted()));
    for (String member :
        List.of(
            "LanguageCode",
            "InputDataConfig",
            "OutputDataConfig",
            "DataAccessRoleArn",
            "VolumeKmsKeyId",
            "VpcConfig",
            "ModelKmsKeyId",
            "VersionName")) {
      if (classifier.request().has(member)) {
        properties.set(member, classifier.request().get(member).deepCopy());
      }
    }
    if (!status.equals("SUBMITTED")) {
      properties.put("TrainingStartTime", ClassificationJob.seconds(classifier.submitted()));
    }
    if (classifier.lifecycle().isOver() && !status.equals("STOPPED")) {
      properties.put("TrainingEndTime", ClassificationJob.seconds(clock.instant()));
      addResult(properties, classifier.plan());
    }
    return properties;
  }

  private boolean isSame(String arn, ModelledRequest request) {
    return byArn.containsKey(arn) && byArn.get(arn).request().equals(request.input());
  }

  private void addResult(ObjectNode properties, TrainingPlan result) {
    properties.put("EndTime", ClassificationJob.seconds(clock.instant()));
    if (!result.message().isEmpty()) {
      properties.put("Message", result.message());
    }
    if (USABLE.contains(result.ending())) {
      ObjectNode metadata =
          properties
              .putObject("ClassifierMetadata")
              .put("NumberOfLabels", result.labels())
              .put("NumberOfTrainedDocuments", result.trainedDocuments())
              .put("NumberOfTestDocuments", result.testDocuments());
      metadata.set("EvaluationMetrics", RequestProtocol.JSON.valueToTree(result.metrics()));
    }
  }
}
