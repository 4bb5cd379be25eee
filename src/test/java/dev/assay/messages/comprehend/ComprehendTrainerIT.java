package dev.assay.messages.comprehend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.cli.MotoBucket;
import dev.assay.messages.comprehend.ComprehendTrainer.Labelled;
import dev.assay.messages.comprehend.ComprehendTrainer.Order;
import dev.assay.messages.comprehend.ComprehendTrainer.Terms;
import dev.assay.messages.comprehend.ComprehendTrainer.Trained;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.ComprehendRate;
import dev.assay.model.job.ComprehendSettings;
import dev.assay.testing.aws.ComprehendStub;
import dev.assay.testing.aws.Fault;
import dev.assay.testing.aws.Progress;
import dev.assay.testing.aws.RecordedRequests;
import dev.assay.testing.aws.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
class ComprehendTrainerIT {
  @RegisterExtension static final MotoBucket BUCKET = new MotoBucket("comprehend-training");

  private static final Order ORDER = new Order("sms", "en", '|');
  private static final Terms FREE = new Terms(() -> {}, Optional.empty());

  @RegisterExtension final RecordedRequests requests = new RecordedRequests();
  @TempDir Path folder;

  private final List<String> progress = new ArrayList<>();
  private ComprehendStub stub;
  private Path csv;

  @BeforeEach
  void start() throws IOException {
    stub = ComprehendStub.start(requests);
    csv = Files.writeString(folder.resolve("labelled.csv"), "SPAM|HATE,buy\ncompliant,hello\n");
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  @Test
  void trainsOnceFromTheFile() {
    Trained trained = train(csv);
    stub.faults().next("CreateDocumentClassifier", 1, Fault.internalError());
    Trained again = train(csv);

    assertThat(again.classifier()).isEqualTo(trained.classifier());
    assertThat(again.metrics()).isEqualTo(trained.metrics());
    // it was found, and not asked for again
    assertThat(stub.faults().waiting()).isEqualTo(1);
    assertThat(stub.classifiers().paid()).isEqualTo(1);
    assertThat(trained.classifier())
        .matches(
            "arn:aws:comprehend:us-east-1:123456789012:document-classifier/sms/version/v[0-9a-f]{12}");
    assertThat(trained.warning()).isEmpty();
    assertThat(trained.documents()).isEqualTo(900);
    assertThat(trained.testDocuments()).isEqualTo(100);
    assertThat(trained.time()).isPresent();
    assertThat(trained.metrics()).hasSize(8).containsEntry("MicroF1Score", 0.945);
    assertThat(progress)
        .element(0)
        .asString()
        .matches("The labelled messages are at s3://comprehend-training/assay/training/.*\\.csv");
    assertThat(progress).contains(trained.classifier() + ": TRAINED");
    String key = progress.get(0).replaceFirst(".*s3://comprehend-training/", "");
    assertThat(BUCKET.s3().getObjectAsBytes(r -> r.bucket(BUCKET.name()).key(key)).asUtf8String())
        .isEqualTo("SPAM|HATE,buy\ncompliant,hello\n");
  }

  @Test
  void saysWhatTheServiceWarnsOfAndWhyItFails() throws IOException {
    stub.classifiers().training(TrainingPlan.trainedWithWarning("few examples of HATE"));
    assertThat(train(csv).warning()).isEqualTo(Optional.of("few examples of HATE"));

    Files.writeString(csv, "SPAM,other\n");
    stub.classifiers().training(TrainingPlan.inError("too few documents"));
    assertThatThrownBy(() -> train(csv))
        .isInstanceOf(AssayException.class)
        .hasMessageMatching(
            ".*: the training ended as IN_ERROR: too few documents\\. Mend what it says; a changed file is a new training\\. To train from the same texts again, delete this version first: aws comprehend delete-document-classifier --document-classifier-arn .*");
  }

  @Test
  void doesNotWaitForEver() {
    stub.classifiers().training(TrainingPlan.trained().at(Progress.never()));

    assertThatThrownBy(
            () ->
                new ComprehendTrainer(settings(), hadoop(), () -> waiting(Duration.ofMillis(100)))
                    .train(new Labelled(csv, Optional.empty()), ORDER, FREE, progress::add))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.kind()).isEqualTo(ExitKind.OUTSIDE_UNAVAILABLE))
        .hasMessageEndingWith(
            ": the training has not ended within the longest wait; it is TRAINING. It goes on: the same call again waits for it, and does not pay twice.");
  }

  @Test
  void asksForAgreementOnlyBeforeItPays() {
    Terms refused =
        new Terms(
            () -> {
              throw new IllegalStateException("not agreed");
            },
            Optional.empty());

    assertThatThrownBy(
            () ->
                trainer().train(new Labelled(csv, Optional.empty()), ORDER, refused, progress::add))
        .hasMessage("not agreed");
    assertThat(stub.classifiers().paid()).isZero();
    assertThat(requests.of("comprehend", "CreateDocumentClassifier")).isEmpty();
    Trained trained = train(csv);

    assertThat(
            trainer()
                .train(new Labelled(csv, Optional.empty()), ORDER, refused, progress::add)
                .classifier())
        .isEqualTo(trained.classifier());
    assertThat(stub.classifiers().paid()).isEqualTo(1);
  }

  @Test
  void aLostAnswerAndAKilledCallAreOneTraining() {
    stub.faults().next("CreateDocumentClassifier", 1, Fault.dropAfterActing());
    stub.classifiers().training(TrainingPlan.trained().at(Progress.everyDescriptions(2)));
    assertThatThrownBy(
            () ->
                trainer()
                    .train(
                        new Labelled(csv, Optional.empty()),
                        ORDER,
                        FREE,
                        line -> {
                          if (line.endsWith("TRAINING")) {
                            throw new IllegalStateException("killed");
                          }
                        }))
        .hasMessage("killed");

    assertThat(train(csv).documents()).isEqualTo(900);
    assertThat(stub.classifiers().paid()).isEqualTo(1);
  }

  @Test
  void measuresWithTheTestTexts() throws IOException {
    Path test = Files.writeString(folder.resolve("test.csv"), "HATE,other\n");
    Trained trained =
        trainer().train(new Labelled(csv, Optional.of(test)), ORDER, FREE, progress::add);

    assertThat(trained.classifier()).isNotEqualTo(train(csv).classifier());
    String uri =
        requests
            .of("comprehend", "CreateDocumentClassifier")
            .get(0)
            .input()
            .at("/InputDataConfig/TestS3Uri")
            .asText();
    assertThat(
            BUCKET
                .s3()
                .getObjectAsBytes(
                    r ->
                        r.bucket(BUCKET.name())
                            .key(uri.replace("s3://%s/".formatted(BUCKET.name()), "")))
                .asUtf8String())
        .isEqualTo("HATE,other\n");
  }

  @Test
  void stopsATrainingThatTakesLongerThanSomebodyPaysFor() throws IOException {
    Clock twoHoursAgo = Clock.offset(Clock.systemUTC(), Duration.ofHours(-2));
    try (ComprehendStub old = ComprehendStub.start(requests, twoHoursAgo)) {
      old.classifiers().training(TrainingPlan.trained().at(Progress.never()));
      ComprehendSettings settings =
          Settings.at(
              old.endpoint(),
              ComprehendRate.ofUnits(1),
              1,
              "s3://%s/assay".formatted(BUCKET.name()));
      Terms anHour = new Terms(() -> {}, Optional.of(Duration.ofHours(1)));
      ComprehendTrainer trainer =
          new ComprehendTrainer(settings, hadoop(), () -> waiting(Duration.ofMinutes(1)));

      assertThatThrownBy(
              () ->
                  trainer.train(new Labelled(csv, Optional.empty()), ORDER, anHour, progress::add))
          .isInstanceOfSatisfying(
              AssayException.class, e -> assertThat(e.kind()).isEqualTo(ExitKind.HELD))
          .hasMessageMatching(
              ".*: it has trained for 2 h 0 min, which is all that max-cost pays for, and Comprehend was asked to stop\\. To train .* delete-document-classifier .*");
      assertThat(requests.of("comprehend", "StopTrainingDocumentClassifier")).hasSize(1);
      assertThatThrownBy(
              () -> trainer.train(new Labelled(csv, Optional.empty()), ORDER, FREE, progress::add))
          .hasMessageContaining("the training ended as STOPPED");
    }
  }

  private Trained train(Path texts) {
    return trainer().train(new Labelled(texts, Optional.empty()), ORDER, FREE, progress::add);
  }

  private ComprehendTrainer trainer() {
    return new ComprehendTrainer(settings(), hadoop(), () -> waiting(Duration.ofMinutes(1)));
  }

  private ComprehendSettings settings() {
    return Settings.at(
        stub.endpoint(), ComprehendRate.ofUnits(1), 1, "s3://%s/assay".formatted(BUCKET.name()));
  }

  private static Configuration hadoop() {
    Configuration configuration = new Configuration();
    BUCKET.hadoop().forEach(configuration::set);
    return configuration;
  }

  private static Waiting waiting(Duration longest) {
    return new Waiting(
        Duration.ofMillis(20), Duration.ofMillis(50), longest, System::nanoTime, Pause.SLEEP);
  }
}
