package dev.assay.emr.serverless;

import dev.assay.emr.Attempt;
import dev.assay.emr.Look;
import dev.assay.emr.Look.Phase;
import dev.assay.emr.Plan;
import dev.assay.emr.Platform;
import dev.assay.emr.Submission;
import dev.assay.emr.Usage;
import dev.assay.emr.aws.EmrClients;
import dev.assay.emr.aws.EmrFailures;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.Emr;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.services.emrserverless.model.ApplicationSummary;
import software.amazon.awssdk.services.emrserverless.model.ConflictException;
import software.amazon.awssdk.services.emrserverless.model.JobRun;
import software.amazon.awssdk.services.emrserverless.model.JobRunState;
import software.amazon.awssdk.services.emrserverless.model.ResourceNotFoundException;
import software.amazon.awssdk.services.emrserverless.model.ResourceUtilization;

/**
 * Job runs on an application of EMR Serverless. The client repeats whatever failed on its way: a
 * start under the same token is one start, and everything else can be asked twice.
 */
public final class ServerlessPlatform implements Platform {
  private static final String ACTION = "emr-serverless:";

  private final EmrServerlessClient client;
  private final Emr emr;
  private final Emr.Application application;
  private @Nullable String applicationId;

  private ServerlessPlatform(EmrServerlessClient client, Emr emr, Emr.Application application) {
    this.client = client;
    this.emr = emr;
    this.application = application;
  }

  /** As a profile says. */
  public static ServerlessPlatform open(Emr emr, Emr.Application application) {
    return new ServerlessPlatform(
        EmrClients.open(
            EmrServerlessClient.builder(),
            emr.service(),
            emr.service().endpoint(),
            EmrClients.Repeats.ALL),
        emr,
        application);
  }

  @Override
  public String service() {
    return "EMR Serverless";
  }

  @Override
  public String runIs() {
    return "job run";
  }

  @Override
  public List<String> remarks() {
    String id = applicationId();
    return ApplicationRemarks.of(
        EmrFailures.ask(
            "application " + id,
            ACTION + "GetApplication",
            () -> client.getApplication(r -> r.applicationId(id)).application()),
        emr,
        application);
  }

  @Override
  public String start(Submission submission, Attempt attempt) {
    Plan plan = Plan.of(emr, submission, attempt);
    String id = applicationId();
    try {
      return client.startJobRun(JobRunRequest.of(plan, application, id)).jobRunId();
    } catch (ConflictException e) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "%s: application %s has a job run of this submission already, with other settings. Put the profile back as it was and submit again to follow it, or cancel it; its name is '%s'."
              .formatted(submission.text(), id, attempt.name(submission)),
          e);
    } catch (SdkException e) {
      throw EmrFailures.of(
          e,
          "%s: no job run is known to be started on application %s; submitting again starts it, or finds it"
              .formatted(submission.text(), id),
          ACTION + "StartJobRun and iam:PassRole of " + application.role());
    }
  }

  @Override
  public Look look(String id) {
    Optional<JobRun> run = find(id);
    return run.map(found -> new Look(phase(found.state()), found.stateAsString(), details(found)))
        .orElse(new Look(Phase.GONE, "GONE", ""));
  }

  private Optional<JobRun> find(String id) {
    return EmrFailures.ask(
        "job run " + id,
        ACTION + "GetJobRun",
        () -> {
          try {
            return Optional.of(
                client.getJobRun(r -> r.applicationId(applicationId()).jobRunId(id)).jobRun());
          } catch (ResourceNotFoundException e) {
            return Optional.empty();
          }
        });
  }

  private static String details(JobRun run) {
    return Optional.ofNullable(run.stateDetails()).orElse("");
  }

  private static Phase phase(JobRunState state) {
    return switch (state) {
      case SUBMITTED, PENDING, SCHEDULED, QUEUED -> Phase.WAITING;
      case SUCCESS -> Phase.SUCCEEDED;
      case FAILED -> Phase.FAILED;
      case CANCELLED -> Phase.CANCELLED;
        // a state of tomorrow is none of those in which nothing more happens
      case RUNNING, CANCELLING, UNKNOWN_TO_SDK_VERSION -> Phase.RUNNING;
    };
  }

  @Override
  public void cancel(String id) {
    EmrFailures.ask(
        "job run " + id,
        ACTION + "CancelJobRun",
        () -> {
          try {
            return Optional.of(
                client.cancelJobRun(r -> r.applicationId(applicationId()).jobRunId(id)));
          } catch (ResourceNotFoundException e) {
            return Optional.empty();
          }
        });
  }

  @Override
  public boolean goesOnAlone() {
    return true;
  }

  @Override
  public void release(String id) {
    // an application that nobody uses stops by itself
  }

  @Override
  public Optional<Usage> usage(String id) {
    return find(id)
        .flatMap(run -> Optional.ofNullable(run.billedResourceUtilization()))
        .filter(billed -> billed.vcpuHour() != null && billed.memoryGBHour() != null)
        .map(this::usage);
  }

  private Usage usage(ResourceUtilization billed) {
    Double storage = billed.storageGBHour();
    return Usage.ofServerless(
        billed.vcpuHour(), billed.memoryGBHour(), storage == null ? 0 : storage, emr.prices());
  }

  @Override
  public String logs(String id) {
    return emr.logs()
        .map(
            logs ->
                "%s/applications/%s/jobs/%s/"
                    .formatted(logs.replaceAll("/+$", ""), applicationId(), id))
        .orElse(
            "aws emr-serverless get-dashboard-for-job-run --application-id %s --job-run-id %s"
                .formatted(applicationId(), id));
  }

  private String applicationId() {
    if (applicationId == null) {
      applicationId = application.id().orElseGet(() -> named(application.name().orElseThrow()));
    }
    return applicationId;
  }

  private String named(String name) {
    List<String> ids =
        EmrFailures.ask(
            "application " + name,
            ACTION + "ListApplications",
            () ->
                client
                    .listApplicationsPaginator(r -> r.statesWithStrings(ApplicationRemarks.ALIVE))
                    .applications()
                    .stream()
                    .filter(summary -> name.equals(summary.name()))
                    .map(ApplicationSummary::id)
                    .toList());
    if (ids.size() != 1) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          ids.isEmpty()
              ? "There is no application '%s' in this account and region. Check emr.application-name and emr.region in the profile; deploy/README.md makes one."
                  .formatted(name)
              : "There are %d applications '%s': %s. Write emr.application-id to the profile."
                  .formatted(ids.size(), name, String.join(", ", ids)));
    }
    return ids.get(0);
  }

  @Override
  public void close() {
    client.close();
  }
}
