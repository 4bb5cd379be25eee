package dev.assay.messages.comprehend;

import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.RetryToken;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;
import software.amazon.awssdk.services.comprehend.model.ResourceUnavailableException;

/**
 * Asks the service until it answers, as often and with the waits that the SDK's own strategy says.
 * The strategy is driven here and not in the client because each attempt takes its share of the
 * quota and is counted. Throttling is known by its error code, whether or not it is modelled. Safe
 * for several threads.
 */
final class Attempts {
  /** Of one request. */
  static final int MOST = 8;

  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration FIRST_THROTTLED_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final String SCOPE = "comprehend";

  private final RetryStrategy strategy;
  private final Pause pause;

  /** What happens around each attempt. */
  interface Watch {
    /** Of requests that nobody counts. */
    Watch NONE =
        new Watch() {
          @Override
          public void beforeRepeat() {}

          @Override
          public void after(boolean throttled) {}
        };

    /** Waits, if it must, before an attempt that is not the first. */
    void beforeRepeat();

    /** The service has answered, or has not. */
    void after(boolean throttled);
  }

  Attempts(int most, Pause pause) {
    this.pause = pause;
    this.strategy =
        AwsRetryStrategy.standardRetryStrategy().toBuilder()
            .maxAttempts(most)
            .circuitBreakerEnabled(false)
            .backoffStrategy(BackoffStrategy.exponentialDelay(FIRST_WAIT, LONGEST_WAIT))
            .throttlingBackoffStrategy(
                BackoffStrategy.exponentialDelay(FIRST_THROTTLED_WAIT, LONGEST_WAIT))
            .retryOnException(ResourceUnavailableException.class)
            .build();
  }

  static Attempts usual() {
    return new Attempts(MOST, Pause.SLEEP);
  }

  /**
   * Asks.
   *
   * @throws SdkException of the last attempt, if none succeeded or another would change nothing
   */
  <T> T ask(Watch watch, Supplier<T> request) {
    RetryToken token =
        strategy.acquireInitialToken(AcquireInitialTokenRequest.create(SCOPE)).token();
    while (true) {
      try {
        T answer = request.get();
        watch.after(false);
        strategy.recordSuccess(RecordSuccessRequest.create(token));
        return answer;
      } catch (SdkException e) {
        watch.after(isThrottling(e));
        RefreshRetryTokenResponse again = again(token, e);
        token = again.token();
        pause.of(again.delay());
        watch.beforeRepeat();
      }
    }
  }

  static boolean isThrottling(SdkException failure) {
    return RetryUtils.isThrottlingException(failure);
  }

  private RefreshRetryTokenResponse again(RetryToken token, SdkException failure) {
    try {
      return strategy.refreshRetryToken(
          RefreshRetryTokenRequest.builder().token(token).failure(failure).build());
    } catch (TokenAcquisitionFailedException e) {
      failure.addSuppressed(e);
      throw failure;
    }
  }
}
