package dev.assay.messages.comprehend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.cli.ForkedJvm;
import dev.assay.cli.Moto;
import dev.assay.cli.TestProject;
import dev.assay.messages.Classifier;
import dev.assay.messages.comprehend.EndpointOwner.Costs;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.ComprehendRate;
import dev.assay.model.job.ComprehendSettings;
import dev.assay.testing.aws.ComprehendStub;
import dev.assay.testing.aws.Fault;
import dev.assay.testing.aws.Progress;
import dev.assay.testing.aws.Quota;
import dev.assay.testing.aws.RecordedRequests;
import dev.assay.testing.aws.TestClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.comprehend.ComprehendClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Asks the stub's endpoint as runs do. */
class ComprehendEndpointIT {
  private static final Set<String> CATEGORIES = Set.of("HATE", "SPAM");
  private static final Map<String, String> CREDENTIALS =
      Map.of("aws.accessKeyId", "test", "aws.secretAccessKey", "test", "aws.region", "us-east-1");

  @RegisterExtension final RecordedRequests requests = new RecordedRequests();
  @TempDir Path folder;

  private ComprehendStub stub;
  private SparkSession spark;

  @BeforeEach
  void start() throws IOException {
    stub = ComprehendStub.start(requests);
    stub.classifier(text -> Map.of("SPAM", 0.75, "HATE", 0.25, "compliant", 0.125));
    spark = new TestProject(folder).spark();
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  @Test
  void answersEveryTextOnce() throws IOException {
    ComprehendEndpoint endpoint = open();

    Map<String, String> answers = Texts.read(endpoint.classify(Texts.questions(spark, 50, "a")));

    assertThat(answers).hasSize(50).containsEntry("hash-a-00007", "{HATE=0.25, SPAM=0.75}");
    assertThat(answers.values()).containsOnly("{HATE=0.25, SPAM=0.75}");
    assertThat(stub.realTime().answered().values()).hasSize(50).containsOnly(1);
    assertThat(endpoint.spent().documents()).isEqualTo(50);
    assertThat(endpoint.spent().characters()).isEqualTo(5_000);
    assertThat(endpoint.spent().units()).isEqualTo(stub.realTime().counts().units());
    assertThat(endpoint.spent().charged()).isTrue();
    assertThat(endpoint.model().name()).isEqualTo("comprehend-given");
    assertThat(endpoint.classify(Texts.questions(spark, 50, "a")).schema())
        .isEqualTo(Classifier.ANSWERS);
    assertThat(stub.realTime().counts().calls()).isEqualTo(50);
    assertThat(AskingProcess.lines(folder.resolve("journal"))).isEqualTo(50);
    // of this run nothing is left behind: it says itself what it spent
    assertThat(endpoint.leftBehind().charged()).isFalse();
    endpoint.recorded();
    assertThat(open().leftBehind().charged()).isFalse();
    endpoint.settled();
    assertThat(AskingProcess.lines(folder.resolve("journal"))).isZero();
  }

  @Test
  void aMultiClassModelAndOnlyTheBestClasses() {
    stub.multiClass();
    stub.onlyTop(1);

    assertThat(Texts.read(open().classify(Texts.questions(spark, 2, "a"))).values())
        .containsOnly("{SPAM=0.75}");
  }

  @Test
  void cutsAtACharacterAndRefusesWhatTheServiceRefuses() {
    stub.classifier(
        text -> Map.of("SPAM", text.getBytes(StandardCharsets.UTF_8).length / 16_384.0));
    stub.faults().next("ClassifyDocument", 1, Fault.error(400, "InvalidRequestException"));

    ComprehendEndpoint endpoint = open(settings(1));
    Map<String, String> refused =
        Texts.read(endpoint.classify(Texts.questions(spark, Map.of("bad", "bad", "blank", " \n"))));
    Map<String, String> cut =
        Texts.read(
            endpoint.classify(Texts.questions(spark, Map.of("long", "x" + "😀".repeat(3_000)))));

    assertThat(refused).isEqualTo(Map.of("bad", "{} REFUSED", "blank", "{} REFUSED"));
    assertThat(cut).isEqualTo(Map.of("long", "{SPAM=%s} truncated".formatted(9_997 / 16_384.0)));
    assertThat(endpoint.spent().documents()).isEqualTo(2);
  }

  @Test
  void goesOnAfterThrottlingAndOutages() {
    stub.faults().next("ClassifyDocument", 3, Fault.error(400, "ThrottlingException"));
    stub.faults().next("ClassifyDocument", 2, Fault.internalError());
    stub.faults().next("ClassifyDocument", 1, Fault.html());
    stub.faults().next("ClassifyDocument", 1, Fault.error(400, "ResourceUnavailableException"));
    ComprehendEndpoint endpoint = open();

    assertThat(Texts.read(endpoint.classify(Texts.questions(spark, 20, "a")))).hasSize(20);
    assertThat(endpoint.throttled()).isEqualTo(3);
    // those that failed may be charged
    assertThat(endpoint.spent().documents()).isEqualTo(24);
  }

  @Test
  @Tag("long")
  void keepsWhatWasAnsweredWhenTheServiceGoesAway() {
    stub.classifier(
        text -> {
          if (stub.realTime().counts().distinctTexts() == 10) {
            stub.faults().next("ClassifyDocument", 100, Fault.error(503, "ServiceUnavailable"));
          }
          return Map.of("SPAM", 0.75);
        });
    Dataset<Row> questions = Texts.questions(spark, 40, "a");

    assertThatThrownBy(() -> open().classify(questions))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.kind()).isEqualTo(ExitKind.OUTSIDE_UNAVAILABLE))
        .hasMessageMatching(
            "\\Q%s: Comprehend did not answer (ServiceUnavailable). Check network, region and quota, and run again. \\E\\d+ of 40 texts were answered; their answers are kept, and another run asks only for the rest\\."
                .formatted(Settings.ENDPOINT));
    int before = stub.realTime().counts().distinctTexts();
    stub.classifier(text -> Map.of("SPAM", 0.75));
    takeFaults();

    assertThat(before).isBetween(10, 30);
    assertThat(Texts.read(open().classify(questions))).hasSize(40);
    assertThat(stub.realTime().answered().values()).containsOnly(1);
  }

  @Test
  void saysWhenTheServiceRefusesEverything() {
    stub.faults().next("ClassifyDocument", 9, Fault.error(400, "AccessDeniedException"));

    assertThatThrownBy(() -> open(settings(1)).classify(Texts.questions(spark, 5, "a")))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.kind()).isEqualTo(ExitKind.WRONG_FILES))
        .hasMessageStartingWith(
            "%s: Comprehend refused (AccessDeniedException). Check 'comprehend' in the profile, and that the role may call comprehend:ClassifyDocument."
                .formatted(Settings.ENDPOINT));
  }

  @Test
  void whatAnotherRunHasPaidForStays() throws IOException {
    open().classify(Texts.questions(spark, 5, "a"));
    ComprehendEndpoint another = open();
    another.classify(Texts.questions(spark, 3, "b"));

    another.settled();

    assertThat(AskingProcess.lines(folder.resolve("journal"))).isEqualTo(5);
    ComprehendEndpoint repeated = open();
    assertThat(Texts.read(repeated.classify(Texts.questions(spark, 5, "a")))).hasSize(5);
    assertThat(repeated.spent().documents()).isZero();
    repeated.settled();
    assertThat(AskingProcess.lines(folder.resolve("journal"))).isZero();
  }

  @Test
  void asksLongTextsOneAtATime() {
    stub.realTime().quota(new Quota(10_000, 100, System::nanoTime));
    Map<String, String> texts = new TreeMap<>();
    for (int i = 0; i < 5; i++) {
      texts.put("long" + i, ("long " + i + " ").repeat(900).substring(0, 6_000));
    }
    for (int i = 0; i < 50; i++) {
      texts.put("short" + i, "short " + i);
    }
    ComprehendEndpoint endpoint =
        open(settings(stub.endpoint(), new ComprehendRate(10_000, 100), 4));

    assertThat(Texts.read(endpoint.classify(Texts.questions(spark, texts)))).hasSize(55);
    assertThat(stub.realTime().answered().values()).hasSize(55).containsOnly(1);
    assertThat(endpoint.throttled()).isLessThanOrEqualTo(1);
  }

  @Test
  void countsCallsWhoseAnswerWasLost() {
    stub.faults().next("ClassifyDocument", 3, Fault.dropAfterActing());
    ComprehendEndpoint endpoint = open();

    assertThat(Texts.read(endpoint.classify(Texts.questions(spark, 20, "a")))).hasSize(20);
    assertThat(endpoint.spent().documents())
        .isEqualTo(requests.of("comprehend", "ClassifyDocument").size())
        .isGreaterThan(20);
  }

  @Test
  void theModelIsTheOneBehindTheEndpoint() {
    ComprehendSettings given = Settings.at(stub.endpoint());
    EndpointOwner owner = EndpointOwner.of(given);
    stub.endpoints().progress(Progress.atOnce());
    String arn = owner.create("sms", Settings.CLASSIFIER, 1, Costs.ACCEPTED, progress -> {});

    assertThat(open(withoutClassifier(given, arn)).model()).isEqualTo(open(given).model());
    assertThatThrownBy(() -> open(withoutClassifier(given, arn + "-other")))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.kind()).isEqualTo(ExitKind.WRONG_FILES))
        .hasMessage(
            arn
                + "-other: Comprehend refused (ResourceNotFoundException). Check 'comprehend' in the profile, and that the role may call comprehend:DescribeEndpoint.");
  }

  private static ComprehendSettings withoutClassifier(ComprehendSettings given, String endpoint) {
    return new ComprehendSettings(
        given.region(),
        given.endpointUrl(),
        Optional.of(endpoint),
        Optional.empty(),
        given.role(),
        given.work(),
        given.journal(),
        given.rate(),
        given.personalDataPerSecond(),
        given.threads(),
        given.longestWait(),
        given.compliantLabel(),
        given.prices());
  }

  @Test
  @Tag("long")
  void usesTheQuotaAndIsHardlyEverThrottled() {
    stub.realTime().quota(new Quota(1_000, 100, System::nanoTime));
    stub.realTime().latency(Duration.ofMillis(50));
    ConcurrentLinkedDeque<Long> times = new ConcurrentLinkedDeque<>();
    stub.classifier(
        text -> {
          times.add(System.nanoTime());
          return Map.of("SPAM", 0.75);
        });
    ComprehendEndpoint endpoint =
        open(settings(stub.endpoint(), new ComprehendRate(1_000, 100), 4));

    endpoint.classify(Texts.questions(spark, 200, "a"));

    double seconds = (times.getLast() - times.getFirst()) / 1e9;
    assertThat(100 * (times.size() - 1) / seconds).isGreaterThanOrEqualTo(950);
    assertThat(stub.realTime().counts().throttled()).isLessThan(4);
  }

  @Test
  @Tag("long")
  void aKilledRunIsRepeatedWithoutPayingTwice() throws IOException {
    stub.realTime().latency(Duration.ofMillis(50));

    ForkedJvm.Ended killed = fork("a", 400, "1e9", "1e6", 100);
    int answered = stub.realTime().counts().distinctTexts();
    int sent = requests.of("comprehend", "ClassifyDocument").size();
    ComprehendEndpoint next =
        ComprehendEndpoint.open(
            spark,
            Settings.at(stub.endpoint()),
            CATEGORIES,
            folder.resolve("a/journal").toString());
    // what was written down and not sent yet is counted too
    assertThat(next.leftBehind().documents()).isBetween((long) sent, sent + 8L);
    assertThat(next.leftBehind().units()).isEqualTo(3 * next.leftBehind().documents());
    assertThat(next.leftBehind().duration()).isPositive();
    next.recorded();
    assertThat(next.leftBehind().charged()).isFalse();
    ForkedJvm.Ended repeated = fork("a", 400, "1e9", "1e6", 0);

    assertThat(killed.code()).as(killed.output()).isEqualTo(137);
    assertThat(answered).isBetween(100, 399);
    assertThat(repeated.output()).contains("answers=400");
    Map<String, Integer> times = stub.realTime().answered();
    assertThat(times).hasSize(400);
    int twice = times.values().stream().mapToInt(each -> each - 1).sum();
    // two tasks with four threads each
    assertThat(twice).isLessThanOrEqualTo(8);
  }

  @Test
  @Tag("long")
  void twoProcessesShareAQuota() {
    stub.realTime().quota(new Quota(2_000, 40, System::nanoTime));
    CompletableFuture<ForkedJvm.Ended> one =
        CompletableFuture.supplyAsync(() -> fork("one", 80, "1000", "20", 0));
    CompletableFuture<ForkedJvm.Ended> other =
        CompletableFuture.supplyAsync(() -> fork("two", 80, "1000", "20", 0));

    assertThat(one.join().output()).contains("answers=80");
    assertThat(other.join().output()).contains("answers=80");
    assertThat(stub.realTime().answered()).hasSize(160);
    assertThat(stub.realTime().counts().throttled()).isLessThanOrEqualTo(3);
  }

  @Test
  void keepsItsJournalInS3() throws IOException, InterruptedException {
    try (Moto moto = Moto.start(folder.resolve("moto.log"));
        S3Client s3 = moto.s3()) {
      s3.createBucket(r -> r.bucket("comprehend-journal"));
      SparkSession onS3 =
          new TestProject(
                  folder,
                  Map.of("type", "hadoop", "warehouse", folder.resolve("lake").toString()),
                  moto.hadoop())
              .spark();
      ComprehendEndpoint endpoint =
          ComprehendEndpoint.open(
              onS3, Settings.at(stub.endpoint()), CATEGORIES, "s3://comprehend-journal/journal");

      assertThat(Texts.read(endpoint.classify(Texts.questions(onS3, 30, "a")))).hasSize(30);
      assertThat(keys(s3))
          .anyMatch(key -> key.matches("journal/.*\\.jsonl"))
          .allMatch(key -> key.matches("journal/.*\\.(jsonl|charges)"));
      assertThat(endpoint.leftBehind().charged()).isFalse();
      endpoint.recorded();
      endpoint.settled();
      assertThat(keys(s3)).isEmpty();
    }
  }

  private static List<String> keys(S3Client s3) {
    return s3.listObjectsV2(r -> r.bucket("comprehend-journal")).contents().stream()
        .map(object -> object.key())
        .filter(key -> !key.endsWith("/"))
        .toList();
  }

  private void takeFaults() {
    try (ComprehendClient client =
        TestClients.onceAt(stub.endpoint(), ComprehendClient.builder())) {
      while (stub.faults().waiting() > 0) {
        assertThatThrownBy(
                () ->
                    client.classifyDocument(
                        r -> r.endpointArn(Settings.ENDPOINT).text("takes a fault")))
            .hasMessageContaining("503");
      }
    }
  }

  private ForkedJvm.Ended fork(
      String begin, int texts, String characters, String documents, int last) {
    Path home = folder.resolve(begin);
    try {
      Files.createDirectories(home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ForkedJvm.run(
        home,
        CREDENTIALS,
        AskingProcess.class,
        stub.endpoint().toString(),
        home.toString(),
        Integer.toString(texts),
        begin,
        characters,
        documents,
        Integer.toString(last));
  }

  private ComprehendEndpoint open() {
    return open(Settings.at(stub.endpoint()));
  }

  private ComprehendEndpoint open(ComprehendSettings settings) {
    return ComprehendEndpoint.open(
        spark, settings, CATEGORIES, folder.resolve("journal").toString());
  }

  private ComprehendSettings settings(int threads) {
    return settings(stub.endpoint(), new ComprehendRate(1e9, 1e6), threads);
  }

  private static ComprehendSettings settings(URI url, ComprehendRate rate, int threads) {
    return Settings.at(url, rate, threads, "s3://comprehend-work/assay");
  }
}
