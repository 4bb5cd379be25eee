package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.assay.aws.Clients;
import dev.assay.jobs.ProfileReader;
import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.model.RuleOutcome.Verdict;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.TableName;
import dev.assay.model.job.AwsPlace;
import dev.assay.publishing.SomeRuns;
import dev.assay.scores.Ledger;
import dev.assay.scores.iceberg.IcebergLedger;
import dev.assay.testing.aws.DataZoneDomain;
import dev.assay.testing.aws.DataZoneLineageEvent;
import dev.assay.testing.aws.DataZonePoint;
import dev.assay.testing.aws.DataZoneStub;
import dev.assay.testing.aws.Fault;
import dev.assay.testing.aws.RecordedRequests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Runs are announced to everybody while services drop, throttle and fail, tokens are forgotten at
 * once, and the delivering process is killed: afterwards everything is there, once where that is
 * promised, and in order.
 */
@Tag("long")
class DeliveriesUnderFaultsIT {
  private static final int ROUNDS = Integer.getInteger("assay.faults.rounds", 25);
  private static final int CALM = 2;
  private static final Map<String, String> CREDENTIALS =
      Map.of("aws.accessKeyId", "test", "aws.secretAccessKey", "test");
  private static final String ACCOUNT = "arn:aws:glue:us-east-1:123456789012:table/prepared/";
  private static final List<TableName> TABLES =
      List.of(new TableName("prepared", "trips"), new TableName("prepared", "cars"));

  @RegisterExtension final RecordedRequests requests = new RecordedRequests();

  @TempDir Path folder;

  private final Random random = new Random(20261121);
  private final List<JsonNode> events = Collections.synchronizedList(new ArrayList<>());
  private final List<String> published = new ArrayList<>();
  private final List<String> held = new ArrayList<>();
  private volatile boolean faulty;

  @Test
  void everythingArrivesOnceAndInOrder() throws Exception {
    HttpServer lineage = lineageServer();
    try (DataZoneStub stub = DataZoneStub.start(requests);
        Moto moto = Moto.start(folder.resolve("moto.log"))) {
      stub.forgetTokensAfter(Duration.ZERO);
      DataZoneDomain domain = stub.domain("dzd_x");
      List<String> assets = new ArrayList<>();
      TABLES.forEach(table -> assets.add(domain.glueAsset("p", ACCOUNT + table.name(), "driver")));
      AwsPlace place =
          new AwsPlace(
              Optional.of("us-east-1"),
              Optional.of(URI.create(moto.endpoint())),
              Optional.empty(),
              Optional.empty());
      try (SnsClient sns = Clients.open(SnsClient.builder(), place);
          SqsClient sqs = Clients.open(SqsClient.builder(), place)) {
        String topic = sns.createTopic(r -> r.name("quality")).topicArn();
        String queue = sqs.createQueue(r -> r.queueName("quality")).queueUrl();
        sns.subscribe(
            r ->
                r.topicArn(topic)
                    .protocol("sqs")
                    .endpoint("arn:aws:sqs:us-east-1:123456789012:quality"));
        profile(stub.endpoint(), URI.create(moto.endpoint()), topic, lineage);
        Ledger ledger = ledger();

        // who is told for the first time is told the newest only: everybody knows everything here
        for (int round = 0; round < CALM; round++) {
          addRuns(ledger, round);
          assertThat(command("publish").code()).isZero();
        }
        faulty = true;
        int kills = 0;
        for (int round = CALM; round < CALM + ROUNDS; round++) {
          addRuns(ledger, round);
          stub.faults()
              .random(
                  round,
                  0.3,
                  Fault.throttled(),
                  Fault.internalError(),
                  Fault.html(),
                  Fault.dropBeforeActing(),
                  Fault.dropAfterActing());
          kills += publish(random.nextBoolean()) ? 0 : 1;
        }
        stub.faults().none();
        faulty = false;
        domain.lineage().processAll();
        ForkedJvm.Ended last = command("publish", "--take-over");
        ForkedJvm.Ended again = command("publish");

        assertThat(last.code()).as(last.output()).isZero();
        assertThat(again.code()).as(again.output()).isZero();
        List<Message> notices = received(sqs, queue);
        for (int place1 = 0; place1 < TABLES.size(); place1++) {
          String table = TABLES.get(place1).name();
          assertThat(domain.points(assets.get(place1)))
              .extracting(DataZonePoint::timestamp)
              .doesNotHaveDuplicates()
              .isSorted()
              .hasSize(count(published, table));
        }
        assertThat(domain.lineageEvents().stream().map(DeliveriesUnderFaultsIT::name))
            .containsExactlyInAnyOrderElementsOf(expectedEvents());
        assertInOrder(domain.lineageEvents().stream().map(DataZoneLineageEvent::event).toList());
        assertThat(new LinkedHashSet<>(names(events)))
            .containsExactlyInAnyOrderElementsOf(expectedEvents());
        assertInOrder(events);
        assertThat(notices).hasSizeGreaterThanOrEqualTo(held.size());
        assertThat(notices.stream().map(DeliveriesUnderFaultsIT::run).distinct())
            .containsExactlyInAnyOrderElementsOf(
                held.stream().map(id -> id.split(" ")[1]).toList());
        assertThat(files())
            .isEqualTo(2L * (published.size() + held.size()) + published.size() + held.size());
        System.out.printf(
            "%d rounds, %d kills, faults %s: %d points once, %d lineage events once, %d posts to the endpoint for %d events, %d notices for %d holds%n",
            ROUNDS,
            kills,
            stub.faults().happened(),
            published.size(),
            domain.lineageEvents().size(),
            events.size(),
            expectedEvents().size(),
            notices.size(),
            held.size());
      }
    } finally {
      lineage.stop(0);
    }
  }

  private void addRuns(Ledger ledger, int round) {
    for (TableName table : TABLES) {
      boolean holds = round == 1 || (round >= CALM && random.nextInt(4) == 0);
      String id = "0190c6f0-7b1e-7c3a-9d55-%012d".formatted(2 * round + TABLES.indexOf(table));
      RunRecord staged = SomeRuns.run(table, id, RunState.STAGED, round);
      ledger.recordLineage(staged, SomeRuns.lineage());
      ledger.recordScoring(
          staged,
          List.of(SomeRuns.outcome("IsComplete \"driver\"", Verdict.FAILED)),
          List.of(),
          List.of());
      Instant ended = SomeRuns.START.plus(Duration.ofMinutes(round)).plusSeconds(30);
      ledger.recordState(
          holds
              ? staged.held(ended, List.of("The score is below 99, in round " + round + "."))
              : staged.in(RunState.PUBLISHED, ended, ""));
      (holds ? held : published).add(table.name() + " " + id);
    }
  }

  /** Whether it came to its end. */
  private boolean publish(boolean toTheEnd) throws InterruptedException {
    if (toTheEnd) {
      command("publish", "--take-over");
      return true;
    }
    long until = System.nanoTime() + Duration.ofMillis(1500 + random.nextInt(2500)).toNanos();
    return ForkedJvm.killedWhen(
                () -> System.nanoTime() > until,
                folder,
                CREDENTIALS,
                Main.class,
                words("publish", "--take-over"))
            .code()
        != 137;
  }

  private ForkedJvm.Ended command(String... words) {
    return ForkedJvm.run(folder, CREDENTIALS, Main.class, words(words));
  }

  private String[] words(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--home", folder.resolve("home").toString()));
    all.addAll(List.of("--profile", folder.resolve("profile.yaml").toString()));
    return all.toArray(String[]::new);
  }

  private void profile(URI datazone, URI moto, String topic, HttpServer lineage)
      throws IOException {
    Files.writeString(
        folder.resolve("profile.yaml"),
        """
        catalog:
          name: lake
          properties: {type: hadoop, warehouse: "${home}/warehouse", cache-enabled: "false"}
        publish:
          files: {folder: "${home}/announcements"}
          glue: {region: us-east-1, account: "123456789012"}
          datazone: {domain: dzd_x, region: us-east-1, endpoint: "%s"}
          openlineage: {url: "http://127.0.0.1:%d/api/v1/lineage"}
          sns: {topic: "%s", region: us-east-1, endpoint: "%s"}
        """
            .formatted(datazone, lineage.getAddress().getPort(), topic, moto));
  }

  private Ledger ledger() {
    return new IcebergLedger(
        LakeCatalog.open(
                ProfileReader.load(
                    folder.resolve("profile.yaml").toString(), folder.resolve("home")))
            .iceberg());
  }

  private HttpServer lineageServer() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Random chance = new Random(7);
    server.createContext(
        "/api/v1/lineage",
        exchange -> {
          JsonNode event = new ObjectMapper().readTree(exchange.getRequestBody().readAllBytes());
          boolean fails = faulty && chance.nextInt(4) == 0;
          if (!fails || chance.nextBoolean()) {
            events.add(event);
          }
          exchange.sendResponseHeaders(fails ? 503 : 201, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private List<String> expectedEvents() {
    return Stream.concat(
            published.stream()
                .map(id -> id.split(" ")[1])
                .flatMap(id -> Stream.of(id + " START", id + " COMPLETE")),
            held.stream()
                .map(id -> id.split(" ")[1])
                .flatMap(id -> Stream.of(id + " START", id + " FAIL")))
        .toList();
  }

  /** Of each table, what arrived first of each event is in the order of the runs. */
  private static void assertInOrder(List<JsonNode> arrived) {
    for (TableName table : TABLES) {
      List<String> times =
          new LinkedHashSet<>(
                  names(
                      arrived.stream()
                          .filter(
                              event ->
                                  event
                                      .path("job")
                                      .path("name")
                                      .asText()
                                      .equals("demo." + table.name()))
                          .toList()))
              .stream().map(name -> name.split(" ")[0]).toList();
      assertThat(times).isSorted();
    }
  }

  private static List<String> names(List<JsonNode> events) {
    synchronized (events) {
      return events.stream()
          .map(
              event ->
                  event.path("run").path("runId").asText() + " " + event.path("eventType").asText())
          .toList();
    }
  }

  private static String name(DataZoneLineageEvent event) {
    return event.runId() + " " + event.eventType();
  }

  private static int count(List<String> runs, String table) {
    return (int) runs.stream().filter(id -> id.startsWith(table + " ")).count();
  }

  private static List<Message> received(SqsClient sqs, String queue) {
    List<Message> all = new ArrayList<>();
    while (true) {
      List<Message> some =
          sqs.receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10)).messages();
      if (some.isEmpty()) {
        return all;
      }
      all.addAll(some);
      some.forEach(
          one -> sqs.deleteMessage(r -> r.queueUrl(queue).receiptHandle(one.receiptHandle())));
    }
  }

  private static String run(Message message) {
    try {
      ObjectMapper json = new ObjectMapper();
      return json.readTree(json.readTree(message.body()).path("Message").asText())
          .path("detail")
          .path("resultId")
          .asText();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("home/announcements"))) {
      return all.filter(file -> file.toString().endsWith(".json")).count();
    }
  }
}
