package dev.assay.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.cli.Moto;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.comprehend.ComprehendClient;
import software.amazon.awssdk.services.comprehend.model.DocumentClassificationJobProperties;
import software.amazon.awssdk.services.comprehend.model.InvalidFilterException;
import software.amazon.awssdk.services.comprehend.model.InvalidRequestException;
import software.amazon.awssdk.services.comprehend.model.JobNotFoundException;
import software.amazon.awssdk.services.comprehend.model.JobStatus;
import software.amazon.awssdk.services.comprehend.model.ListDocumentClassificationJobsResponse;
import software.amazon.awssdk.services.comprehend.model.ResourceUnavailableException;
import software.amazon.awssdk.services.comprehend.model.StartDocumentClassificationJobRequest;
import software.amazon.awssdk.services.comprehend.model.TooManyRequestsException;
import software.amazon.awssdk.services.s3.S3Client;

/** The real client starts batch jobs at the stub, follows them and reads what they write. */
@Tag("long")
class ComprehendJobsIT {
  private static final String ROLE = "arn:aws:iam::123456789012:role/comprehend";

  @RegisterExtension final RecordedRequests requests = new RecordedRequests();
  @TempDir Path log;

  private final AtomicLong seconds = new AtomicLong(1_700_000_000);
  private ComprehendStub stub;
  private ComprehendClient client;

  @BeforeEach
  void start() throws IOException {
    stub = ComprehendStub.start(requests, new SteppingClock());
    stub.classifier(text -> Map.of(text.isEmpty() ? "EMPTY" : text, 1.0, "OTHER", 0.25));
    client = TestClients.onceAt(stub.endpoint(), ComprehendClient.builder());
    write("s3://bucket/in/part-1.txt", "a\nb\n\nd\n");
    write("s3://bucket/in/part-2.txt", "e");
  }

  @AfterEach
  void stop() {
    client.close();
    stub.close();
  }

  @Test
  void goesThroughItsStatusesAndWritesItsPredictions() throws IOException {
    String id = start("run-1");

    DocumentClassificationJobProperties running = describe(id);
    assertThat(running.jobStatus()).isEqualTo(JobStatus.IN_PROGRESS);
    assertThat(running.endTime()).isNull();
    DocumentClassificationJobProperties done = describe(id);

    assertThat(id).hasSize(32);
    assertThat(done.jobStatus()).isEqualTo(JobStatus.COMPLETED);
    assertThat(done.submitTime()).isEqualTo(Instant.ofEpochSecond(1_700_000_001));
    assertThat(done.endTime()).isEqualTo(Instant.ofEpochSecond(1_700_000_002));
    assertThat(done.outputDataConfig().s3Uri())
        .isEqualTo("s3://bucket/out/123456789012-CLN-%s/output/output.tar.gz".formatted(id));
    List<String> lines = predictions(stub.jobs().storage(), done);
    assertThat(lines)
        .containsExactlyInAnyOrder(
            "{\"File\":\"part-1.txt\",\"Line\":\"0\",\"Labels\":[{\"Name\":\"a\",\"Score\":1.0},{\"Name\":\"OTHER\",\"Score\":0.25}]}",
            "{\"File\":\"part-1.txt\",\"Line\":\"1\",\"Labels\":[{\"Name\":\"b\",\"Score\":1.0},{\"Name\":\"OTHER\",\"Score\":0.25}]}",
            "{\"File\":\"part-1.txt\",\"Line\":\"2\",\"Labels\":[{\"Name\":\"EMPTY\",\"Score\":1.0},{\"Name\":\"OTHER\",\"Score\":0.25}]}",
            "{\"File\":\"part-1.txt\",\"Line\":\"3\",\"Labels\":[{\"Name\":\"d\",\"Score\":1.0},{\"Name\":\"OTHER\",\"Score\":0.25}]}",
            "{\"File\":\"part-2.txt\",\"Line\":\"0\",\"Labels\":[{\"Name\":\"e\",\"Score\":1.0},{\"Name\":\"OTHER\",\"Score\":0.25}]}");
    assertThat(lines).isNotEqualTo(lines.stream().sorted().toList());
  }

  @Test
  void readsAndWritesOnAServer() throws IOException, InterruptedException {
    try (Moto moto = Moto.start(log.resolve("moto.log"));
        S3Client s3 = moto.s3()) {
      s3.createBucket(r -> r.bucket("lake"));
      s3.putObject(r -> r.bucket("lake").key("in/part-1.txt"), RequestBody.fromString("a\nb"));
      stub.jobs().storage(ObjectStorage.of(s3));
      stub.jobs().usually(JobPlan.completes(Progress.atOnce()));
      String id =
          start(
              r ->
                  r.inputDataConfig(c -> c.s3Uri("s3://lake/in/").inputFormat("ONE_DOC_PER_LINE"))
                      .outputDataConfig(c -> c.s3Uri("s3://lake/out")));

      DocumentClassificationJobProperties done = describe(id);

      assertThat(done.jobStatus()).isEqualTo(JobStatus.COMPLETED);
      assertThat(predictions(ObjectStorage.of(s3), done)).hasSize(2);
    }
  }

  @Test
  void takesOneDocumentPerFile() throws IOException {
    stub.onlyTop(1);
    String id =
        start(
            r ->
                r.inputDataConfig(
                    c -> c.s3Uri("s3://bucket/in/part-2").inputFormat("ONE_DOC_PER_FILE")));
    describe(id);

    assertThat(predictions(stub.jobs().storage(), describe(id)))
        .containsExactly("{\"File\":\"part-2.txt\",\"Labels\":[{\"Name\":\"e\",\"Score\":1.0}]}");
  }

  @Test
  void theSameTokenIsTheSameJob() {
    String id = start("run-1");

    assertThat(start("run-1")).isEqualTo(id);
    assertThat(start("run-2")).isNotEqualTo(id);
    assertThat(stub.jobs().paid()).isEqualTo(2);
    assertThatThrownBy(() -> start(r -> r.clientRequestToken("run-1").jobName("other")))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("the request token was used with another request");
    assertThat(stub.jobs().paid()).isEqualTo(2);
  }

  @Test
  void anAnswerThatIsLostLeavesTheJobToItsToken() {
    stub.faults().next(1, Fault.dropAfterActing());
    try (ComprehendClient patient = TestClients.at(stub.endpoint(), ComprehendClient.builder())) {
      patient.startDocumentClassificationJob(request(r -> r.clientRequestToken("run-1")));
    }

    assertThat(requests.of("comprehend", "StartDocumentClassificationJob")).hasSize(2);
    assertThat(stub.jobs().paid()).isEqualTo(1);
  }

  @Test
  void failsOrNeverEndsAsPlanned() {
    stub.jobs().next(JobPlan.fails("NO_WRITE_ACCESS_TO_OUTPUT"));
    stub.jobs().next(JobPlan.neverEnds());
    String failing = start("run-1");
    String endless = start("run-2");

    describe(failing);
    DocumentClassificationJobProperties failed = describe(failing);
    IntStream.range(0, 20).forEach(i -> describe(endless));

    assertThat(failed.jobStatus()).isEqualTo(JobStatus.FAILED);
    assertThat(failed.message()).isEqualTo("NO_WRITE_ACCESS_TO_OUTPUT");
    assertThat(describe(endless).jobStatus()).isEqualTo(JobStatus.IN_PROGRESS);
    assertThat(stub.jobs().storage().read("s3://bucket/out/")).isEmpty();
  }

  @Test
  void leavesLinesOutOrRefusesThemAsPlanned() throws IOException {
    stub.onlyTop(1);
    stub.jobs()
        .usually(
            JobPlan.completes(Progress.atOnce())
                .leavingOut(line -> line.file().equals("part-1.txt") && line.line() < 3)
                .refusing(line -> line.text().equals("e"), "DOCUMENT_SIZE_EXCEEDED", "too long"));

    assertThat(predictions(stub.jobs().storage(), describe(start("run-1"))))
        .containsExactlyInAnyOrder(
            "{\"File\":\"part-1.txt\",\"Line\":\"3\",\"Labels\":[{\"Name\":\"d\",\"Score\":1.0}]}",
            "{\"File\":\"part-2.txt\",\"Line\":\"0\",\"ErrorCode\":\"DOCUMENT_SIZE_EXCEEDED\",\"ErrorMessage\":\"too long\"}");
  }

  @Test
  void failsWhenThereIsNoInput() {
    stub.jobs().usually(JobPlan.completes(Progress.atOnce()));

    DocumentClassificationJobProperties failed =
        describe(start(r -> r.inputDataConfig(c -> c.s3Uri("s3://bucket/nothing/"))));

    assertThat(failed.jobStatus()).isEqualTo(JobStatus.FAILED);
    assertThat(failed.message())
        .isEqualTo("NO_READ_ACCESS_TO_INPUT: there is nothing at s3://bucket/nothing/");
  }

  @Test
  void movesOnWithTimeIfTold() {
    AtomicLong nanos = new AtomicLong();
    stub.jobs().usually(JobPlan.completes(Progress.every(Duration.ofMinutes(1), nanos::get)));
    String id = start("run-1");

    assertThat(describe(id).jobStatus()).isEqualTo(JobStatus.SUBMITTED);
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(describe(id).jobStatus()).isEqualTo(JobStatus.IN_PROGRESS);
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(describe(id).jobStatus()).isEqualTo(JobStatus.COMPLETED);
  }

  @Test
  void hasTenActiveJobsAtMost() {
    List<String> ids = IntStream.range(0, 10).mapToObj(i -> start("run-" + i)).toList();

    assertThatThrownBy(() -> start("run-10"))
        .isInstanceOf(TooManyRequestsException.class)
        .hasMessageContaining("10 jobs are active");
    assertThat(start("run-0")).isEqualTo(ids.get(0));
    describe(ids.get(3));
    describe(ids.get(3));
    start("run-10");
    assertThat(stub.jobs().statuses()).containsOnlyOnce("COMPLETED").hasSize(11);
  }

  @Test
  void listsByNameAndStatusAndTime() {
    String first = start(r -> r.clientRequestToken("run-1").jobName("spam"));
    String second = start(r -> r.clientRequestToken("run-2").jobName("ham"));
    describe(first);

    assertThat(list("JobName", "spam")).containsExactly(first);
    assertThat(list("JobStatus", "SUBMITTED")).containsExactly(second);
    assertThat(list("JobStatus", "FAILED")).isEmpty();
    assertThat(ids(client.listDocumentClassificationJobs())).containsExactly(second, first);
    assertThat(
            ids(
                client.listDocumentClassificationJobs(
                    r -> r.filter(f -> f.submitTimeAfter(Instant.ofEpochSecond(1_700_000_001))))))
        .containsExactly(second);
    assertThat(
            ids(
                client.listDocumentClassificationJobs(
                    r -> r.filter(f -> f.submitTimeBefore(Instant.ofEpochSecond(1_700_000_009))))))
        .containsExactly(first, second);
    assertThatThrownBy(
            () ->
                client.listDocumentClassificationJobs(
                    r -> r.filter(f -> f.jobName("spam").jobStatus("FAILED"))))
        .isInstanceOf(InvalidFilterException.class)
        .hasMessageContaining("only one filter");
  }

  @Test
  void listsPageByPage() {
    List<String> ids = IntStream.range(0, 5).mapToObj(i -> start("run-" + i)).toList();

    assertThat(
            client.listDocumentClassificationJobsPaginator(r -> r.maxResults(2)).stream()
                .map(ComprehendJobsIT::ids))
        .containsExactly(
            List.of(ids.get(4), ids.get(3)), List.of(ids.get(2), ids.get(1)), List.of(ids.get(0)));
    assertThatThrownBy(() -> client.listDocumentClassificationJobs(r -> r.nextToken("x")))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("page token");
  }

  @Test
  void refusesWhatIsNotThere() {
    assertThatThrownBy(() -> describe("nothing"))
        .isInstanceOf(JobNotFoundException.class)
        .hasMessageContaining("there is no such job");
    assertThatThrownBy(
            () -> start(r -> r.documentClassifierArn(ComprehendStub.CLASSIFIER + "-untrained")))
        .isInstanceOf(ResourceUnavailableException.class)
        .hasMessageContaining("is not trained");
    assertThatThrownBy(() -> start(r -> r.documentClassifierArn(null)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("either DocumentClassifierArn or FlywheelArn");
  }

  private String start(String token) {
    return start(r -> r.clientRequestToken(token));
  }

  private String start(Consumer<StartDocumentClassificationJobRequest.Builder> changes) {
    return client.startDocumentClassificationJob(request(changes)).jobId();
  }

  private static StartDocumentClassificationJobRequest request(
      Consumer<StartDocumentClassificationJobRequest.Builder> changes) {
    StartDocumentClassificationJobRequest.Builder builder =
        StartDocumentClassificationJobRequest.builder()
            .documentClassifierArn(ComprehendStub.CLASSIFIER)
            .inputDataConfig(c -> c.s3Uri("s3://bucket/in/").inputFormat("ONE_DOC_PER_LINE"))
            .outputDataConfig(c -> c.s3Uri("s3://bucket/out/"))
            .dataAccessRoleArn(ROLE);
    changes.accept(builder);
    return builder.build();
  }

  private DocumentClassificationJobProperties describe(String id) {
    return client
        .describeDocumentClassificationJob(r -> r.jobId(id))
        .documentClassificationJobProperties();
  }

  private List<String> list(String filter, String value) {
    return ids(
        client.listDocumentClassificationJobs(
            r ->
                r.filter(
                    f -> {
                      if (filter.equals("JobName")) {
                        f.jobName(value);
                      } else {
                        f.jobStatus(value);
                      }
                    })));
  }

  private static List<String> ids(ListDocumentClassificationJobsResponse response) {
    return response.documentClassificationJobPropertiesList().stream()
        .map(DocumentClassificationJobProperties::jobId)
        .toList();
  }

  private static List<String> predictions(
      ObjectStorage storage, DocumentClassificationJobProperties job) throws IOException {
    byte[] packed =
        storage.read(job.outputDataConfig().s3Uri()).get(job.outputDataConfig().s3Uri());
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(packed)))) {
      assertThat(tar.getNextTarEntry().getName()).isEqualTo("predictions.jsonl");
      return new String(tar.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private void write(String address, String text) {
    stub.jobs().storage().write(address, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A second further with each look. */
  private final class SteppingClock extends Clock {
    @Override
    public Instant instant() {
      return Instant.ofEpochSecond(seconds.incrementAndGet());
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
