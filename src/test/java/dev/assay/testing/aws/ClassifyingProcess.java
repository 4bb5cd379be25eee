package dev.assay.testing.aws;

import java.net.URI;
import software.amazon.awssdk.services.comprehend.ComprehendClient;
import software.amazon.awssdk.services.comprehend.model.ComprehendException;

/**
 * A process of its own that sends texts to an endpoint, once each, and prints how many were
 * answered.
 */
final class ClassifyingProcess {
  private ClassifyingProcess() {}

  /**
   * @param arguments address of the stub, number of texts
   */
  public static void main(String[] arguments) {
    int answered = 0;
    try (ComprehendClient client =
        TestClients.onceAt(URI.create(arguments[0]), ComprehendClient.builder())) {
      for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
        answered += classify(client, "text " + i);
      }
    }
    System.out.println(answered);
  }

  private static int classify(ComprehendClient client, String text) {
    try {
      client.classifyDocument(r -> r.endpointArn(ComprehendStub.ENDPOINT).text(text));
      return 1;
    } catch (ComprehendException e) {
      if (e.isThrottlingException()) {
        return 0;
      }
      throw e;
    }
  }
}
