package dev.assay.sending.sns;

import dev.assay.model.job.SendChannel;
import dev.assay.sending.Channel;
import dev.assay.sending.Outgoing;
import dev.assay.sending.SendOutcome;
import dev.assay.sending.aws.AwsClients;
import dev.assay.sending.aws.AwsFailures;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishRequest;

/**
 * Publishes each message to a topic, whose subscribers deliver it: the text as the body; address,
 * delivery key and campaign as attributes. A FIFO topic drops repeats of a delivery key for five
 * minutes; another topic passes them on.
 */
public final class TopicChannel implements Channel {
  private static final int LARGEST_BYTES = 262_144;

  private final SnsClient client;
  private final SendChannel.Topic settings;
  private final boolean fifo;

  /**
   * @param client sends each request once
   */
  public TopicChannel(SnsClient client, SendChannel.Topic settings) {
    this.client = client;
    this.settings = settings;
    this.fifo = settings.arn().endsWith(".fifo");
  }

  /** With the credentials of the environment. */
  public static TopicChannel open(SendChannel.Topic settings, Optional<String> usualRegion) {
    return new TopicChannel(
        AwsClients.open(SnsClient.builder(), settings.where(), usualRegion), settings);
  }

  @Override
  public SendOutcome send(Outgoing message) {
    Map<String, String> attributes = new HashMap<>();
    attributes.put("address", message.address());
    attributes.put("delivery-key", message.deliveryKey());
    if (!message.campaign().isEmpty()) {
      attributes.put("campaign", message.campaign());
    }
    if (message.text().isBlank() || bytes(message.text(), attributes) > LARGEST_BYTES) {
      return SendOutcome.Refused.forGood(
          "the text is empty or larger than %d bytes".formatted(LARGEST_BYTES));
    }
    PublishRequest.Builder request =
        PublishRequest.builder()
            .topicArn(settings.arn())
            .message(message.text())
            .messageAttributes(values(attributes));
    if (fifo) {
      request.messageGroupId(message.deliveryKey()).messageDeduplicationId(message.deliveryKey());
    }
    try {
      return new SendOutcome.Sent(client.publish(request.build()).messageId());
    } catch (SdkException e) {
      return AwsFailures.outcome("Amazon SNS", e, answer -> Optional.empty());
    }
  }

  private static int bytes(String text, Map<String, String> attributes) {
    int bytes = size(text);
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      bytes += size(attribute.getKey()) + size("String") + size(attribute.getValue());
    }
    return bytes;
  }

  private static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  static Map<String, MessageAttributeValue> values(Map<String, String> attributes) {
    Map<String, MessageAttributeValue> values = new HashMap<>();
    attributes.forEach(
        (name, value) ->
            values.put(
                name,
                MessageAttributeValue.builder().dataType("String").stringValue(value).build()));
    return values;
  }

  @Override
  public Repeats repeats() {
    return fifo ? Repeats.SOON : Repeats.NEVER;
  }

  @Override
  public void close() {
    client.close();
  }
}
