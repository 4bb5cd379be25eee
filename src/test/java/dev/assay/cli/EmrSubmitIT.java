package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.CommandLineProject.Said;
import dev.assay.emr.EmrProfiles;
import dev.assay.emr.Plan;
import dev.assay.emr.serverless.JobRunRequest;
import dev.assay.model.ExitKind;
import dev.assay.model.job.Emr;
import dev.assay.testing.aws.EmrServerlessStub;
import dev.assay.testing.aws.EmrServerlessStub.RunPlan;
import dev.assay.testing.aws.Fault;
import dev.assay.testing.aws.ModelledRequest;
import dev.assay.testing.aws.RecordedRequests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Submissions to EMR Serverless, as their user sees them. */
@Tag("long")
class EmrSubmitIT {
  private static final String SERVERLESS =
      """
      mode: serverless
      endpoint: "%s"
      application-name: assay
      execution-role: arn:aws:iam::123456789012:role/assay-job
      prices: {currency: USD, region: us-east-1, date: 2026-11-01, vcpu-hour: 0.05, gb-hour: 0.005, storage-gb-hour: 0.0001}
      """;

  @TempDir static Path shared;
  private static Moto moto;

  @RegisterExtension final RecordedRequests requests = new RecordedRequests();
  @TempDir Path folder;

  private EmrServerlessStub stub;
  private EmrProject project;

  @BeforeAll
  static void startS3() throws IOException, InterruptedException {
    moto = Moto.start(shared.resolve("moto.log"));
    moto.s3().createBucket(r -> r.bucket(EmrProject.BUCKET));
  }

  @AfterAll
  static void stopS3() throws InterruptedException {
    moto.close();
  }

  @BeforeEach
  void start() throws IOException {
    stub = EmrServerlessStub.start(requests);
    project = new EmrProject(folder, moto.s3());
    project.profile(SERVERLESS.formatted(stub.endpoint()));
  }

  @AfterEach
  void stop() {
    stub.close();
    project.clear();
  }

  @Test
  void runsAJobShowsItsResultAndKeepsWhatItCost() {
    stub.next(RunPlan.succeeds(project.writes("OK", "PUBLISHED")).billedAfter(2));

    Said said = project.submit();
    Said cost = project.cost("job");

    assertThat(said.code()).as(said.text()).isZero();
    assertThat(said.text())
        .contains(
            "job run 00run0000: RUNNING",
            "job run 00run0000: SUCCESS",
            "prepared.trips",
            "97.5",
            "Charged for 00run0000: 2 vCPU-hours, 8 GB-hours, 1 storage GB-hours: 0.1401 USD");
    assertThat(cost.text()).contains("demo/trips", "0.14", "USD", "7,200 vcpu-seconds");
    assertThat(project.cost("domain").text()).contains("fleet");
    assertThat(project.cost("table").text()).contains("prepared.trips");
    assertThat(project.cost("service").text()).contains("compute by EMR Serverless");
    ModelledRequest started = requests.of("emr-serverless", "StartJobRun").get(0);
    assertThat(started.input().path("executionTimeoutMinutes").asInt()).isEqualTo(120);
    assertThat(started.input().at("/jobDriver/sparkSubmit/entryPointArguments").toString())
        .isEqualTo(
            "[\"run\",\"jobs/demo/trips.yaml\",\"--data-date\",\"2026-11-18\",\"--profile\",\"aws\",\"--var\",\"raw=s3://raw\",\"--result\",\"s3://data/emr/demo/trips/2026-11-18/1/result.json\"]");
  }

  @Test
  void theCostOfAPipelineIsSpreadOverItsJobs() {
    stub.next(RunPlan.succeeds(project.writes("OK", "PUBLISHED")));

    Said said = project.command("submit", "jobs/demo");

    assertThat(said.code()).as(said.text()).isZero();
    assertThat(
            project.cost("job").text().lines().map(line -> line.strip().replaceAll(" {2,}", "|")))
        .anyMatch(line -> line.startsWith("demo/trips|0.11|USD"))
        .anyMatch(line -> line.startsWith("demo/cars|0.04|USD"));
  }

  @ParameterizedTest
  @EnumSource(ExitKind.class)
  void theResultDecidesHowTheCommandEnds(ExitKind kind) {
    String ending = kind == ExitKind.HELD ? "HELD" : "PUBLISHED";
    stub.next(RunPlan.succeeds(project.writes(kind.name(), ending)));

    Said said = project.submit();

    assertThat(said.code()).as(said.text()).isEqualTo(kind.code());
    if (kind == ExitKind.HELD) {
      assertThat(said.text())
          .contains(
              "prepared.trips is held",
              "score 97.5 is below the minimum of 99",
              "assay approve 0123456789abcdef");
    }
  }

  @Test
  void theResultDecidesAlsoIfTheJobRunIsCalledFailed() {
    stub.next(RunPlan.ends("FAILED", "exit code 3", project.writes("HELD", "HELD")));

    Said said = project.submit();

    assertThat(said.code()).as(said.text()).isEqualTo(3);
    assertThat(said.text())
        .contains("FAILED (exit code 3) after it had written its result, which counts");
  }

  @Test
  void aJobRunWithoutAResultNamesItselfAndItsLogs() {
    stub.next(RunPlan.ends("FAILED", "Job failed, please check complete logs", arguments -> {}));

    Said said = project.submit();
    Said again = project.submit();

    assertThat(said.code()).as(said.text()).isEqualTo(5);
    assertThat(said.text())
        .contains(
            "demo/trips 2026-11-18: job run 00run0000 ended FAILED (Job failed, please check complete logs) without a result",
            "s3://logs/emr/applications/%s/jobs/00run0000/"
                .formatted(EmrServerlessStub.APPLICATION),
            "Charged for 00run0000: 0.5 vCPU-hours");
    assertThat(again.text()).as("another try").contains("00run0001");
    assertThat(stub.paid()).isEqualTo(2);
  }

  @Test
  void aJobRunThatNeverStartsIsCancelled() {
    project.profile(SERVERLESS.formatted(stub.endpoint()) + "start-timeout: PT1S\n");
    stub.next(RunPlan.stays("QUEUED"));

    Said said = project.submit();

    assertThat(said.code()).as(said.text()).isEqualTo(5);
    assertThat(said.text()).contains("had not started after PT1S and was cancelled: CANCELLED");
    assertThat(stub.states()).containsExactly("CANCELLED");
  }

  @Test
  @Timeout(120)
  void whoPressesCtrlCLeavesTheJobRunOrCancelsIt() {
    stub.next(RunPlan.stays("RUNNING"));

    Interruption.when(() -> looks() > 2);
    Said left = project.submit();
    assertThat(left.code()).as(left.text()).isEqualTo(143);
    assertThat(left.text()).contains("The job run 00run0000 goes on (RUNNING");
    assertThat(stub.states()).containsExactly("RUNNING");

    int before = looks();
    Interruption.when(() -> looks() > before + 1);
    Said cancelled = project.submit("--cancel-on-interrupt");
    assertThat(cancelled.code()).as(cancelled.text()).isEqualTo(143);
    assertThat(cancelled.text()).contains("job run 00run0000 was cancelled: CANCELLED");
    assertThat(stub.states()).containsExactly("CANCELLED");
  }

  private int looks() {
    return requests.of("emr-serverless", "GetJobRun").size();
  }

  @Test
  void anAnswerThatGetsLostStartsNoSecondRun() {
    stub.faults().next("StartJobRun", 1, Fault.dropAfterActing());
    stub.faults().next("StartJobRun", 1, Fault.throttled());
    stub.next(RunPlan.succeeds(project.writes("OK", "PUBLISHED")));

    Said said = project.submit();

    assertThat(said.code()).as(said.text()).isZero();
    assertThat(stub.paid()).isOne();
    assertThat(requests.of("emr-serverless", "StartJobRun")).hasSize(3);
  }

  @Test
  void whoWasCutOffFollowsTheSameRunAndItsCostIsKeptOnce() {
    stub.faults().next("StartJobRun", 5, Fault.dropAfterActing());
    stub.next(RunPlan.succeeds(project.writes("OK", "PUBLISHED")));

    Said cut = project.submit();
    stub.faults().next("GetJobRun", 30, Fault.internalError());
    Said blind = project.submit();
    Said third = project.submit();

    assertThat(cut.code()).as(cut.text()).isEqualTo(5);
    assertThat(cut.text()).contains("submitting again starts it, or finds it");
    assertThat(blind.code()).as(blind.text()).isEqualTo(5);
    assertThat(blind.text()).contains("The job run 00run0000 goes on; submit the same again");
    assertThat(third.code()).as(third.text()).isZero();
    assertThat(third.text()).contains("job run 00run0000 of an earlier submission is followed");
    assertThat(stub.paid()).isOne();
    assertThat(project.cost("job").text()).contains("7,200 vcpu-seconds");
  }

  @Test
  void theEndOfARunIsReadTwiceAndPaidOnce() {
    stub.next(RunPlan.succeeds(project.writes("OK", "PUBLISHED")));
    Said first = project.submit();
    // as if the process had been killed before it could note the end
    moto.s3()
        .deleteObject(
            r -> r.bucket(EmrProject.BUCKET).key("emr/demo/trips/2026-11-18/1/ended.json"));

    Said second = project.submit();

    assertThat(first.code()).isZero();
    assertThat(second.code()).as(second.text()).isZero();
    assertThat(second.text()).contains("It is in the ledger already.");
    assertThat(project.cost("job").text()).contains("7,200 vcpu-seconds");
  }

  @Test
  void otherSettingsUnderTheSameTokenAreToldApart() {
    stub.faults().next("StartJobRun", 5, Fault.dropAfterActing());
    project.submit();
    project.profile(SERVERLESS.formatted(stub.endpoint()) + "timeout: PT3H\n");

    Said said = project.submit();

    assertThat(said.code()).as(said.text()).isEqualTo(4);
    assertThat(said.text())
        .contains("has a job run of this submission already, with other settings");
    assertThat(stub.paid()).isOne();
  }

  @Test
  void aLedgerThatCannotBeReachedDoesNotHideTheResult() {
    project
        .files()
        .file(
            "profile.yaml",
            """
            catalog: {name: lake, properties: {type: hadoop, warehouse: /dev/null/warehouse}}
            emr:
              region: us-east-1
              s3-endpoint: "%s"
              jar: s3://code/1.0/assay-1.0-emr.jar
              files: s3://code/1.0
              results: s3://data/emr
              profile: aws
              max-executors: 4
              poll-interval: PT0.005S
            %s
            """
                .formatted(moto.endpoint(), SERVERLESS.formatted(stub.endpoint()).indent(2)));
    stub.next(RunPlan.succeeds(project.writes("OK", "PUBLISHED")));

    Said said = project.submit();

    assertThat(said.code()).as(said.text()).isZero();
    assertThat(said.text())
        .contains("0.1401 USD", "The cost could not be written into the ledger", "prepared.trips");
  }

  @Test
  void whatIsNotAsItShouldBeIsSaid() {
    stub.application().remove("maximumCapacity");
    stub.application().put("architecture", "X86_64");
    stub.application().putObject("autoStopConfiguration").put("enabled", false);
    stub.next(RunPlan.succeeds(project.writes("OK", "PUBLISHED")));

    assertThat(project.submit().text())
        .contains(
            "has no auto-stop",
            "has no maximum capacity; this run needs no more than 20 vCPU, 80 GB, 100 GB disk",
            "runs on X86_64, and the profile reckons with ARM64");
    project.profile(SERVERLESS.formatted(stub.endpoint()).replace("assay\n", "other\n"));
    Said unknown = project.submit();
    assertThat(unknown.code()).isEqualTo(4);
    assertThat(unknown.text()).contains("There is no application 'other'");
  }

  @Test
  void aPlanAsksNobodyAndItsRequestIsTheOneThatIsSent() {
    Said text = project.command("plan", "jobs/demo/trips.yaml");
    Said json = project.command("plan", "jobs/demo/trips.yaml", "--json");
    int asked = requests.all().size();
    stub.next(RunPlan.succeeds(project.writes("OK", "PUBLISHED")));
    project.submit();

    assertThat(text.code()).as(text.text()).isZero();
    assertThat(text.text())
        .contains(
            "spark.sql.shuffle.partitions = 32",
            "twice the 16 vCPU of all executors",
            "executionTimeoutMinutes = 120",
            "At most, if all of it ran until the timeout: 40 vCPU-hours",
            "No spark.jars");
    assertThat(asked).isZero();
    String token =
        requests.of("emr-serverless", "StartJobRun").get(0).input().path("clientToken").asText();
    assertThat(json.text()).contains(token, "\"applicationConfiguration\"", "\"spark-defaults\"");
  }

  @Test
  void everyKeyOfARequestIsOneThatTheServiceKnows() {
    Emr emr = EmrProfiles.with(EmrProfiles.APPLICATION);
    Plan plan = Plan.of(emr, EmrProfiles.TRIPS, Plan.firstAttempt(emr, EmrProfiles.TRIPS));

    try (var client =
        dev.assay.testing.aws.TestClients.onceAt(
            stub.endpoint(),
            software.amazon.awssdk.services.emrserverless.EmrServerlessClient.builder())) {
      client.startJobRun(
          JobRunRequest.of(plan, EmrProfiles.APPLICATION, EmrServerlessStub.APPLICATION));
    }

    assertThat(stub.paid()).isOne();
    assertThat(List.of(plan.tags().size())).containsExactly(5);
  }

  @Test
  void whatIsWrongInFilesIsSaidBeforeAnythingIsPaid() {
    project.files().file("jobs/demo/trips.yaml", "kind: prepare\n");

    Said said = project.submit();

    assertThat(said.code()).isEqualTo(4);
    assertThat(requests.all()).isEmpty();
  }
}
