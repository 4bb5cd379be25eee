package dev.assay.publishing.sns;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.aws.Clients;
import dev.assay.cli.Moto;
import dev.assay.model.RunState;
import dev.assay.model.job.AwsPlace;
import dev.assay.model.job.Publishing;
import dev.assay.publishing.Announcement;
import dev.assay.publishing.Destination;
import dev.assay.publishing.SomeRuns;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Notices through a topic of moto's, to a queue that asked for some of them. */
class TopicDestinationIT {
  @TempDir Path folder;

  private Moto moto;
  private AwsPlace place = AwsPlace.USUAL;
  private SnsClient sns;
  private SqsClient sqs;
  private String queue = "";

  @BeforeEach
  void start() throws Exception {
    moto = Moto.start(folder.resolve("moto.log"));
    place =
        new AwsPlace(
            Optional.of("us-east-1"),
            Optional.of(URI.create(moto.endpoint())),
            Optional.empty(),
            Optional.empty());
    sns = Clients.open(SnsClient.builder(), place);
    sqs = Clients.open(SqsClient.builder(), place);
  }

  @AfterEach
  void stop() throws InterruptedException {
    sns.close();
    sqs.close();
    moto.close();
  }

  @Test
  void aSubscriptionGetsExactlyTheNoticesItAskedFor() throws Exception {
    Destination topic =
        topic("quality", Map.of(), "{\"eventType\":[\"held\"],\"table\":[\"trips\"]}");

    deliver(
        topic,
        RunState.HELD,
        "0190c6f0-1",
        "{\"detail\":{\"state\":\"FAILED\",\"events\":[\"held\"]}}");
    deliver(
        topic,
        RunState.PUBLISHED,
        "0190c6f0-2",
        "{\"detail\":{\"state\":\"SUCCEEDED\",\"events\":[\"restricted_messages\",\"score_dropped\"]}}");

    List<JsonNode> got = received();
    assertThat(got).hasSize(1);
    JsonNode attributes = got.get(0).path("MessageAttributes");
    assertThat(attributes.path("state").path("Value").asText()).isEqualTo("FAILED");
    assertThat(attributes.path("score").path("Value").asText()).isEqualTo("98.765432");
    assertThat(attributes.path("key").path("Value").asText()).hasSize(64);
    assertThat(got.get(0).path("Message").asText()).contains("\"held\"");
  }

  @Test
  void aFifoTopicGetsTheTableAsGroupAndTheKeyAsDeduplicationId() throws Exception {
    Destination topic =
        topic("quality.fifo", Map.of("FifoTopic", "true"), "{\"state\":[\"FAILED\"]}");

    deliver(
        topic,
        RunState.HELD,
        "0190c6f0-1",
        "{\"detail\":{\"state\":\"FAILED\",\"events\":[\"held\"]}}");

    assertThat(received()).hasSize(1);
  }

  @Test
  void aTopicThatIsNotThereIsRefused() {
    Destination topic =
        TopicDestination.open(
            new Publishing.Topic("arn:aws:sns:us-east-1:123456789012:nowhere", place));

    Destination.Outcome outcome =
        topic.deliver(
            SomeRuns.announced(
                Announcement.Kind.HELD, SomeRuns.run(SomeRuns.TRIPS, "r", RunState.HELD, 0)),
            "{\"detail\":{\"state\":\"FAILED\",\"events\":[\"held\"]}}",
            new Destination.Attempt("k", false));

    assertThat(outcome).isInstanceOf(Destination.Outcome.Refused.class);
  }

  private Destination topic(String name, Map<String, String> kind, String filter) {
    String topic = sns.createTopic(r -> r.name(name).attributes(kind)).topicArn();
    Map<software.amazon.awssdk.services.sqs.model.QueueAttributeName, String> fifo =
        kind.isEmpty()
            ? Map.of()
            : Map.of(
                software.amazon.awssdk.services.sqs.model.QueueAttributeName.FIFO_QUEUE, "true");
    queue = sqs.createQueue(r -> r.queueName(name).attributes(fifo)).queueUrl();
    sns.subscribe(
        r ->
            r.topicArn(topic)
                .protocol("sqs")
                .endpoint("arn:aws:sqs:us-east-1:123456789012:" + name)
                .attributes(Map.of("FilterPolicy", filter)));
    return TopicDestination.open(new Publishing.Topic(topic, place));
  }

  private static void deliver(Destination topic, RunState state, String id, String body) {
    Announcement announcement =
        SomeRuns.announced(
            state == RunState.HELD ? Announcement.Kind.HELD : Announcement.Kind.NOTICE,
            SomeRuns.run(SomeRuns.TRIPS, id, state, 0));
    assertThat(
            topic.deliver(announcement, body, new Destination.Attempt(announcement.key(), false)))
        .isInstanceOf(Destination.Outcome.Delivered.class);
  }

  private List<JsonNode> received() {
    return sqs.receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10)).messages().stream()
        .map(message -> read(message.body()))
        .toList();
  }

  private static JsonNode read(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
