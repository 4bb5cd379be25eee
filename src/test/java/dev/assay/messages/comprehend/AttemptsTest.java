package dev.assay.messages.comprehend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.comprehend.model.ComprehendException;
import software.amazon.awssdk.services.comprehend.model.InvalidRequestException;
import software.amazon.awssdk.services.comprehend.model.ResourceUnavailableException;
import software.amazon.awssdk.services.comprehend.model.TextSizeLimitExceededException;

class AttemptsTest {
  private final List<Duration> waits = new ArrayList<>();
  private final List<String> seen = new ArrayList<>();
  private final Attempts attempts = new Attempts(4, waits::add);

  private final Attempts.Watch watch =
      new Attempts.Watch() {
        @Override
        public void beforeRepeat() {
          seen.add("again");
        }

        @Override
        public void after(boolean throttled) {
          seen.add(throttled ? "throttled" : "sent");
        }
      };

  @Test
  void asksOnceWhereItIsAnswered() {
    assertThat(ask()).isEqualTo("answer");
    assertThat(seen).containsExactly("sent");
    assertThat(waits).isEmpty();
  }

  @Test
  void knowsThrottlingByItsCode() {
    assertThat(ask(service(400, "ThrottlingException"), service(400, "ThrottlingException")))
        .isEqualTo("answer");
    assertThat(seen).containsExactly("throttled", "again", "throttled", "again", "sent");
    assertThat(waits).hasSize(2);
  }

  @Test
  void repeatsWhatMayHelp() {
    assertThat(
            ask(
                service(500, "InternalServerException"),
                (SdkException)
                    ResourceUnavailableException.builder()
                        .awsErrorDetails(details("ResourceUnavailableException"))
                        .build(),
                SdkClientException.create("no", new ConnectException("refused"))))
        .isEqualTo("answer");
    assertThat(seen).filteredOn("sent"::equals).hasSize(4);
  }

  @Test
  void neverRepeatsARefusal() {
    SdkException tooLong =
        (SdkException)
            TextSizeLimitExceededException.builder()
                .awsErrorDetails(details("TextSizeLimitExceededException"))
                .build();
    SdkException invalid =
        (SdkException)
            InvalidRequestException.builder()
                .awsErrorDetails(details("InvalidRequestException"))
                .build();

    assertThatThrownBy(() -> ask(tooLong)).isSameAs(tooLong);
    assertThatThrownBy(() -> ask(invalid)).isSameAs(invalid);
    assertThat(seen).containsExactly("sent", "sent");
    assertThat(Failures.isRefusal(tooLong)).isTrue();
    assertThat(Failures.isRefusal(invalid)).isTrue();
  }

  @Test
  void endsAfterItsBound() {
    SdkException down = service(503, "ServiceUnavailable");

    assertThatThrownBy(() -> ask(down, down, down, down, down)).isSameAs(down);
    assertThat(waits).hasSize(3);
  }

  @Test
  void sortsFailures() {
    AssayException outage =
        Failures.of(service(400, "ThrottlingException"), "arn:x", "ClassifyDocument", "");
    AssayException refusal =
        Failures.of(service(400, "AccessDeniedException"), "arn:x", "ClassifyDocument", "");

    assertThat(outage.kind()).isEqualTo(ExitKind.OUTSIDE_UNAVAILABLE);
    assertThat(outage)
        .hasMessage(
            "arn:x: Comprehend did not answer (ThrottlingException). Check network, region and quota, and run again.");
    assertThat(refusal.kind()).isEqualTo(ExitKind.WRONG_FILES);
    assertThat(refusal)
        .hasMessage(
            "arn:x: Comprehend refused (AccessDeniedException). Check 'comprehend' in the profile, and that the role may call comprehend:ClassifyDocument.");
    assertThat(Failures.code(SdkClientException.create("no", new ConnectException("refused"))))
        .isEqualTo("ConnectException");
  }

  private String ask(SdkException... failures) {
    Deque<SdkException> ahead = new ArrayDeque<>(List.of(failures));
    return attempts.ask(
        watch,
        () -> {
          if (!ahead.isEmpty()) {
            throw ahead.remove();
          }
          return "answer";
        });
  }

  private static SdkException service(int status, String code) {
    return (SdkException)
        ComprehendException.builder().statusCode(status).awsErrorDetails(details(code)).build();
  }

  private static AwsErrorDetails details(String code) {
    return AwsErrorDetails.builder().errorCode(code).build();
  }
}
