package dev.assay.messages.comprehend;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Fingerprint;
import dev.assay.model.job.ComprehendSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.comprehend.ComprehendClient;
import software.amazon.awssdk.services.comprehend.model.ClassifierEvaluationMetrics;
import software.amazon.awssdk.services.comprehend.model.DocumentClassifierMode;
import software.amazon.awssdk.services.comprehend.model.DocumentClassifierProperties;
import software.amazon.awssdk.services.comprehend.model.ModelStatus;

/**
 * Has Comprehend train a multi-label classifier. The version of a classifier is a fingerprint of
 * the files: the same call again finds the same training by its name, or, where the service does
 * not list it yet, by its request token, and does not pay twice.
 */
public final class ComprehendTrainer {
  private final ComprehendSettings settings;
  private final Configuration hadoop;
  private final Supplier<Waiting> waits;
  private final Attempts attempts = Attempts.usual();

  /**
   * What is trained.
   *
   * @param name letters, digits and single hyphens, at most 63
   * @param language as the service names it, for example {@code en}
   * @param delimiter between labels
   */
  public record Order(String name, String language, char delimiter) {}

  /**
   * What it is trained from: {@code label,document} in UTF-8 without a header, labels joined by the
   * delimiter.
   *
   * @param test texts that the service measures with; without them it holds some out itself
   */
  public record Labelled(java.nio.file.Path texts, Optional<java.nio.file.Path> test) {}

  /**
   * What somebody is ready to pay.
   *
   * @param agreed called before anything is uploaded or started, and not if the training is there
   *     already; throws to stop there
   * @param longest time of training, after which the service is asked to stop; empty for none
   */
  public record Terms(Runnable agreed, Optional<Duration> longest) {}

  /**
   * A trained classifier.
   *
   * @param classifier its ARN
   * @param warning what the service warns of
   * @param documents that it was trained with
   * @param testDocuments that it was measured with
   * @param metrics 0 to 1, by the service's names, for example {@code MicroF1Score}
   * @param time of training; empty if the service does not say
   */
  public record Trained(
      String classifier,
      Optional<String> warning,
      int documents,
      int testDocuments,
      Map<String, Double> metrics,
      Optional<Duration> time) {
    public Trained {
      metrics = java.util.Collections.unmodifiableMap(new TreeMap<>(metrics));
    }
  }

  ComprehendTrainer(ComprehendSettings settings, Configuration hadoop, Supplier<Waiting> waits) {
    this.settings = settings;
    this.hadoop = hadoop;
    this.waits = waits;
  }

  /**
   * Trains as a profile says.
   *
   * @param hadoop how the work folder is reached
   */
  public static ComprehendTrainer of(ComprehendSettings settings, Configuration hadoop) {
    return new ComprehendTrainer(settings, hadoop, () -> Waiting.upTo(settings.longestWait()));
  }

  /**
   * Uploads files, trains, and waits.
   *
   * @param progress is told each status when it changes
   * @throws AssayException if the profile has no work folder or role, a file cannot be read, the
   *     training fails with what the service said, it takes longer than the longest wait, or it was
   *     stopped because it trained longer than the terms allow
   */
  public Trained train(Labelled labelled, Order order, Terms terms, Consumer<String> progress) {
    String role =
        settings.role().orElseThrow(() -> Models.missing("role", "the ARN of a data-access role"));
    String work =
        settings.work().orElseThrow(() -> Models.missing("work", "a folder, s3://bucket/folder"));
    TrainingFiles files = new TrainingFiles(work, hadoop);
    String content = TrainingFiles.fingerprint(labelled.texts());
    Optional<String> test = labelled.test().map(TrainingFiles::fingerprint);
    String version =
        Fingerprint.of(content, test.map(file -> order + file).orElse(order.toString())).brief();
    try (ComprehendClient client = Connection.of(settings).open()) {
      Optional<String> there = find(client, order.name(), "v" + version);
      if (there.isPresent()) {
        progress.accept(there.get() + " is there already; nothing more is paid for it");
        return await(client, there.get(), terms, progress);
      }
      terms.agreed().run();
      String texts = files.upload(labelled.texts(), content);
      progress.accept("The labelled messages are at " + texts);
      Optional<String> measured =
          test.map(file -> files.upload(labelled.test().orElseThrow(), file));
      String arn =
          ask(
              order.name(),
              "CreateDocumentClassifier",
              () ->
                  client
                      .createDocumentClassifier(
                          r ->
                              r.documentClassifierName(order.name())
                                  .versionName("v" + version)
                                  .clientRequestToken("%s-%s".formatted("assay", version))
                                  .mode(DocumentClassifierMode.MULTI_LABEL)
                                  .languageCode(order.language())
                                  .dataAccessRoleArn(role)
                                  .inputDataConfig(
                                      c -> {
                                        c.dataFormat("COMPREHEND_CSV")
                                            .s3Uri(texts)
                                            .labelDelimiter(String.valueOf(order.delimiter()));
                                        measured.ifPresent(c::testS3Uri);
                                      }))
                      .documentClassifierArn());
      return await(client, arn, terms, progress);
    }
  }

  /** The ARN of a version that is there, whatever its state. */
  private Optional<String> find(ComprehendClient client, String name, String version) {
    return ask(
        name,
        "ListDocumentClassifiers",
        () ->
            client
                .listDocumentClassifiersPaginator(
                    r -> r.filter(f -> f.documentClassifierName(name)))
                .stream()
                .flatMap(page -> page.documentClassifierPropertiesList().stream())
                .filter(classifier -> version.equals(classifier.versionName()))
                .map(DocumentClassifierProperties::documentClassifierArn)
                .findFirst());
  }

  private Trained await(
      ComprehendClient client, String arn, Terms terms, Consumer<String> progress) {
    Waiting waiting = waits.get();
    String last = "";
    while (true) {
      DocumentClassifierProperties now =
          ask(
              arn,
              "DescribeDocumentClassifier",
              () ->
                  client
                      .describeDocumentClassifier(r -> r.documentClassifierArn(arn))
                      .documentClassifierProperties());
      if (!now.statusAsString().equals(last)) {
        last = now.statusAsString();
        progress.accept("%s: %s".formatted(arn, last));
      }
      if (now.status() == ModelStatus.TRAINED || now.status() == ModelStatus.TRAINED_WITH_WARNING) {
        return trained(arn, now);
      }
      if (now.status() != ModelStatus.SUBMITTED && now.status() != ModelStatus.TRAINING) {
        throw new AssayException(
            ExitKind.WRONG_FILES,
            "%s: the training ended as %s: %s. Mend what it says; a changed file is a new training. %s"
                .formatted(
                    arn,
                    last,
                    Optional.ofNullable(now.message()).orElse("the service does not say why"),
                    again(arn)));
      }
      Optional<Duration> longest = terms.longest();
      if (longest.isPresent() && time(now).compareTo(longest.get()) >= 0) {
        stop(client, arn);
        throw new AssayException(
            ExitKind.HELD,
            "%s: it has trained for %s, which is all that max-cost pays for, and Comprehend was asked to stop. %s"
                .formatted(arn, Elapsed.words(time(now)), again(arn)));
      }
      if (!waiting.goesOn()) {
        throw new AssayException(
            ExitKind.OUTSIDE_UNAVAILABLE,
            "%s: the training has not ended within the longest wait; it is %s. It goes on: the same call again waits for it, and does not pay twice."
                .formatted(arn, last));
      }
    }
  }

  private static String again(String arn) {
    return "To train from the same texts again, delete this version first: aws comprehend delete-document-classifier --document-classifier-arn "
        + arn;
  }

  private void stop(ComprehendClient client, String arn) {
    ask(
        arn,
        "StopTrainingDocumentClassifier",
        () -> client.stopTrainingDocumentClassifier(r -> r.documentClassifierArn(arn)));
  }

  /** For how long it has trained, or trained in all; the time before it began costs nothing. */
  private static Duration time(DocumentClassifierProperties properties) {
    if (properties.trainingStartTime() == null) {
      return Duration.ZERO;
    }
    Instant end =
        properties.trainingEndTime() == null ? Instant.now() : properties.trainingEndTime();
    Duration time = Duration.between(properties.trainingStartTime(), end);
    return time.isNegative() ? Duration.ZERO : time;
  }

  private static Trained trained(String arn, DocumentClassifierProperties properties) {
    Map<String, Double> metrics = new TreeMap<>();
    int documents = 0;
    int testDocuments = 0;
    if (properties.classifierMetadata() != null) {
      documents =
          Optional.ofNullable(properties.classifierMetadata().numberOfTrainedDocuments()).orElse(0);
      testDocuments =
          Optional.ofNullable(properties.classifierMetadata().numberOfTestDocuments()).orElse(0);
      ClassifierEvaluationMetrics measured = properties.classifierMetadata().evaluationMetrics();
      if (measured != null) {
        measured.sdkFields().stream()
            .filter(field -> field.getValueOrDefault(measured) instanceof Double)
            .forEach(
                field ->
                    metrics.put(field.memberName(), (Double) field.getValueOrDefault(measured)));
      }
    }
    boolean warned = properties.status() == ModelStatus.TRAINED_WITH_WARNING;
    return new Trained(
        arn,
        warned
            ? Optional.of(Optional.ofNullable(properties.message()).orElse("without a message"))
            : Optional.empty(),
        documents,
        testDocuments,
        metrics,
        properties.trainingEndTime() == null ? Optional.empty() : Optional.of(time(properties)));
  }

  private <T> T ask(String what, String action, Supplier<T> request) {
    try {
      return attempts.ask(Attempts.Watch.NONE, request);
    } catch (SdkException e) {
      throw Failures.of(e, what, action, "");
    }
  }
}
