package dev.assay.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.cli.Moto;
import dev.assay.model.job.AwsPlace;
import dev.assay.testing.aws.RecordedRequests;
import dev.assay.testing.aws.RecordingProxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;

/** Services in another account, by a role that is assumed there. */
class ClientsIT {
  private static final String ROLE = "arn:aws:iam::210987654321:role/publisher";

  @RegisterExtension final RecordedRequests requests = new RecordedRequests();
  @TempDir private Path folder;

  @Test
  void whatIsSentToAnotherAccountIsSignedByTheRoleThatWasAssumedThere() throws Exception {
    try (Moto moto = Moto.start(folder.resolve("moto.log"));
        RecordingProxy proxy = RecordingProxy.start(URI.create(moto.endpoint()), requests);
        SnsClient sns = Clients.open(SnsClient.builder(), place(proxy.endpoint(), ROLE))) {
      String topic = sns.createTopic(r -> r.name("quality")).topicArn();
      sns.publish(r -> r.topicArn(topic).message("{}"));

      // the account that moto makes things in is the one of the credentials
      assertThat(topic).isEqualTo("arn:aws:sns:us-east-1:210987654321:quality");
      assertThat(requests.of("sts", "AssumeRole"))
          .singleElement()
          .satisfies(
              assumed -> {
                assertThat(assumed.text("RoleArn")).isEqualTo(ROLE);
                assertThat(assumed.text("RoleSessionName")).isEqualTo("assay");
              });
      assertThat(requests.of("sns", "Publish")).hasSize(1);
    }
  }

  @Test
  void aRoleThatCannotBeAssumedFailsTheCallAndTellsNoSecret() throws Exception {
    try (Moto moto = Moto.start(folder.resolve("moto.log"))) {
      URI nobody = URI.create("http://127.0.0.1:9");
      AwsPlace place =
          new AwsPlace(
              Optional.of("us-east-1"),
              Optional.of(URI.create(moto.endpoint())),
              Optional.of(ROLE),
              Optional.of(nobody));
      try (SnsClient sns = Clients.open(SnsClient.builder(), place)) {
        assertThatThrownBy(() -> sns.publish(r -> r.topicArn("arn:aws:sns:x").message("text")))
            .isInstanceOfSatisfying(
                SdkException.class,
                failure ->
                    assertThat(AwsFailures.explain("SNS", "publishing", failure))
                        .hasMessageContaining("SNS does not answer (publishing)"));
      }
    }
  }

  private static AwsPlace place(URI endpoint, String role) {
    return new AwsPlace(
        Optional.of("us-east-1"), Optional.of(endpoint), Optional.of(role), Optional.of(endpoint));
  }
}
