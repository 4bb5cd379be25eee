package dev.assay.messages.comprehend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.messages.comprehend.EndpointOwner.Costs;
import dev.assay.messages.comprehend.EndpointOwner.Endpoint;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.testing.aws.ComprehendStub;
import dev.assay.testing.aws.Fault;
import dev.assay.testing.aws.Progress;
import dev.assay.testing.aws.RecordedRequests;
import dev.assay.testing.aws.TestClients;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.comprehend.ComprehendClient;

class EndpointOwnerIT {
  private static final String COSTS =
      "An endpoint of 2 inference units costs 3.60 USD an hour, 86.40 USD a day (prices in USD of 2026-11-01 for us-east-1) from its creation to its deletion, asked or not. Delete it when it is no longer needed.";

  @RegisterExtension final RecordedRequests requests = new RecordedRequests();

  private final List<String> progress = new ArrayList<>();
  private ComprehendStub stub;

  @BeforeEach
  void start() throws IOException {
    stub = ComprehendStub.start(requests);
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  @Test
  void needsSomebodyWhoAcceptsTheCosts() {
    assertThatThrownBy(
            () -> owner().create("sms", Settings.CLASSIFIER, 2, Costs.NOT_ACCEPTED, progress::add))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.kind()).isEqualTo(ExitKind.USAGE))
        .hasMessage("Endpoint sms was not created: nobody has accepted its costs. " + COSTS);
    assertThat(requests.of("comprehend", "CreateEndpoint")).isEmpty();
  }

  @Test
  void createsOneHoweverOftenItIsCalled() {
    stub.endpoints().progress(Progress.everyDescriptions(2));
    stub.faults().next("CreateEndpoint", 1, Fault.dropAfterActing());

    String arn = create("sms", 2);
    // nothing new is paid, so nobody has to agree
    String again = owner().create("sms", Settings.CLASSIFIER, 2, Costs.NOT_ACCEPTED, progress::add);

    assertThat(again).isEqualTo(arn);
    assertThat(stub.endpoints().paid()).containsExactly(arn);
    assertThat(progress)
        .containsExactly(COSTS, arn + ": CREATING", arn + ": IN_SERVICE", arn + ": IN_SERVICE");
  }

  @Test
  void doesNotTakeAnotherEndpointForIts() {
    create("sms", 2);

    assertThatThrownBy(() -> create("sms", 3))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.kind()).isEqualTo(ExitKind.USAGE))
        .hasMessage(
            "There is an endpoint sms already, of 2 inference units for %s. Expected none, or one of 3 units for %s. Take another name, or delete it first."
                .formatted(Settings.CLASSIFIER, Settings.CLASSIFIER));
  }

  @Test
  void deletesAndWaitsUntilItIsGone() {
    String arn = create("sms", 1);
    stub.endpoints().deletion(Progress.everyDescriptions(3));
    progress.clear();

    assertThat(owner().delete("sms", progress::add)).isTrue();

    assertThat(stub.endpoints().paid()).isEmpty();
    assertThat(progress).containsExactly(arn + ": DELETING");
    assertThat(owner().delete("sms", progress::add)).isFalse();
    assertThat(owner().delete(arn, progress::add)).isFalse();
    // a name can be used again
    assertThat(create("sms", 1)).isEqualTo(arn);
  }

  @Test
  void waitsForADeletionThatAnotherCallBegan() {
    String arn = create("sms", 1);
    stub.endpoints().deletion(Progress.everyDescriptions(2));
    assertThatThrownBy(
            () ->
                owner()
                    .delete(
                        arn,
                        line -> {
                          throw new IllegalStateException("killed");
                        }))
        .hasMessage("killed");

    assertThat(owner().delete("sms", progress::add)).isTrue();
    assertThat(requests.of("comprehend", "DeleteEndpoint")).hasSize(1);
  }

  @Test
  void aNameIsFreeWhenItsEndpointIsGone() {
    String arn = create("sms", 1);
    stub.endpoints().deletion(Progress.everyDescriptions(2));
    try (ComprehendClient client =
        TestClients.onceAt(stub.endpoint(), ComprehendClient.builder())) {
      client.deleteEndpoint(r -> r.endpointArn(arn));
    }

    assertThat(create("sms", 2)).isEqualTo(arn);

    assertThat(progress).contains(arn + ": DELETING", arn + ": IN_SERVICE");
    assertThat(owner().list()).extracting(Endpoint::units).containsExactly(2);
  }

  @Test
  void listsAndDeletesOnlyItsOwn() {
    create("b-second", 2);
    create("a-first", 1);
    try (ComprehendClient client =
        TestClients.onceAt(stub.endpoint(), ComprehendClient.builder())) {
      client.createEndpoint(
          r -> r.endpointName("foreign").modelArn(Settings.CLASSIFIER).desiredInferenceUnits(1));
    }

    assertThat(owner().list()).extracting(Endpoint::name).containsExactly("a-first", "b-second");
    assertThat(owner().list()).extracting(Endpoint::units).containsExactly(1, 2);
    assertThatThrownBy(() -> owner().delete("foreign", progress::add))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.kind()).isEqualTo(ExitKind.USAGE))
        .hasMessageEndingWith(
            "/foreign was not created by Assay (it has no tag assay=endpoint), and is not deleted. Delete it where it was created, or tag it.");
    assertThat(stub.endpoints().paid()).hasSize(3);
  }

  @Test
  void doesNotWaitForEver() {
    stub.endpoints().progress(Progress.never());
    EndpointOwner impatient =
        new EndpointOwner(Settings.at(stub.endpoint()), () -> waiting(Duration.ofMillis(100)));

    assertThatThrownBy(
            () -> impatient.create("sms", Settings.CLASSIFIER, 1, Costs.ACCEPTED, progress::add))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.kind()).isEqualTo(ExitKind.OUTSIDE_UNAVAILABLE))
        .hasMessageEndingWith(
            ": the endpoint is not in service within the longest wait; it is CREATING. It costs money: wait for it with the same call, or delete it.");
    assertThat(stub.endpoints().paid()).hasSize(1);
  }

  private String create(String name, int units) {
    return owner().create(name, Settings.CLASSIFIER, units, Costs.ACCEPTED, progress::add);
  }

  private EndpointOwner owner() {
    return new EndpointOwner(Settings.at(stub.endpoint()), () -> waiting(Duration.ofMinutes(1)));
  }

  private static Waiting waiting(Duration longest) {
    return new Waiting(
        Duration.ofMillis(20), Duration.ofMillis(50), longest, System::nanoTime, Pause.SLEEP);
  }
}
