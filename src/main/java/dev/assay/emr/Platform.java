package dev.assay.emr;

import java.util.List;
import java.util.Optional;

/**
 * A way to run on EMR. Every call may throw a {@link dev.assay.model.AssayException} that says
 * whose turn it is: {@code OUTSIDE_UNAVAILABLE} if the service did not answer, {@code WRONG_FILES}
 * if it refused.
 */
public interface Platform extends AutoCloseable {
  /** Who is paid: {@code EMR Serverless}, {@code EMR on EC2}. */
  String service();

  /** What a run is called: {@code job run}, {@code cluster}. */
  String runIs();

  /** What about the place is not as it should be, a sentence each; asks the service. */
  List<String> remarks();

  /**
   * Starts a run, or finds the one that the same attempt has started already.
   *
   * @return its id
   */
  String start(Submission submission, Attempt attempt);

  Look look(String id);

  /** Ends a run, if it has not ended yet. */
  void cancel(String id);

  /** Whether a run goes on when nobody follows it; otherwise {@link #release} ends it. */
  boolean goesOnAlone();

  /**
   * Called when nobody follows a run any more, whatever the reason: what would cost money for
   * nothing ends.
   */
  void release(String id);

  /** What was charged for a run that is over; empty if that is not known yet. */
  Optional<Usage> usage(String id);

  /** Where a run's logs are, for people. */
  String logs(String id);

  @Override
  void close();
}
