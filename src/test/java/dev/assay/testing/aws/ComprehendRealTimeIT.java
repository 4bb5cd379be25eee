package dev.assay.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.comprehend.ComprehendClient;
import software.amazon.awssdk.services.comprehend.model.ClassifyDocumentResponse;
import software.amazon.awssdk.services.comprehend.model.ComprehendException;
import software.amazon.awssdk.services.comprehend.model.DocumentClass;
import software.amazon.awssdk.services.comprehend.model.DocumentLabel;
import software.amazon.awssdk.services.comprehend.model.InternalServerException;
import software.amazon.awssdk.services.comprehend.model.InvalidRequestException;
import software.amazon.awssdk.services.comprehend.model.PiiEntity;
import software.amazon.awssdk.services.comprehend.model.ResourceUnavailableException;
import software.amazon.awssdk.services.comprehend.model.TextSizeLimitExceededException;
import software.amazon.awssdk.services.comprehend.model.UnsupportedLanguageException;

/** The real client against the stub's endpoint: classes, quota, faults, personal data. */
@Tag("long")
class ComprehendRealTimeIT {
  @RegisterExtension final RecordedRequests requests = new RecordedRequests();

  private final AtomicLong nanos = new AtomicLong();
  private ComprehendStub stub;
  private ComprehendClient client;

  @BeforeEach
  void start() throws IOException {
    stub = ComprehendStub.start(requests);
    stub.classifier(
        text ->
            text.contains("win")
                ? Map.of("SPAM", 0.91, "MARKETING", 0.64, "HAM", 0.02)
                : Map.of("HAM", 0.97, "SPAM", 0.01, "MARKETING", 0.01));
    client = TestClients.onceAt(stub.endpoint(), ComprehendClient.builder());
  }

  @AfterEach
  void stop() {
    client.close();
    stub.close();
  }

  @Test
  void answersLabelsBestFirst() {
    assertThat(classify("win now").labels())
        .extracting(DocumentLabel::name, DocumentLabel::score)
        .containsExactly(tuple("SPAM", 0.91f), tuple("MARKETING", 0.64f), tuple("HAM", 0.02f));
    assertThat(classify("hello").labels())
        .extracting(DocumentLabel::name)
        .containsExactly("HAM", "MARKETING", "SPAM");
    assertThat(stub.realTime().answered()).isEqualTo(Map.of("win now", 1, "hello", 1));
  }

  @Test
  void answersOnlyTheBestIfTold() {
    stub.onlyTop(1);
    assertThat(classify("win").labels()).extracting(DocumentLabel::name).containsExactly("SPAM");

    stub.multiClass();
    assertThat(classify("win").classes()).extracting(DocumentClass::name).containsExactly("SPAM");
  }

  @Test
  void takesTextAsBytes() {
    ClassifyDocumentResponse response =
        client.classifyDocument(
            r -> r.endpointArn(ComprehendStub.ENDPOINT).bytes(SdkBytes.fromUtf8String("win ü")));

    assertThat(response.labels().get(0).name()).isEqualTo("SPAM");
    assertThat(stub.realTime().answered()).containsKey("win ü");
  }

  @Test
  void countsBytesAndRefusesWhatIsTooLong() {
    assertThat(classify("ü".repeat(5120)).labels()).hasSize(3);
    assertThatThrownBy(() -> classify("ü".repeat(5121)))
        .isInstanceOf(TextSizeLimitExceededException.class)
        .hasMessageContaining("10242 bytes");
    assertThat(stub.realTime().counts()).isEqualTo(new ClassifyCounts(2, 0, 5120, 52, 1, 1));
  }

  @Test
  void refusesWhatTheModelCannotSay() {
    assertThatThrownBy(() -> client.classifyDocument(r -> r.endpointArn(ComprehendStub.ENDPOINT)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("either Text or Bytes");
    assertThatThrownBy(
            () ->
                client.classifyDocument(
                    r -> r.endpointArn(ComprehendStub.ENDPOINT + "-2").text("a")))
        .isInstanceOf(ResourceUnavailableException.class)
        .hasMessageContaining("is not in service");
  }

  @Test
  void refusesABadRequestAndReportsIt() {
    assertThatThrownBy(() -> client.classifyDocument(r -> r.endpointArn("e1").text("a")))
        .isInstanceOfSatisfying(
            ComprehendException.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationException"))
        .hasMessageContaining("EndpointArn is 'e1'");
    assertThat(requests.takeViolations())
        .extracting(Violation::path)
        .containsExactly("EndpointArn");
  }

  @Test
  void throttlesByDocumentsAndRefillsWithTime() {
    stub.realTime().quota(new Quota(1000, 2, nanos::get));
    classify("a");
    classify("b");

    assertThatThrownBy(() -> classify("c"))
        .isInstanceOfSatisfying(
            ComprehendException.class,
            e -> {
              assertThat(e.isThrottlingException()).isTrue();
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ThrottlingException");
            });

    nanos.addAndGet(Duration.ofMillis(499).toNanos());
    assertThatThrownBy(() -> classify("c")).isInstanceOf(ComprehendException.class);
    nanos.addAndGet(Duration.ofMillis(1).toNanos());
    classify("c");
    assertThat(stub.realTime().counts()).isEqualTo(new ClassifyCounts(5, 2, 3, 9, 3, 1));
  }

  @Test
  void throttlesByCharactersAndLetsALongTextOweThem() {
    stub.realTime().quota(new Quota(100, 1000, nanos::get));
    classify("x".repeat(160));

    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThatThrownBy(() -> classify("x".repeat(50))).hasMessageContaining("Rate exceeded");
    nanos.addAndGet(Duration.ofMillis(100).toNanos());
    classify("x".repeat(50));
    assertThat(stub.realTime().counts().characters()).isEqualTo(210);
  }

  @Test
  void aClientWithItsDefaultsRepeatsWhatWasThrottled() {
    // each try finds the clock a second further, so that only the first of two in a row is over the
    // quota
    stub.realTime().quota(new Quota(1000, 1, () -> nanos.getAndAdd(500_000_000)));
    try (ComprehendClient patient = TestClients.at(stub.endpoint(), ComprehendClient.builder())) {
      for (int i = 0; i < 3; i++) {
        String text = "text " + i;
        patient.classifyDocument(r -> r.endpointArn(ComprehendStub.ENDPOINT).text(text));
      }
    }

    assertThat(stub.realTime().counts().distinctTexts()).isEqualTo(3);
    assertThat(stub.realTime().counts().throttled()).isEqualTo(2);
  }

  @Test
  void sharesAQuotaAmongProcesses() throws IOException, InterruptedException {
    stub.realTime().quota(new Quota(1_000_000, 15, nanos::get));

    List<Process> processes = List.of(process(10), process(10));

    int answered = 0;
    for (Process process : processes) {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).isZero();
      answered += Integer.parseInt(output.strip());
    }
    assertThat(answered).isEqualTo(15);
    assertThat(stub.realTime().counts().throttled()).isEqualTo(5);
    // which calls are refused depends on the turns of the two, so eight texts are sure of an answer
    assertThat(stub.realTime().counts().distinctTexts()).isBetween(8, 10);
  }

  @Test
  void servesCallsInParallelAndCountsThem() {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    CyclicBarrier together = new CyclicBarrier(4);
    stub.classifier(
        text -> {
          try {
            together.await(30, TimeUnit.SECONDS);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          return Map.of("HAM", 1.0);
        });

    CompletableFuture.allOf(
            Stream.of("a", "b", "c", "d")
                .map(text -> CompletableFuture.runAsync(() -> classify(text), threads))
                .toArray(CompletableFuture[]::new))
        .join();
    threads.shutdown();

    assertThat(stub.realTime().counts().maximumParallel()).isEqualTo(4);
  }

  @Test
  void takesItsTime() {
    stub.realTime().latency(Duration.ofMillis(150));
    long begun = System.nanoTime();

    classify("a");

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(149));
  }

  @Test
  void failsAsPlanned() {
    stub.faults().next(1, Fault.internalError());
    stub.faults().next("ClassifyDocument", 1, Fault.html());
    stub.faults().next(1, Fault.error(400, "ResourceUnavailableException"));

    assertThatThrownBy(() -> classify("a")).isInstanceOf(InternalServerException.class);
    assertThatThrownBy(() -> classify("a"))
        .isInstanceOfSatisfying(
            SdkServiceException.class, e -> assertThat(e.statusCode()).isEqualTo(500));
    assertThatThrownBy(() -> classify("a")).isInstanceOf(ResourceUnavailableException.class);
    assertThat(classify("a").labels()).hasSize(3);
    assertThat(stub.realTime().counts().calls()).isEqualTo(1);
    assertThat(stub.faults().waiting()).isZero();
  }

  @Test
  void dropsConnectionsBeforeAndAfterActing() {
    stub.faults().next("DetectPiiEntities", 1, Fault.internalError());
    stub.faults().next(1, Fault.dropBeforeActing());
    stub.faults().next(1, Fault.dropAfterActing());
    stub.faults().next(1, Fault.internalError().afterActing());

    assertThatThrownBy(() -> classify("a")).isInstanceOf(SdkClientException.class);
    assertThat(stub.realTime().counts().calls()).isZero();
    assertThatThrownBy(() -> classify("a")).isInstanceOf(SdkClientException.class);
    assertThat(stub.realTime().answered()).isEqualTo(Map.of("a", 1));
    assertThatThrownBy(() -> classify("a")).isInstanceOf(InternalServerException.class);
    assertThat(stub.realTime().answered()).isEqualTo(Map.of("a", 2));

    // each was sent once: the connection below the client did not repeat it in silence
    assertThat(requests.of("comprehend", "ClassifyDocument")).hasSize(3);
    assertThat(stub.faults().waiting()).isEqualTo(1);
  }

  @Test
  void findsPersonalDataByCodePoints() {
    String text = "😀 mail jo@example.com or +49 151 123456";

    List<PiiEntity> entities =
        client.detectPiiEntities(r -> r.text(text).languageCode("en")).entities();

    assertThat(entities)
        .extracting(PiiEntity::typeAsString, PiiEntity::beginOffset, PiiEntity::endOffset)
        .containsExactly(tuple("EMAIL", 7, 21), tuple("PHONE", 25, 39));
    assertThat(text.substring(text.offsetByCodePoints(0, 7), text.offsetByCodePoints(0, 21)))
        .isEqualTo("jo@example.com");
  }

  @Test
  void findsThePersonalDataThatTheTestSays() {
    stub.realTime().pii(text -> List.of(new PiiFinding("NAME", 0, text.length(), 0.5)));

    assertThat(client.detectPiiEntities(r -> r.text("Jo").languageCode("es")).entities())
        .containsExactly(
            PiiEntity.builder().type("NAME").beginOffset(0).endOffset(2).score(0.5f).build());
  }

  @Test
  void knowsTwoLanguagesOfPersonalData() {
    assertThatThrownBy(() -> client.detectPiiEntities(r -> r.text("a").languageCode("de")))
        .isInstanceOf(UnsupportedLanguageException.class)
        .hasMessageContaining("de is not a language");
  }

  @Test
  void reportsWhatIsWrongWithItsOwnAnswers() {
    stub.realTime().pii(text -> List.of(new PiiFinding("EMAIL_ADDRESS", 0, 1, 0.5)));

    client.detectPiiEntities(r -> r.text("a").languageCode("en"));

    assertThat(requests.takeViolations())
        .extracting(Violation::operation, Violation::path)
        .containsExactly(tuple("DetectPiiEntities answer", "Entities[0].Type"));
  }

  @Test
  void reportsWhatItDoesNotHave() {
    assertThatThrownBy(() -> client.detectSentiment(r -> r.text("a").languageCode("en")))
        .isInstanceOf(ComprehendException.class);
    assertThat(requests.takeViolations())
        .containsExactly(new Violation("DetectSentiment", "", "is not an operation of the stub"));
  }

  private ClassifyDocumentResponse classify(String text) {
    return client.classifyDocument(r -> r.endpointArn(ComprehendStub.ENDPOINT).text(text));
  }

  private Process process(int texts) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            ClassifyingProcess.class.getName(),
            stub.endpoint().toString(),
            Integer.toString(texts))
        .redirectError(Redirect.DISCARD)
        .start();
  }
}
