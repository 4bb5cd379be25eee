package dev.assay.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.datazone.DataZoneClient;
import software.amazon.awssdk.services.datazone.model.ConflictException;
import software.amazon.awssdk.services.datazone.model.GetLineageEventResponse;
import software.amazon.awssdk.services.datazone.model.LineageEventProcessingStatus;
import software.amazon.awssdk.services.datazone.model.LineageEventSummary;
import software.amazon.awssdk.services.datazone.model.OpenLineageRunEventSummary;
import software.amazon.awssdk.services.datazone.model.ResourceNotFoundException;
import software.amazon.awssdk.services.datazone.model.ValidationException;

/** The real client sends lineage events to the stub and follows them to their end. */
class DataZoneLineageIT {
  private static final String DOMAIN = "dzd_x";
  private static final String RUN = "0190c6f0-7b1e-7c3a-9d55-5d0d6d2c1a11";
  private static final String EVENT =
      """
      {"eventType":"%s","eventTime":"2026-11-21T03:00:0%d.250Z","producer":"https://example.com/a",
       "schemaURL":"https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
       "run":{"runId":"0190c6f0-7b1e-7c3a-9d55-5d0d6d2c1a11"},
       "job":{"namespace":"assay","name":"silver.orders"},
       "inputs":[{"namespace":"arn:aws:glue:us-east-1:123456789012:table","name":"raw/orders"}],
       "outputs":[{"namespace":"arn:aws:glue:us-east-1:123456789012:table","name":"silver/orders"}]}
      """;

  @RegisterExtension final RecordedRequests requests = new RecordedRequests();

  private final MovableClock clock = new MovableClock();
  private DataZoneStub stub;
  private DataZoneDomain domain;
  private DataZoneClient client;

  @BeforeEach
  void start() throws IOException {
    stub = DataZoneStub.start(requests, clock);
    domain = stub.domain(DOMAIN);
    client = TestClients.onceAt(stub.endpoint(), DataZoneClient.builder());
  }

  @AfterEach
  void stop() {
    client.close();
    stub.close();
  }

  @Test
  void acceptsAnEventAndProcessesItWithEachPoll() {
    String id = post("t1", EVENT.formatted("START", 1));

    assertThat(id).matches("[a-z0-9]{14}");
    assertThat(domain.lineageEvents())
        .extracting(DataZoneLineageEvent::status)
        .containsExactly("REQUESTED");
    assertThat(get(id).processingStatus()).isEqualTo(LineageEventProcessingStatus.PROCESSING);
    GetLineageEventResponse event = get(id);
    assertThat(event.processingStatus()).isEqualTo(LineageEventProcessingStatus.SUCCESS);
    assertThat(event.event().asUtf8String()).isEqualTo(EVENT.formatted("START", 1));
    assertThat(event.id()).isEqualTo(id);
    assertThat(event.domainId()).isEqualTo(DOMAIN);
    assertThat(event.createdAt()).isEqualTo(clock.instant());
  }

  @Test
  void keepsTheOrderOfArrivalAndCountsByRunAndType() {
    post("t1", EVENT.formatted("START", 1));
    post("t2", EVENT.formatted("COMPLETE", 2));
    post("t1", EVENT.formatted("START", 1));
    post("t3", EVENT.formatted("COMPLETE", 2));

    assertThat(domain.lineageEvents())
        .extracting(
            DataZoneLineageEvent::token,
            DataZoneLineageEvent::runId,
            DataZoneLineageEvent::eventType)
        .containsExactly(
            tuple("t1", RUN, "START"), tuple("t2", RUN, "COMPLETE"), tuple("t3", RUN, "COMPLETE"));
    assertThat(domain.lineageCounts()).isEqualTo(Map.of(RUN + " START", 1, RUN + " COMPLETE", 2));
    assertThat(domain.repeatsByToken()).isEqualTo(1);
    assertThatThrownBy(() -> post("t1", EVENT.formatted("FAIL", 1)))
        .isInstanceOf(ConflictException.class);
  }

  @Test
  void failsAsScripted() {
    domain.lineage().progress(Progress.atOnce());
    domain.lineage().failNext(1);
    domain.lineage().fail(event -> event.path("eventType").asText().equals("ABORT"));

    String first = post("t1", EVENT.formatted("START", 1));
    String second = post("t2", EVENT.formatted("COMPLETE", 2));
    String third = post("t3", EVENT.formatted("ABORT", 3));

    assertThat(List.of(first, second, third))
        .extracting(id -> get(id).processingStatusAsString())
        .containsExactly("FAILED", "SUCCESS", "FAILED");
  }

  @Test
  void waitsForTheTest() {
    domain.lineage().progress(Progress.never());
    String id = post("t1", EVENT.formatted("START", 1));
    for (int i = 0; i < 5; i++) {
      assertThat(get(id).processingStatusAsString()).isEqualTo("PROCESSING");
    }

    domain.lineage().processAll();

    assertThat(get(id).processingStatusAsString()).isEqualTo("SUCCESS");
  }

  @Test
  void listsByStatusTimeAndOrder() {
    domain.lineage().progress(Progress.never());
    post("t1", EVENT.formatted("START", 1));
    post("t2", EVENT.formatted("COMPLETE", 2));
    domain.lineage().processAll();
    post("t3", EVENT.formatted("START", 3));

    List<LineageEventSummary> done =
        client
            .listLineageEvents(
                r -> r.domainIdentifier(DOMAIN).processingStatus("SUCCESS").maxResults(50))
            .items();

    assertThat(done)
        .extracting(e -> e.eventSummary().openLineageRunEventSummary())
        .extracting(OpenLineageRunEventSummary::eventTypeAsString, s -> s.outputs().get(0).name())
        .containsExactly(tuple("COMPLETE", "silver/orders"), tuple("START", "silver/orders"));
    assertThat(
            client
                .listLineageEventsPaginator(
                    r ->
                        r.domainIdentifier(DOMAIN)
                            .timestampAfter(Instant.parse("2026-11-21T03:00:02Z"))
                            .sortOrder("ASCENDING")
                            .maxResults(1))
                .items())
        .extracting(LineageEventSummary::eventTime)
        .containsExactly(
            Instant.parse("2026-11-21T03:00:02.250Z"), Instant.parse("2026-11-21T03:00:03.250Z"));
  }

  @Test
  void takesRunEventsOnly() {
    String event = EVENT.formatted("START", 1);
    Map<String, String> wrong =
        Map.of(
            "{",
            "not JSON",
            event.replace("\"run\"", "\"dataset\""),
            "only run events",
            event.replace(RUN, "run-1"),
            "run.runId is not a UUID",
            event.replace("START", "BEGIN"),
            "eventType is not one of OpenLineage",
            event.replace("silver.orders", ""),
            "job.name is required",
            event.replace("2026-11-21T", "today "),
            "eventTime is not a time");

    wrong.forEach(
        (text, problem) ->
            assertThatThrownBy(() -> post("t1", text))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining(problem));
    assertThat(domain.lineageEvents()).isEmpty();
  }

  @Test
  void refusesAndReportsWhatTheModelDoesNotTake() {
    assertThatThrownBy(() -> post("t 1", "x".repeat(300_001)))
        .isInstanceOf(ValidationException.class);
    assertThat(requests.takeViolations())
        .extracting(Violation::path)
        .containsExactlyInAnyOrder("event", "clientToken");
    assertThatThrownBy(() -> get("00000000000000")).isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void actsBeforeItLosesAnAnswer() {
    stub.forgetTokensAfter(Duration.ZERO);
    stub.faults().next("PostLineageEvent", 1, Fault.dropAfterActing());

    assertThatThrownBy(() -> post("t1", EVENT.formatted("START", 1)))
        .isInstanceOf(SdkClientException.class);
    post("t1", EVENT.formatted("START", 1));

    assertThat(domain.lineageCounts()).isEqualTo(Map.of(RUN + " START", 2));
  }

  private String post(String token, String event) {
    return client
        .postLineageEvent(
            r ->
                r.domainIdentifier(DOMAIN).clientToken(token).event(SdkBytes.fromUtf8String(event)))
        .id();
  }

  private GetLineageEventResponse get(String id) {
    return client.getLineageEvent(r -> r.domainIdentifier(DOMAIN).identifier(id));
  }
}
