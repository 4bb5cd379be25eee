package dev.assay.messages.comprehend;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Fingerprint;
import dev.assay.model.job.ComprehendSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.comprehend.ComprehendClient;
import software.amazon.awssdk.services.comprehend.model.ClassifierEvaluationMetrics;
import software.amazon.awssdk.services.comprehend.model.DocumentClassifierMode;
import software.amazon.awssdk.services.comprehend.model.DocumentClassifierProperties;
import software.amazon.awssdk.services.comprehend.model.ModelStatus;

/**
 * Has Comprehend train a multi-label classifier from the CSV that the local model is trained from.
 * The version of a classifier is a fingerprint of the file: the same call again finds the same
 * training, and does not pay twice.
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
   * A trained classifier.
   *
   * @param classifier its ARN
   * @param warning what the service warns of
   * @param documents that it was trained with
   * @param metrics 0 to 1, by the service's names, for example {@code MicroF1Score}
   */
  public record Trained(
      String classifier, Optional<String> warning, int documents, Map<String, Double> metrics) {
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
   * Uploads a file, trains, and waits.
   *
   * @param csv {@code label,document} without a header, labels joined by the delimiter
   * @param progress is told each status when it changes
   * @throws AssayException if the profile has no work folder or role, the file cannot be read, the
   *     training fails with what the service said, or it takes longer than the longest wait
   */
  public Trained train(java.nio.file.Path csv, Order order, Consumer<String> progress) {
    String role =
        settings.role().orElseThrow(() -> Models.missing("role", "the ARN of a data-access role"));
    String work =
        settings.work().orElseThrow(() -> Models.missing("work", "a folder, s3://bucket/folder"));
    String content = fingerprint(csv);
    String version = Fingerprint.of(content, order.toString()).brief();
    String address = "%s/training/%s.csv".formatted(work, content);
    upload(csv, address);
    progress.accept("The labelled messages are at " + address);
    try (ComprehendClient client = Connection.of(settings).open()) {
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
                                      c ->
                                          c.dataFormat("COMPREHEND_CSV")
                                              .s3Uri(address)
                                              .labelDelimiter(String.valueOf(order.delimiter()))))
                      .documentClassifierArn());
      return await(client, arn, progress);
    }
  }

  private Trained await(ComprehendClient client, String arn, Consumer<String> progress) {
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
            "%s: the training ended as %s: %s. Mend what it says; a changed file is a new training."
                .formatted(
                    arn,
                    last,
                    Optional.ofNullable(now.message()).orElse("the service does not say why")));
      }
      if (!waiting.goesOn()) {
        throw new AssayException(
            ExitKind.OUTSIDE_UNAVAILABLE,
            "%s: the training has not ended within the longest wait; it is %s. It goes on: the same call again waits for it, and does not pay twice."
                .formatted(arn, last));
      }
    }
  }

  private static Trained trained(String arn, DocumentClassifierProperties properties) {
    Map<String, Double> metrics = new TreeMap<>();
    int documents = 0;
    if (properties.classifierMetadata() != null) {
      documents =
          Optional.ofNullable(properties.classifierMetadata().numberOfTrainedDocuments()).orElse(0);
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
        metrics);
  }

  private void upload(java.nio.file.Path csv, String address) {
    Path to = new Path(address);
    try (InputStream from = Files.newInputStream(csv);
        OutputStream file = to.getFileSystem(hadoop).create(to, true)) {
      from.transferTo(file);
    } catch (IOException e) {
      throw new AssayException(
          ExitKind.OUTSIDE_UNAVAILABLE,
          "%s: the labelled messages cannot be written (%s). Check 'comprehend: {work: …}' in the profile and the permissions on it, and run again."
              .formatted(address, e.getClass().getSimpleName()),
          e);
    }
  }

  private static String fingerprint(java.nio.file.Path csv) {
    try (DigestInputStream file =
        new DigestInputStream(Files.newInputStream(csv), MessageDigest.getInstance("SHA-256"))) {
      file.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(file.getMessageDigest().digest());
    } catch (IOException e) {
      throw new AssayException(
          ExitKind.INPUT_MISSING,
          "%s: the file cannot be read. Expected labelled messages, label,document.".formatted(csv),
          e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private <T> T ask(String what, String action, Supplier<T> request) {
    try {
      return attempts.ask(Attempts.Watch.NONE, request);
    } catch (SdkException e) {
      throw Failures.of(e, what, action, "");
    }
  }
}
