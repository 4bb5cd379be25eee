package dev.assay.publishing.datazone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.aws.Clients;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.job.AwsPlace;
import dev.assay.model.job.GlueAccount;
import dev.assay.publishing.Announcements;
import dev.assay.publishing.Delivery;
import dev.assay.publishing.Destination;
import dev.assay.publishing.Notices;
import dev.assay.publishing.Outbox;
import dev.assay.publishing.OutboxSummary;
import dev.assay.publishing.SomeRuns;
import dev.assay.publishing.openlineage.DatasetNames;
import dev.assay.publishing.openlineage.RunEvents;
import dev.assay.testing.aws.DataZoneDomain;
import dev.assay.testing.aws.DataZoneLineageEvent;
import dev.assay.testing.aws.DataZonePoint;
import dev.assay.testing.aws.DataZoneStub;
import dev.assay.testing.aws.Fault;
import dev.assay.testing.aws.RecordedRequests;
import dev.assay.testing.aws.TestClients;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.datazone.DataZoneClient;

/** Scores and lineage on their way into a DataZone that forgets, fails and is slow. */
class DataZoneDestinationsIT {
  private static final String DOMAIN = "dzd_x";
  private static final GlueAccount TABLES = new GlueAccount("aws", "us-east-1", "123456789012");
  private static final String RUN = "0190c6f0-7b1e-7c3a-9d55-5d0d6d2c1a11";

  @RegisterExtension final RecordedRequests requests = new RecordedRequests();

  private final List<RunRecord> runs = new ArrayList<>();
  private final SomeRuns.Known history = new SomeRuns.Known(runs);
  private final List<Delivery> lines = new ArrayList<>();
  private DataZoneStub stub;
  private DataZoneDomain domain;
  private DataZoneClient client;

  @BeforeEach
  void start() throws IOException {
    stub = DataZoneStub.start(requests);
    domain = stub.domain(DOMAIN);
    client =
        Clients.open(
            DataZoneClient.builder(),
            new AwsPlace(
                Optional.of("us-east-1"),
                Optional.of(stub.endpoint()),
                Optional.empty(),
                Optional.empty()));
  }

  @AfterEach
  void stop() {
    client.close();
    stub.close();
  }

  @Test
  void aScoreIsAPointOnTheTablesOwnAsset() {
    domain.glueAsset("p", TABLES.arn(SomeRuns.TRIPS) + "_v2", "vin");
    String asset = domain.glueAsset("p", TABLES.arn(SomeRuns.TRIPS), "vin");
    runs.add(SomeRuns.run(SomeRuns.TRIPS, RUN, RunState.PUBLISHED, 0));

    assertThat(drain(scores()).delivered()).isEqualTo(1);
    assertThat(drain(scores()).delivered()).isZero();

    assertThat(domain.points(asset))
        .singleElement()
        .satisfies(
            point -> {
              assertThat(point.formName()).isEqualTo("demo.trips");
              assertThat(point.content()).contains("\"passingPercentage\":98.765432");
            });
  }

  @Test
  void aPointWhoseAnswerWasLostIsNotPostedTwiceThoughTokensAreForgotten() {
    String asset = domain.glueAsset("p", TABLES.arn(SomeRuns.TRIPS), "vin");
    stub.forgetTokensAfter(Duration.ZERO);
    runs.add(SomeRuns.run(SomeRuns.TRIPS, RUN, RunState.PUBLISHED, 0));
    try (DataZoneClient once = TestClients.onceAt(stub.endpoint(), DataZoneClient.builder())) {
      stub.faults().next("PostTimeSeriesDataPoints", 1, Fault.dropAfterActing());
      Destination impatient = new ScoreDestination(once, DOMAIN, TABLES);
      assertThat(drain(impatient).waiting()).hasSize(1);
      assertThat(drain(impatient).waiting()).isEmpty();
    }

    assertThat(domain.points(asset))
        .extracting(DataZonePoint::formName)
        .containsExactly("demo.trips");
  }

  @Test
  void aTableThatNobodyRegisteredIsParkedAndGoesWhenItIs() {
    runs.add(SomeRuns.run(SomeRuns.TRIPS, RUN, RunState.PUBLISHED, 0));
    OutboxSummary summary = drain(scores());
    assertThat(summary.parked())
        .singleElement()
        .satisfies(line -> assertThat(line.reason()).contains("no asset for prepared.trips"));

    String asset = domain.glueAsset("p", TABLES.arn(SomeRuns.TRIPS), "vin");
    outbox(scores()).retry(List.of(summary.parked().get(0).key()));

    assertThat(drain(scores()).delivered()).isEqualTo(1);
    assertThat(domain.points(asset)).hasSize(1);
  }

  @Test
  void throttlingAndOutagesAreForLater() {
    domain.glueAsset("p", TABLES.arn(SomeRuns.TRIPS), "vin");
    runs.add(SomeRuns.run(SomeRuns.TRIPS, RUN, RunState.PUBLISHED, 0));
    stub.faults().next("PostTimeSeriesDataPoints", 20, Fault.throttled());

    assertThat(drain(scores()).waiting())
        .singleElement()
        .satisfies(line -> assertThat(line.reason()).contains("ThrottlingException"));
    stub.faults().none();
    assertThat(drain(scores()).delivered()).isEqualTo(1);
  }

  @Test
  void lineageIsFollowedUpUntilItIsProcessed() {
    runs.add(SomeRuns.run(SomeRuns.TRIPS, RUN, RunState.PUBLISHED, 0));
    history.lineage.put(RUN, SomeRuns.lineage());

    OutboxSummary first = drain(lineage());
    assertThat(first.accepted()).hasSize(2);
    for (int poll = 0; poll < 4; poll++) {
      drain(lineage());
    }

    assertThat(drain(lineage()).accepted()).isEmpty();
    assertThat(domain.lineageEvents())
        .extracting(DataZoneLineageEvent::eventType)
        .containsExactly("START", "COMPLETE");
    assertThat(lines).filteredOn(line -> line.state() == Delivery.State.DELIVERED).hasSize(2);
  }

  @Test
  void lineageThatCannotBeProcessedIsParkedAndSentAnewWhenSomebodyAsks() {
    runs.add(SomeRuns.run(SomeRuns.TRIPS, RUN, RunState.PUBLISHED, 0));
    history.lineage.put(RUN, SomeRuns.lineage());
    domain.lineage().failNext(2);
    drain(lineage());
    for (int poll = 0; poll < 4; poll++) {
      drain(lineage());
    }
    OutboxSummary failed = drain(lineage());
    assertThat(failed.parked())
        .extracting(Delivery::reason)
        .containsOnly("DataZone could not process the event")
        .hasSize(2);

    outbox(lineage()).retry(failed.parked().stream().map(Delivery::key).toList());
    for (int poll = 0; poll < 5; poll++) {
      drain(lineage());
    }

    assertThat(drain(lineage()).parked()).isEmpty();
    assertThat(domain.lineageEvents()).hasSize(4);
  }

  private Destination scores() {
    return new ScoreDestination(client, DOMAIN, TABLES);
  }

  private Destination lineage() {
    return new LineageDestination(client, DOMAIN);
  }

  private OutboxSummary drain(Destination destination) {
    return outbox(destination).drain(Outbox.Haste.NOW);
  }

  private Outbox outbox(Destination destination) {
    Announcements announcements =
        new Announcements(
            history,
            100,
            new Notices(history, BigDecimal.TEN),
            new RunEvents(
                URI.create("https://assay.dev/test"),
                "assay",
                DatasetNames.ofGlue("aws", TABLES.region(), TABLES.account())));
    return new Outbox(announcements, destination, new SomeRuns.Memory(lines), Clock.systemUTC());
  }
}
