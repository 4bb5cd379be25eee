package dev.assay.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.cli.Moto;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/** Real clients talk to moto through the proxy, and what they send is recorded and checked. */
@Tag("long")
class RecordingProxyIT {
  @TempDir static Path log;
  @RegisterExtension final RecordedRequests requests = new RecordedRequests();

  private static Moto moto;
  private RecordingProxy proxy;

  @BeforeAll
  static void startServer() throws IOException, InterruptedException {
    moto = Moto.start(log.resolve("moto.log"));
  }

  @AfterAll
  static void stopServer() throws InterruptedException {
    moto.close();
  }

  @BeforeEach
  void startProxy() throws IOException {
    proxy = RecordingProxy.start(URI.create(moto.endpoint()), requests);
  }

  @AfterEach
  void stopProxy() {
    proxy.close();
  }

  @Test
  void recordsAndHandsOnWhatClientsOfSeveralServicesSend() {
    try (SnsClient sns = TestClients.at(proxy.endpoint(), SnsClient.builder());
        GlueClient glue = TestClients.at(proxy.endpoint(), GlueClient.builder());
        S3Client s3 = TestClients.at(proxy.endpoint(), S3Client.builder().forcePathStyle(true))) {
      String topic = sns.createTopic(r -> r.name("scores")).topicArn();
      sns.publish(
          r ->
              r.topicArn(topic)
                  .message("a & ü")
                  .messageAttributes(
                      Map.of(
                          "state",
                          MessageAttributeValue.builder()
                              .dataType("String")
                              .stringValue("FAILED")
                              .build())));
      glue.createDatabase(r -> r.databaseInput(d -> d.name("silver")));
      s3.createBucket(r -> r.bucket("bucket"));
      s3.putObject(r -> r.bucket("bucket").key("a b/ü.txt"), RequestBody.fromString("text"));

      assertThat(s3.getObjectAsBytes(r -> r.bucket("bucket").key("a b/ü.txt")).asUtf8String())
          .isEqualTo("text");
      assertThat(glue.getDatabase(r -> r.name("silver")).database().name()).isEqualTo("silver");
    }

    assertThat(requests.violations()).isEmpty();
    ModelledRequest publish = requests.of("sns", "Publish").get(0);
    assertThat(publish.text("Message")).isEqualTo("a & ü");
    assertThat(publish.input().at("/MessageAttributes/state/StringValue").asText())
        .isEqualTo("FAILED");
    assertThat(requests.of("glue", "CreateDatabase")).hasSize(1);
    assertThat(requests.all()).extracting(RecordedRequests.Entry::service).contains("s3");
  }

  @Test
  void findsWhatMotoTakesAndTheServiceWouldNot() {
    try (GlueClient glue = TestClients.at(proxy.endpoint(), GlueClient.builder())) {
      glue.createDatabase(r -> r.databaseInput(d -> d.name("x".repeat(256))));
    }

    assertThatThrownBy(requests::assertValid)
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "1 violations of service models:%nCreateDatabase: DatabaseInput.Name has 256 characters; at most 255"
                .formatted());
    assertThat(requests.takeViolations()).hasSize(1);
  }

  @Test
  void reportsWhatMotoDoesNotHave() {
    try (GlueClient glue = TestClients.at(proxy.endpoint(), GlueClient.builder())) {
      assertThatThrownBy(() -> glue.searchTables(r -> r.searchText("a")))
          .isInstanceOf(GlueException.class);
    }

    assertThat(requests.takeViolations())
        .contains(
            new Violation(
                "SearchTables", "", "the server behind the proxy broke down with status 500"));
  }

  @Test
  void doesNotTakeWhatIsNotSigned() throws IOException, InterruptedException {
    HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(proxy.endpoint()).build(),
            HttpResponse.BodyHandlers.discarding());

    assertThat(requests.takeViolations())
        .containsExactly(new Violation("unknown operation", "", "the request is not signed"));
  }
}
