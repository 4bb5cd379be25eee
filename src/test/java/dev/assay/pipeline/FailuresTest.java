package dev.assay.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.s3.model.AmazonS3Exception;
import dev.assay.lake.UnreadableInputException;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.stream.Stream;
import org.apache.hadoop.fs.s3a.AWSClientIOException;
import org.apache.hadoop.fs.s3a.AWSServiceIOException;
import org.apache.hadoop.fs.s3a.AWSStatus500Exception;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.ServiceUnavailableException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.glue.model.GlueException;

/** Whose turn it is after a failure that is not one of ours. */
class FailuresTest {
  private static final String SECRET = "sEcReT";

  @ParameterizedTest(name = "{1}")
  @MethodSource
  void whatGotNoAnswerIsRunAgain(Throwable failure, String shown) {
    AssayException known =
        Failures.explain(new IllegalStateException(SECRET, new RuntimeException(failure)));

    assertThat(known.kind()).isEqualTo(ExitKind.OUTSIDE_UNAVAILABLE);
    assertThat(known)
        .hasMessage(
            "Storage, catalog or network did not answer (%s). Run again: nothing half done is on main, and nothing is written twice.",
            shown)
        .hasRootCauseInstanceOf(rootOf(failure).getClass());
  }

  static Stream<Arguments> whatGotNoAnswerIsRunAgain() {
    return Stream.of(
        Arguments.of(new ConnectException(SECRET), "ConnectException"),
        Arguments.of(new UnknownHostException(SECRET), "UnknownHostException"),
        Arguments.of(new SocketTimeoutException(SECRET), "SocketTimeoutException"),
        Arguments.of(new UncheckedIOException(new ConnectException(SECRET)), "ConnectException"),
        Arguments.of(SdkClientException.create("no route to " + SECRET), "SdkClientException"),
        Arguments.of(ApiCallTimeoutException.create(5), "ApiCallTimeoutException"),
        Arguments.of(glue(503, "InternalServiceException", SECRET), "Glue, status 503"),
        Arguments.of(glue(400, "ThrottlingException", "Rate exceeded"), "Glue, status 400"),
        Arguments.of(old(503, "SlowDown"), "Amazon S3, status 503"),
        Arguments.of(new com.amazonaws.SdkClientException(SECRET), "SdkClientException"),
        Arguments.of(
            new AWSClientIOException("open", new com.amazonaws.SdkClientException(SECRET)),
            "AWSClientIOException"),
        Arguments.of(
            new AWSStatus500Exception("open", old(500, "InternalError")), "Amazon S3, status 500"),
        Arguments.of(new ServiceUnavailableException(SECRET), "ServiceUnavailableException"),
        Arguments.of(
            new SparkException(
                "Job aborted: Lost task 0.0: java.net.SocketTimeoutException: " + SECRET, null),
            "SocketTimeoutException"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource
  void whatWasRefusedIsASettingToCorrect(Throwable failure, String shown) {
    AssayException known = Failures.explain(new IllegalStateException(SECRET, failure));

    assertThat(known.kind()).isEqualTo(ExitKind.WRONG_FILES);
    assertThat(known)
        .hasMessageStartingWith("Access to storage or catalog was refused (%s). Check", shown)
        .hasMessageNotContaining(SECRET);
  }

  static Stream<Arguments> whatWasRefusedIsASettingToCorrect() {
    return Stream.of(
        Arguments.of(glue(403, "AccessDenied", SECRET), "Glue, status 403"),
        Arguments.of(old(403, "AccessDenied"), "Amazon S3, status 403"),
        Arguments.of(
            new AWSServiceIOException("put", old(400, "ExpiredToken", "security token expired")),
            "Amazon S3, status 400"),
        Arguments.of(new AccessDeniedException(SECRET), "AccessDeniedException"),
        Arguments.of(new ForbiddenException(SECRET), "ForbiddenException"));
  }

  @Test
  void missingCredentialsAreSaid() {
    AssayException known =
        Failures.explain(
            SdkClientException.create("Unable to load credentials from any of the providers"));

    assertThat(known.kind()).isEqualTo(ExitKind.OUTSIDE_UNAVAILABLE);
    assertThat(known).hasMessageStartingWith("There are no valid AWS credentials");
  }

  @Test
  void aCommitWhoseEndNobodyKnowsIsNotCalledUnpublished() {
    AssayException known =
        Failures.explain(
            new CommitStateUnknownException(new UncheckedIOException(new ConnectException("x"))));

    assertThat(known.kind()).isEqualTo(ExitKind.OUTSIDE_UNAVAILABLE);
    assertThat(known)
        .hasMessage(
            "The catalog broke off while it was asked to commit, so it is not known whether the commit took place. Run again: that looks, completes what is there, and writes nothing twice.");
  }

  @ParameterizedTest
  @MethodSource
  void otherFailuresAreOurFault(Throwable failure) {
    AssayException known = Failures.explain(failure);

    assertThat(known.kind()).isEqualTo(ExitKind.OUR_FAULT);
    assertThat(known).hasMessageNotContaining(SECRET);
  }

  static Stream<Throwable> otherFailuresAreOurFault() {
    return Stream.of(
        new IllegalStateException(SECRET),
        new IOException(SECRET),
        new BindException(SECRET),
        glue(400, "InvalidInputException", SECRET),
        old(404, "NoSuchKey"),
        new SparkException("the value java.net.ConnectException is in a row", null));
  }

  @Test
  void whatWeSaidOurselvesStands() {
    AssayException ours = new UnreadableInputException("a", "b", "c");

    assertThat(Failures.explain(new SparkException("x", new RuntimeException(ours))))
        .isSameAs(ours);
  }

  private static AwsServiceException glue(int status, String code, String message) {
    return GlueException.builder()
        .message(message)
        .statusCode(status)
        .requestId("r")
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .serviceName("Glue")
                .errorCode(code)
                .errorMessage(message)
                .build())
        .build();
  }

  private static AmazonS3Exception old(int status, String code) {
    return old(status, code, SECRET);
  }

  private static AmazonS3Exception old(int status, String code, String message) {
    AmazonS3Exception failure = new AmazonS3Exception(message);
    failure.setServiceName("Amazon S3");
    failure.setStatusCode(status);
    failure.setErrorCode(code);
    return failure;
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
