package dev.assay.model.job;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where and how Amazon Comprehend is asked.
 *
 * @param region of the service; empty for the one of the environment
 * @param endpointUrl another server than AWS, for tests
 * @param endpoint ARN of the endpoint that classifies text by text
 * @param classifier ARN of the trained classifier: batch jobs use it, and it names the model behind
 *     the endpoint, which is otherwise asked of the service
 * @param role ARN of the role with which the service reads and writes {@code work}
 * @param work folder in S3 for what batch jobs read and write, without a slash at its end
 * @param journal folder for answers until they are kept; empty for one under {@code work}, or
 *     without that, under the profile's home
 * @param rate what the endpoint may be asked
 * @param personalDataPerSecond how many texts a second may be looked through for personal data
 * @param threads calls at the same time of each task
 * @param longestWait for a batch job, a training or an endpoint to get ready
 * @param compliantLabel the label of texts that belong to no category
 * @param prices empty if nothing is to be reckoned
 */
public record ComprehendSettings(
    Optional<String> region,
    Optional<URI> endpointUrl,
    Optional<String> endpoint,
    Optional<String> classifier,
    Optional<String> role,
    Optional<String> work,
    Optional<String> journal,
    ComprehendRate rate,
    double personalDataPerSecond,
    int threads,
    Duration longestWait,
    String compliantLabel,
    Optional<ComprehendPrices> prices) {
  /** Of a profile that names none. */
  public static final int USUAL_THREADS = 4;

  /** Of a profile that names none; the quota of an account is another one. */
  public static final double USUAL_PERSONAL_DATA_PER_SECOND = 10;

  /** Of a profile that names none. */
  public static final Duration USUAL_LONGEST_WAIT = Duration.ofHours(6);

  /** Of a profile that names none. */
  public static final String USUAL_COMPLIANT_LABEL = "compliant";

  public ComprehendSettings {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "threads is %d; expected at least 1 call at a time".formatted(threads));
    }
    if (!(personalDataPerSecond > 0)) {
      throw new IllegalArgumentException(
          "personal-data-per-second is %s; expected more than 0".formatted(personalDataPerSecond));
    }
    if (longestWait.isNegative() || longestWait.isZero()) {
      throw new IllegalArgumentException(
          "longest-wait is %s; expected more than nothing, for example PT6H"
              .formatted(longestWait));
    }
    work = work.map(ComprehendSettings::withoutSlash);
    journal = journal.map(ComprehendSettings::withoutSlash);
  }

  private static String withoutSlash(String folder) {
    return folder.endsWith("/") ? withoutSlash(folder.substring(0, folder.length() - 1)) : folder;
  }
}
