package dev.assay.emr.serverless;

import dev.assay.emr.Plan;
import dev.assay.emr.aws.RequestJson;
import dev.assay.model.job.Emr;
import java.util.Optional;
import software.amazon.awssdk.services.emrserverless.model.Configuration;
import software.amazon.awssdk.services.emrserverless.model.ConfigurationOverrides;
import software.amazon.awssdk.services.emrserverless.model.JobRunMode;
import software.amazon.awssdk.services.emrserverless.model.MonitoringConfiguration;
import software.amazon.awssdk.services.emrserverless.model.StartJobRunRequest;

/** What EMR Serverless is asked for. */
public final class JobRunRequest {
  private JobRunRequest() {}

  /**
   * The request of a plan. Settings go in as properties, not as parameters of spark-submit, so that
   * nothing in them has to be quoted.
   *
   * @param applicationId the name stands there if the id is not known
   */
  public static StartJobRunRequest of(
      Plan plan, Emr.Application application, String applicationId) {
    return StartJobRunRequest.builder()
        .applicationId(applicationId)
        .clientToken(plan.attempt().token())
        .name(plan.attempt().name(plan.submission()))
        .executionRoleArn(application.role())
        .executionTimeoutMinutes(plan.emr().limits().run().toMinutes())
        .mode(JobRunMode.BATCH)
        .tags(plan.tags())
        .jobDriver(
            driver ->
                driver.sparkSubmit(
                    submit ->
                        submit
                            .entryPoint(plan.emr().code().jar())
                            .entryPointArguments(plan.arguments())
                            .sparkSubmitParameters(
                                "--class %s --archives %s"
                                    .formatted(Plan.MAIN_CLASS, plan.archives()))))
        .configurationOverrides(overrides(plan))
        .build();
  }

  /** As JSON, as {@code aws emr-serverless start-job-run --cli-input-json} takes it. */
  public static String json(Plan plan, Emr.Application application) {
    return RequestJson.of(
        of(plan, application, application.id().or(application::name).orElseThrow()));
  }

  private static ConfigurationOverrides overrides(Plan plan) {
    ConfigurationOverrides.Builder overrides =
        ConfigurationOverrides.builder()
            .applicationConfiguration(
                Configuration.builder()
                    .classification("spark-defaults")
                    .properties(plan.properties())
                    .build());
    Optional<String> logs = plan.emr().logs();
    logs.ifPresent(
        uri ->
            overrides.monitoringConfiguration(
                MonitoringConfiguration.builder()
                    .s3MonitoringConfiguration(s3 -> s3.logUri(uri))
                    .build()));
    return overrides.build();
  }
}
