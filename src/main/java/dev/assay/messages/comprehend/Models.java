package dev.assay.messages.comprehend;

import dev.assay.messages.ModelVersion;
import dev.assay.messages.text.NormalText;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Fingerprint;
import dev.assay.model.job.ComprehendSettings;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.comprehend.ComprehendClient;

/** Which model answers: the classifier, the same behind an endpoint and in a batch job. */
final class Models {
  private static final String KIND = "document-classifier/";

  private Models() {}

  /** The model of a classifier; its name is the one it was trained under. */
  static ModelVersion of(String classifier, String compliant) {
    int kind = classifier.indexOf(KIND);
    String name = kind < 0 ? classifier : classifier.substring(kind + KIND.length());
    return new ModelVersion(
        "comprehend-" + name.replaceFirst("/version/.*", ""),
        Fingerprint.of(
                classifier,
                compliant,
                "normal text " + NormalText.VERSION,
                "bytes " + Cut.CLASSIFY_BYTES)
            .brief());
  }

  /** The classifier that the profile names, or else the one that the endpoint now serves. */
  static String behind(ComprehendSettings settings) {
    if (settings.classifier().isPresent()) {
      return settings.classifier().get();
    }
    String endpoint = endpoint(settings);
    try (ComprehendClient client = Connection.of(settings).open()) {
      return Attempts.usual()
          .ask(
              Attempts.Watch.NONE,
              () ->
                  client
                      .describeEndpoint(r -> r.endpointArn(endpoint))
                      .endpointProperties()
                      .modelArn());
    } catch (SdkException e) {
      throw Failures.of(e, endpoint, "DescribeEndpoint", "");
    }
  }

  static String endpoint(ComprehendSettings settings) {
    return settings.endpoint().orElseThrow(() -> missing("endpoint", "the ARN of an endpoint"));
  }

  static AssayException missing(String key, String expected) {
    return new AssayException(
        ExitKind.WRONG_FILES,
        "The profile has no 'comprehend: {%s: …}'. Expected %s. Add it to the profile, or let the job classify locally."
            .formatted(key, expected));
  }
}
