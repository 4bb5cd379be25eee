package dev.assay.messages.comprehend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.cli.Moto;
import dev.assay.messages.comprehend.ComprehendTrainer.Order;
import dev.assay.messages.comprehend.ComprehendTrainer.Trained;
import dev.assay.messages.comprehend.EndpointOwner.Costs;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.ComprehendRate;
import dev.assay.model.job.ComprehendSettings;
import dev.assay.testing.aws.ComprehendStub;
import dev.assay.testing.aws.Progress;
import dev.assay.testing.aws.RecordedRequests;
import dev.assay.testing.aws.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

@Tag("long")
class ComprehendTrainerIT {
  private static final String BUCKET = "comprehend-training";
  private static final Order ORDER = new Order("sms", "en", '|');

  @TempDir static Path log;
  private static Moto moto;
  private static S3Client s3;

  @RegisterExtension final RecordedRequests requests = new RecordedRequests();
  @TempDir Path folder;

  private final List<String> progress = new ArrayList<>();
  private ComprehendStub stub;
  private Path csv;

  @BeforeAll
  static void startServer() throws IOException, InterruptedException {
    moto = Moto.start(log.resolve("moto.log"));
    s3 = moto.s3();
    s3.createBucket(r -> r.bucket(BUCKET));
  }

  @AfterAll
  static void stopServer() throws InterruptedException {
    s3.close();
    moto.close();
  }

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
    Trained trained = trainer().train(csv, ORDER, progress::add);
    Trained again = trainer().train(csv, ORDER, progress::add);

    assertThat(again).isEqualTo(trained);
    assertThat(stub.classifiers().paid()).isEqualTo(1);
    assertThat(trained.classifier())
        .matches(
            "arn:aws:comprehend:us-east-1:123456789012:document-classifier/sms/version/v[0-9a-f]{12}");
    assertThat(trained.warning()).isEmpty();
    assertThat(trained.documents()).isEqualTo(900);
    assertThat(trained.metrics()).hasSize(8).containsEntry("MicroF1Score", 0.945);
    assertThat(progress)
        .element(0)
        .asString()
        .matches("The labelled messages are at s3://comprehend-training/assay/training/.*\\.csv");
    assertThat(progress).contains(trained.classifier() + ": TRAINED");
    String key = progress.get(0).replaceFirst(".*s3://comprehend-training/", "");
    assertThat(s3.getObjectAsBytes(r -> r.bucket(BUCKET).key(key)).asUtf8String())
        .isEqualTo("SPAM|HATE,buy\ncompliant,hello\n");
  }

  @Test
  void saysWhatTheServiceWarnsOfAndWhyItFails() throws IOException {
    stub.classifiers().training(TrainingPlan.trainedWithWarning("few examples of HATE"));
    assertThat(trainer().train(csv, ORDER, progress::add).warning())
        .isEqualTo(Optional.of("few examples of HATE"));

    Files.writeString(csv, "SPAM,other\n");
    stub.classifiers().training(TrainingPlan.inError("too few documents"));
    assertThatThrownBy(() -> trainer().train(csv, ORDER, progress::add))
        .isInstanceOf(AssayException.class)
        .hasMessageMatching(
            ".*: the training ended as IN_ERROR: too few documents\\. Mend what it says; a changed file is a new training\\.");
  }

  @Test
  void doesNotWaitForEver() {
    stub.classifiers().training(TrainingPlan.trained().at(Progress.never()));

    assertThatThrownBy(
            () ->
                new ComprehendTrainer(settings(), hadoop(), () -> waiting(Duration.ofMillis(100)))
                    .train(csv, ORDER, progress::add))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.kind()).isEqualTo(ExitKind.OUTSIDE_UNAVAILABLE))
        .hasMessageEndingWith(
            ": the training has not ended within the longest wait; it is TRAINING. It goes on: the same call again waits for it, and does not pay twice.");
  }

  @Test
  void anEndpointNeedsSomebodyWhoAcceptsItsCosts() {
    EndpointOwner owner = new EndpointOwner(settings(), () -> waiting(Duration.ofMinutes(1)));
    String warning =
        "An endpoint of 2 inference units costs money from its creation to its deletion, asked or not. 86.4 USD a day (prices in USD of 2026-11-01 for us-east-1). Delete it when it is no longer needed.";

    assertThatThrownBy(
            () -> owner.create("sms", Settings.CLASSIFIER, 2, Costs.NOT_ACCEPTED, progress::add))
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.kind()).isEqualTo(ExitKind.USAGE))
        .hasMessage("Endpoint sms was not created: nobody has accepted its costs. " + warning);
    assertThat(stub.endpoints().paid()).isEmpty();
    String arn = owner.create("sms", Settings.CLASSIFIER, 2, Costs.ACCEPTED, progress::add);

    assertThat(stub.endpoints().paid()).containsExactly(arn);
    assertThat(progress).contains(warning, arn + ": IN_SERVICE");
    owner.delete(arn);
    owner.delete(arn);
    assertThat(stub.endpoints().paid()).isEmpty();
  }

  private ComprehendTrainer trainer() {
    return new ComprehendTrainer(settings(), hadoop(), () -> waiting(Duration.ofMinutes(1)));
  }

  private ComprehendSettings settings() {
    return Settings.at(
        stub.endpoint(), ComprehendRate.ofUnits(1), 1, "s3://%s/assay".formatted(BUCKET));
  }

  private static Configuration hadoop() {
    Configuration configuration = new Configuration();
    moto.hadoop().forEach(configuration::set);
    return configuration;
  }

  private static Waiting waiting(Duration longest) {
    return new Waiting(
        Duration.ofMillis(20), Duration.ofMillis(50), longest, System::nanoTime, Pause.SLEEP);
  }
}
