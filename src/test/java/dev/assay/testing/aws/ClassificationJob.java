package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;

/**
 * One batch job of the Comprehend stub. Its output is written when it is first seen to have ended.
 */
final class ClassificationJob {
  private static final Set<String> ACTIVE = Set.of("SUBMITTED", "IN_PROGRESS");

  private final int number;
  private final String id;
  private final ObjectNode request;
  private final JobPlan plan;
  private final Lifecycle lifecycle;
  private final Instant submitted;
  private Instant ended = Instant.MAX;
  private String failure = "";

  ClassificationJob(int number, ObjectNode request, JobPlan plan, Instant submitted) {
    this.number = number;
    this.id =
        UUID.nameUUIDFromBytes(("job " + number).getBytes(StandardCharsets.UTF_8))
            .toString()
            .replace("-", "");
    this.request = request;
    this.plan = plan;
    this.lifecycle =
        new Lifecycle(plan.progress(), List.of("SUBMITTED", "IN_PROGRESS", plan.ending()));
    this.submitted = submitted;
  }

  int number() {
    return number;
  }

  String id() {
    return id;
  }

  ObjectNode request() {
    return request;
  }

  Instant submitted() {
    return submitted;
  }

  String status() {
    return failure.isEmpty() ? lifecycle.status() : "FAILED";
  }

  boolean isActive() {
    return ACTIVE.contains(status());
  }

  void describe() {
    lifecycle.describe();
  }

  String arn() {
    return ComprehendArns.of("document-classification-job", id);
  }

  String outputAddress() {
    String prefix = request.path("OutputDataConfig").path("S3Uri").asText();
    return "%s%s%s-CLN-%s/output/output.tar.gz"
        .formatted(prefix, prefix.endsWith("/") ? "" : "/", ComprehendArns.ACCOUNT, id);
  }

  /** Does what is left to do once the job has ended. */
  void settle(Scores scores, ObjectStorage storage, Clock clock) {
    if (isActive() || !ended.equals(Instant.MAX)) {
      return;
    }
    ended = clock.instant();
    if (!status().equals("COMPLETED")) {
      return;
    }
    String input = request.path("InputDataConfig").path("S3Uri").asText();
    boolean onePerLine =
        request
            .path("InputDataConfig")
            .path("InputFormat")
            .asText("ONE_DOC_PER_LINE")
            .equals("ONE_DOC_PER_LINE");
    try {
      SortedMap<String, byte[]> objects = storage.read(input);
      if (objects.isEmpty()) {
        failure = "NO_READ_ACCESS_TO_INPUT: there is nothing at " + input;
        return;
      }
      storage.write(
          outputAddress(),
          new JobOutput(scores, plan).pack(JobOutput.documents(objects, onePerLine)));
    } catch (RuntimeException e) {
      failure = "INTERNAL_SERVER_ERROR: " + e.getMessage();
    }
  }

  ObjectNode properties() {
    ObjectNode properties =
        RequestProtocol.JSON
            .createObjectNode()
            .put("JobId", id)
            .put("JobArn", arn())
            .put("JobStatus", status())
            .put("SubmitTime", seconds(submitted));
    if (!ended.equals(Instant.MAX)) {
      properties.put("EndTime", seconds(ended));
      String message = failure.isEmpty() ? plan.message() : failure;
      if (!message.isEmpty()) {
        properties.put("Message", message);
      }
    }
    for (String member :
        List.of(
            "JobName",
            "DocumentClassifierArn",
            "InputDataConfig",
            "OutputDataConfig",
            "DataAccessRoleArn",
            "VolumeKmsKeyId",
            "VpcConfig",
            "FlywheelArn")) {
      if (request.has(member)) {
        properties.set(member, request.get(member).deepCopy());
      }
    }
    properties.withObject("/OutputDataConfig").put("S3Uri", outputAddress());
    return properties;
  }

  static BigDecimal seconds(Instant instant) {
    return BigDecimal.valueOf(instant.toEpochMilli()).movePointLeft(3);
  }
}
