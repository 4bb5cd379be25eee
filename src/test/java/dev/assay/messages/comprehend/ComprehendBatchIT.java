package dev.assay.messages.comprehend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.cli.MotoBucket;
import dev.assay.cli.TestProject;
import dev.assay.messages.Classifier;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.ComprehendRate;
import dev.assay.testing.aws.ComprehendStub;
import dev.assay.testing.aws.Fault;
import dev.assay.testing.aws.JobPlan;
import dev.assay.testing.aws.ObjectStorage;
import dev.assay.testing.aws.Progress;
import dev.assay.testing.aws.RecordedRequests;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Batch jobs of the stub over files of a local S3. */
class ComprehendBatchIT {
  @RegisterExtension static final MotoBucket BUCKET = new MotoBucket("comprehend-batch");

  private static final Set<String> CATEGORIES = Set.of("HATE", "SPAM");

  @RegisterExtension final RecordedRequests requests = new RecordedRequests();
  @TempDir Path folder;

  private ComprehendStub stub;
  private SparkSession spark;

  @BeforeEach
  void start() throws IOException {
    stub = ComprehendStub.start(requests);
    stub.jobs().storage(ObjectStorage.of(BUCKET.s3()));
    stub.classifier(text -> Map.of(text.replace(' ', '_'), 0.75, "HATE", 0.25, "compliant", 0.125));
    spark =
        new TestProject(
                folder,
                Map.of("type", "hadoop", "warehouse", folder.resolve("lake").toString()),
                BUCKET.hadoop())
            .spark();
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  @Test
  void answersEveryTextWhateverTheOrder() {
    ComprehendBatch batch = open("every");
    Map<String, String> texts = new TreeMap<>();
    for (int i = 0; i < 20; i++) {
      texts.put("h" + i, "text " + i);
    }
    texts.put("lines", "one\ntwo\r\u2028three");
    texts.put("blank", " \n ");

    Map<String, String> answers = Texts.read(batch.classify(Texts.questions(spark, texts)));

    assertThat(answers)
        .hasSize(22)
        .containsEntry("h7", "{HATE=0.25, text_7=0.75}")
        .containsEntry("h19", "{HATE=0.25, text_19=0.75}")
        .containsEntry("lines", "{HATE=0.25, one_two__three=0.75}")
        .containsEntry("blank", "{} REFUSED");
    assertThat(batch.spent().documents()).isEqualTo(21);
    assertThat(batch.spent().units()).isEqualTo(63);
    assertThat(batch.spent().cost()).isEqualByComparingTo("0.0315");
    assertThat(batch.model()).isEqualTo(Models.of(Settings.CLASSIFIER, "compliant"));
    assertThat(batch.classify(Texts.questions(spark, texts)).schema())
        .isEqualTo(Classifier.ANSWERS);
    assertThat(stub.jobs().paid()).isEqualTo(1);
    assertThat(objects("every")).isPositive();
    batch.settled();
    assertThat(objects("every")).isZero();
  }

  @Test
  void aMultiClassModelAndOnlyTheBestClasses() {
    stub.multiClass();
    stub.onlyTop(1);

    assertThat(Texts.read(open("top").classify(Texts.questions(spark, Map.of("h", "text")))))
        .isEqualTo(Map.of("h", "{text=0.75}"));
  }

  @Test
  void aTextWithAnErrorIsRefused() {
    stub.jobs().next(JobPlan.completes().refusing(line -> line.text().equals("bad"), "X", "no"));

    assertThat(
            Texts.read(
                open("refused").classify(Texts.questions(spark, Map.of("a", "good", "b", "bad")))))
        .isEqualTo(Map.of("a", "{HATE=0.25, good=0.75}", "b", "{} REFUSED"));
    assertThat(stub.jobs().paid()).isEqualTo(1);
  }

  @Test
  void submitsOnlyWhatIsMissingAgain() {
    stub.jobs().next(JobPlan.completes().leavingOut(line -> line.text().endsWith("3")));
    Map<String, String> texts = new TreeMap<>();
    for (int i = 0; i < 20; i++) {
      texts.put("h" + i, "text " + i);
    }
    ComprehendBatch batch = open("missing");

    assertThat(Texts.read(batch.classify(Texts.questions(spark, texts)))).hasSize(20);
    assertThat(stub.jobs().paid()).isEqualTo(2);
    assertThat(batch.spent().documents()).isEqualTo(22);
  }

  @Test
  void givesUpOnTextsThatAreNeverAnswered() {
    stub.jobs().usually(JobPlan.completes().leavingOut(line -> line.text().equals("lost")));

    assertThatThrownBy(
            () -> open("lost").classify(Texts.questions(spark, Map.of("a", "good", "b", "lost"))))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.kind()).isEqualTo(ExitKind.OUTSIDE_UNAVAILABLE))
        .hasMessageStartingWith(
            "%s: batch jobs said nothing about 1 of 2 texts in 3 rounds. Look at their output under s3://%s/lost/batch/job/"
                .formatted(Settings.CLASSIFIER, BUCKET.name()));
    assertThat(stub.jobs().paid()).isEqualTo(3);
  }

  @Test
  void aJobThatFailsEndsTheRunAndIsStartedAgainByTheNext() {
    stub.jobs().next(JobPlan.fails("NO_READ_ACCESS_TO_INPUT: the role may not read"));
    Map<String, String> texts = Map.of("a", "good");

    assertThatThrownBy(() -> open("fails").classify(Texts.questions(spark, texts)))
        .isInstanceOf(AssayException.class)
        .hasMessageMatching(
            "\\Q%s: batch job \\Eassay-[0-9a-f]{48}-0\\Q ended as FAILED: NO_READ_ACCESS_TO_INPUT: the role may not read. Nothing of it was kept. If it says what is wrong, mend that; run again, which starts it again and keeps the jobs that ended well.\\E"
                .formatted(Settings.CLASSIFIER));

    assertThat(Texts.read(open("fails").classify(Texts.questions(spark, texts)))).hasSize(1);
    assertThat(stub.jobs().statuses()).containsExactly("FAILED", "COMPLETED");
  }

  @Test
  @Tag("long")
  void aRunThatWaitedLongEnoughIsRepeatedWithoutPayingTwice() {
    stub.jobs().next(JobPlan.completes(Progress.everyDescriptions(20)));
    Map<String, String> texts = Map.of("a", "good", "b", "better");
    ComprehendBatch impatient = open("waits", Duration.ofMillis(100), Limits.OF_SERVICE);

    assertThatThrownBy(() -> impatient.classify(Texts.questions(spark, texts)))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.kind()).isEqualTo(ExitKind.OUTSIDE_UNAVAILABLE))
        .hasMessage(
            "%s: 1 of 1 batch jobs of Comprehend have not ended within the longest wait. Run again: the run finds them by their names and does not pay twice. Raise 'comprehend: {longest-wait: …}' in the profile if it happens often."
                .formatted(Settings.CLASSIFIER));
    assertThat(impatient.spent().documents()).isEqualTo(2);

    ComprehendBatch restarted = open("waits");
    assertThat(Texts.read(restarted.classify(Texts.questions(spark, texts)))).hasSize(2);
    assertThat(stub.jobs().paid()).isEqualTo(1);
    assertThat(restarted.spent().documents()).isZero();
    // nobody has written down what the first run paid; as soon as somebody has, it is not told
    // again
    assertThat(restarted.leftBehind().documents()).isEqualTo(2);
    assertThat(restarted.leftBehind().units()).isEqualTo(6);
    restarted.recorded();
    assertThat(restarted.leftBehind().charged()).isFalse();
    ComprehendBatch third = open("waits");
    third.classify(Texts.questions(spark, texts));
    assertThat(third.leftBehind().charged()).isFalse();
  }

  @Test
  void moreTextsThanLastTimeAreAJobOfTheirOwn() {
    open("more").classify(Texts.questions(spark, Map.of("a", "good")));
    ComprehendBatch restarted = open("more");

    assertThat(
            Texts.read(
                restarted.classify(Texts.questions(spark, Map.of("a", "good", "b", "better")))))
        .isEqualTo(Map.of("a", "{HATE=0.25, good=0.75}", "b", "{HATE=0.25, better=0.75}"));
    assertThat(stub.jobs().paid()).isEqualTo(2);
    assertThat(restarted.spent().documents()).isEqualTo(1);
  }

  @Test
  void whatAnotherRunHasPaidForStays() {
    stub.jobs().next(JobPlan.fails("no"));
    assertThatThrownBy(() -> open("other").classify(Texts.questions(spark, Map.of("x", "fails"))))
        .isInstanceOf(AssayException.class);
    open("other").classify(Texts.questions(spark, Map.of("a", "good", "b", "better")));
    ComprehendBatch another = open("other");

    // waits for no job with other texts, and starts none of them again
    assertThat(Texts.read(another.classify(Texts.questions(spark, Map.of("c", "best")))))
        .hasSize(1);
    assertThat(stub.jobs().paid()).isEqualTo(3);
    another.settled();
    ComprehendBatch repeated = open("other");

    assertThat(
            Texts.read(
                repeated.classify(Texts.questions(spark, Map.of("a", "good", "b", "better")))))
        .hasSize(2);
    assertThat(stub.jobs().paid()).isEqualTo(3);
    repeated.settled();
    // texts, hashes and mark of the job that failed
    assertThat(objects("other")).isEqualTo(3);
  }

  @Test
  void aJobWhoseOutputIsGoneIsNotTakenForAnAnswer() {
    ComprehendBatch first = open("gone");
    first.classify(Texts.questions(spark, Map.of("a", "good"))).count();
    first.settled();

    assertThat(Texts.read(open("gone").classify(Texts.questions(spark, Map.of("a", "good")))))
        .hasSize(1);
    assertThat(stub.jobs().statuses()).containsExactly("COMPLETED", "COMPLETED");
  }

  @Test
  void aStartWithoutAnAnswerIsOneJob() {
    stub.faults().next("StartDocumentClassificationJob", 1, Fault.dropAfterActing());
    stub.faults().next("StartDocumentClassificationJob", 1, Fault.internalError().afterActing());

    assertThat(Texts.read(open("drop").classify(Texts.questions(spark, Map.of("a", "good")))))
        .hasSize(1);
    assertThat(stub.jobs().paid()).isEqualTo(1);
  }

  @Test
  void staysWithinTheLimitsOfJobs() {
    ComprehendBatch batch =
        open("limits", Duration.ofMinutes(2), new Limits(10, 5_000_000_000L, 3, 3));

    assertThat(Texts.read(batch.classify(Texts.questions(spark, 65, "a")))).hasSize(65);
    assertThat(stub.jobs().paid()).isEqualTo(7);
    assertThat(requests.of("comprehend", "StartDocumentClassificationJob")).hasSize(7);
  }

  @Test
  void waitsWhileTheAccountHasNoRoomForMoreJobs() {
    stub.faults()
        .next("StartDocumentClassificationJob", 3, Fault.error(400, "TooManyRequestsException"));

    assertThat(Texts.read(open("room").classify(Texts.questions(spark, Map.of("a", "good")))))
        .hasSize(1);
    assertThat(stub.jobs().paid()).isEqualTo(1);
  }

  private static long objects(String work) {
    return BUCKET
        .s3()
        .listObjectsV2(r -> r.bucket(BUCKET.name()).prefix(work + "/batch/"))
        .contents()
        .stream()
        .filter(object -> !object.key().endsWith("/"))
        .count();
  }

  private ComprehendBatch open(String work) {
    return open(work, Duration.ofMinutes(2), Limits.OF_SERVICE);
  }

  private ComprehendBatch open(String work, Duration longest, Limits limits) {
    return new ComprehendBatch(
        spark,
        Settings.at(
            stub.endpoint(),
            ComprehendRate.ofUnits(1),
            4,
            "s3://%s/%s".formatted(BUCKET.name(), work)),
        CATEGORIES,
        "job",
        limits,
        () ->
            new Waiting(
                Duration.ofMillis(20),
                Duration.ofMillis(100),
                longest,
                System::nanoTime,
                Pause.SLEEP));
  }
}
