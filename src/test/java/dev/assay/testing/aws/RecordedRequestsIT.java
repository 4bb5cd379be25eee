package dev.assay.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Collects, tells services apart, and fails with everything at once. */
@Tag("long")
class RecordedRequestsIT {
  private final RecordedRequests requests = new RecordedRequests();

  @Test
  void failsWithEveryViolationAndForgetsThem() {
    requests.add("comprehend", pii("{\"Text\": \"\", \"LanguageCode\": \"english\"}"));
    requests.add("comprehend", pii("{\"Text\": \"a\", \"LanguageCode\": \"en\"}"));
    requests.add("comprehend", pii("{\"Text\": \"a\"}"));

    assertThat(requests.of("comprehend", "DetectPiiEntities")).hasSize(3);
    assertThatThrownBy(() -> requests.afterEach(null))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("3 violations of service models:")
        .hasMessageContainingAll(
            "DetectPiiEntities: Text has 0 characters; at least 1",
            "DetectPiiEntities: LanguageCode is 'english'; expected one of [en, ",
            "DetectPiiEntities: LanguageCode is required");
    assertThat(requests.all()).isEmpty();
    assertThatCode(() -> requests.afterEach(null)).doesNotThrowAnyException();
  }

  @Test
  void leavesTakenViolationsToTheTest() {
    requests.add("comprehend", pii("{}"));

    assertThat(requests.takeViolations())
        .extracting(Violation::path)
        .containsExactly("Text", "LanguageCode");
    assertThatCode(requests::assertValid).doesNotThrowAnyException();
    assertThat(requests.all()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "comprehend, comprehend",
    "ses, sesv2",
    "sms-voice, pinpoint-sms-voice-v2",
    "elasticmapreduce, emr",
    "s3, s3"
  })
  void tellsTheServiceByTheSignature(String signedFor, String service) {
    requests.add(signed(signedFor));

    assertThat(requests.all()).extracting(RecordedRequests.Entry::service).containsExactly(service);
  }

  @Test
  void saysWhenThereIsNoModel() {
    requests.add(signed("nonesuch"));

    assertThat(requests.violations())
        .extracting(Violation::problem)
        .singleElement()
        .asString()
        .startsWith("there is no model of nonesuch");
  }

  private static RecordedRequest pii(String body) {
    return new RecordedRequest(
        "POST",
        "/",
        Map.of(
            "X-Amz-Target", List.of("Comprehend_20171127.DetectPiiEntities"),
            "Content-Type", List.of("application/x-amz-json-1.1")),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private static RecordedRequest signed(String service) {
    return new RecordedRequest(
        "GET",
        "/",
        Map.of(
            "authorization",
            List.of(
                "AWS4-HMAC-SHA256 Credential=test/20261121/us-east-1/%s/aws4_request, SignedHeaders=host, Signature=0"
                    .formatted(service))),
        new byte[0]);
  }
}
