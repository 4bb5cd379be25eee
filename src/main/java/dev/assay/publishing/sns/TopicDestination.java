package dev.assay.publishing.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.aws.Clients;
import dev.assay.model.job.Publishing;
import dev.assay.publishing.Announcement;
import dev.assay.publishing.Destination;
import dev.assay.publishing.aws.Answers;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/**
 * Notices to a topic, at least once: a FIFO topic drops repeats of five minutes by their
 * deduplication id, and every notice carries its key as an attribute, by which a subscriber knows a
 * repeat. Attributes for filter policies: {@code eventType} (a list), {@code contract} (a list of
 * those that are broken), {@code state}, {@code database}, {@code table}, {@code key}, and {@code
 * score} (0 to 100) where there is one.
 */
public final class TopicDestination implements Destination {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TEXT = "String";

  private final SnsClient client;
  private final String topic;

  TopicDestination(SnsClient client, String topic) {
    this.client = client;
    this.topic = topic;
  }

  public static Destination open(Publishing.Topic topic) {
    return new TopicDestination(Clients.open(SnsClient.builder(), topic.place()), topic.arn());
  }

  @Override
  public String name() {
    return "sns";
  }

  @Override
  public boolean takes(Announcement.Kind kind) {
    return kind.notice();
  }

  @Override
  public Outcome deliver(Announcement announcement, String body, Attempt attempt) {
    PublishRequest.Builder request =
        PublishRequest.builder()
            .topicArn(topic)
            .message(body)
            .messageAttributes(attributes(announcement, body));
    if (topic.endsWith(".fifo")) {
      request
          .messageGroupId(announcement.table().toString())
          .messageDeduplicationId(attempt.token());
    }
    try {
      return new Outcome.Delivered(client.publish(request.build()).messageId());
    } catch (SdkException e) {
      return Answers.of("SNS", e);
    }
  }

  private static Map<String, MessageAttributeValue> attributes(
      Announcement announcement, String body) {
    JsonNode detail = read(body).path("detail");
    Map<String, MessageAttributeValue> attributes = new LinkedHashMap<>();
    attributes.put("eventType", value("String.Array", detail.path("events").toString()));
    if (detail.has("contracts")) {
      attributes.put("contract", value("String.Array", detail.path("contracts").toString()));
    }
    attributes.put("state", value(TEXT, detail.path("state").asText()));
    attributes.put("database", value(TEXT, announcement.table().layer()));
    attributes.put("table", value(TEXT, announcement.table().name()));
    attributes.put("key", value(TEXT, announcement.key()));
    announcement
        .run()
        .score()
        .value()
        .ifPresent(
            score ->
                attributes.put(
                    "score", value("Number", score.stripTrailingZeros().toPlainString())));
    return attributes;
  }

  private static MessageAttributeValue value(String type, String text) {
    return MessageAttributeValue.builder().dataType(type).stringValue(text).build();
  }

  private static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a notice that is no JSON", e);
    }
  }
}
