package dev.assay.model.job;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How pipelines and jobs are run on Amazon EMR, and what that costs.
 *
 * @param service where EMR and S3 are asked
 * @param code what is run
 * @param results folder in S3 for results and for notes on what was submitted, without a slash at
 *     its end
 * @param logs folder in S3 for logs; without it EMR keeps them for a while
 * @param profile the name of the profile that the driver loads
 * @param environment variables of driver and executors, by name
 * @param spark further Spark settings; they win over those that are reckoned
 * @param tags for the bill, beside those of pipeline, job and data date
 * @param prices empty if nothing is to be reckoned
 * @param target application or cluster
 */
public record Emr(
    Service service,
    Code code,
    String results,
    Optional<String> logs,
    Optional<String> profile,
    Map<String, String> environment,
    Map<String, String> spark,
    Workers workers,
    Limits limits,
    Map<String, String> tags,
    Optional<EmrPrices> prices,
    Target target) {
  /** Where runs go. */
  public enum Mode {
    SERVERLESS,
    TRANSIENT_EC2
  }

  /** For which processors a run is, and is paid. */
  public enum Architecture {
    ARM64,
    X86_64
  }

  /**
   * Where EMR and S3 are asked, with the credentials of the environment.
   *
   * @param region that of the environment if empty
   * @param endpoint of EMR, instead of its own
   * @param s3Endpoint of S3, instead of its own
   */
  public record Service(
      Optional<String> region, Optional<URI> endpoint, Optional<URI> s3Endpoint) {}

  /**
   * What is run.
   *
   * @param jar {@code s3://…/assay-<version>-emr.jar}
   * @param files folder in S3 with {@code jobs.tar.gz} and {@code rulesets.tar.gz}
   */
  public record Code(String jar, String files) {}

  /** The shapes of driver and executors. */
  public record Workers(EmrWorker driver, EmrWorker executor, int mostExecutors) {}

  /**
   * After how long something is given up.
   *
   * @param run EMR itself ends a run that takes longer
   * @param start a run that has not started by then is cancelled
   * @param poll the time between two looks at a run
   */
  public record Limits(Duration run, Duration start, Duration poll) {
    /** The same as of a task in Airflow. */
    public static final Duration USUAL_RUN = Duration.ofHours(2);

    /** Applications start within minutes; longer means that there is no capacity. */
    public static final Duration USUAL_START = Duration.ofMinutes(30);

    public static final Duration USUAL_POLL = Duration.ofSeconds(10);
  }

  /** An application, or a cluster for one run. */
  public sealed interface Target permits Application, Cluster {}

  /**
   * An application of EMR Serverless, which has either an id or a name here.
   *
   * @param role ARN of the role that the run has
   * @param release what it should have; empty if any will do
   */
  public record Application(
      Optional<String> id,
      Optional<String> name,
      String role,
      Optional<String> release,
      Architecture architecture)
      implements Target {}

  /**
   * A cluster of EMR on EC2 that lives for one run. Its core nodes hold data and stay as many as
   * they are; only task nodes are Spot.
   *
   * @param release label such as {@code emr-7.14.0}
   * @param serviceRole name or ARN of EMR's role
   * @param instanceProfile of the nodes: what the run may do
   * @param subnet empty for that of the default VPC
   * @param idle after how long a cluster without work ends itself: the second net
   */
  public record Cluster(
      String release,
      String serviceRole,
      String instanceProfile,
      Optional<String> subnet,
      String primaryType,
      String coreType,
      int coreNodes,
      String taskType,
      int taskNodes,
      Duration idle)
      implements Target {
    /** Long enough for a cluster that waits for its first step. */
    public static final Duration USUAL_IDLE = Duration.ofMinutes(10);
  }

  public Emr {
    environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    spark = Collections.unmodifiableMap(new TreeMap<>(spark));
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    results = withoutSlash(results);
    code = new Code(code.jar(), withoutSlash(code.files()));
  }

  private static String withoutSlash(String folder) {
    return folder.endsWith("/") ? withoutSlash(folder.substring(0, folder.length() - 1)) : folder;
  }
}
