package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.CommandLineProject.Said;
import dev.assay.testing.aws.EmrClusterStub;
import dev.assay.testing.aws.Fault;
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

/** Submissions to a cluster for one run: whatever happens, it does not stay. */
@Tag("long")
class EmrClusterIT {
  private static final String CLUSTER =
      """
      mode: transient-ec2
      endpoint: "%s"
      release: emr-7.14.0
      cluster:
        service-role: EMR_DefaultRole_V2
        instance-profile: assay-nodes
        subnet: subnet-0123
        core-type: m7g.xlarge
        core-nodes: 2
        task-nodes: 3
      prices:
        currency: USD
        region: us-east-1
        date: 2026-11-01
        instances: {m7g.xlarge: {on-demand-hour: 0.2, spot-hour: 0.08, emr-hour: 0.04}}
      """;

  @TempDir static Path shared;
  private static Moto moto;

  @RegisterExtension final RecordedRequests requests = new RecordedRequests();
  @TempDir Path folder;

  private EmrClusterStub stub;
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
    stub = EmrClusterStub.start(requests);
    project = new EmrProject(folder, moto.s3());
    project.profile(CLUSTER.formatted(stub.endpoint()));
  }

  @AfterEach
  void stop() {
    stub.close();
    project.clear();
  }

  @Test
  void aClusterDoesItsStepAndEnds() {
    steps("COMPLETED", "OK");

    Said said = project.submit();

    assertThat(said.code()).as(said.text()).isZero();
    assertThat(stub.alive()).isZero();
    // half an hour of three on demand at 0.24 and of three Spot at 0.12
    assertThat(said.text())
        .contains("cluster j-0000: COMPLETED", "1.5 m7g.xlarge-hours (Spot): 0.54 USD");
    assertThat(project.cost("service").text()).contains("compute by EMR on EC2", "0.54");
    var request = requests.of("emr", "RunJobFlow").get(0).input();
    assertThat(request.at("/Instances/KeepJobFlowAliveWhenNoSteps").asBoolean(true)).isFalse();
    assertThat(request.at("/AutoTerminationPolicy/IdleTimeout").asInt()).isEqualTo(600);
    assertThat(request.at("/Instances/InstanceGroups").findValuesAsText("Market"))
        .containsExactly("ON_DEMAND", "ON_DEMAND", "SPOT");
    assertThat(request.at("/Steps/0/ActionOnFailure").asText()).isEqualTo("TERMINATE_CLUSTER");
  }

  @Test
  void aStepThatFailsLeavesNoCluster() {
    stub.steps(List.of("PENDING", "RUNNING", "FAILED"), arguments -> {});

    Said said = project.submit();

    assertThat(said.code()).as(said.text()).isEqualTo(5);
    assertThat(said.text())
        .contains(
            "cluster j-0000 ended FAILED (Exception in thread main) without a result",
            "s3://logs/emr/j-0000/");
    assertThat(stub.alive()).isZero();
  }

  @Test
  void aClusterThatIsLostOutOfSightIsEnded() {
    steps("RUNNING", "OK");
    stub.faults().next("ListSteps", 30, Fault.internalError());

    Said said = project.submit();

    assertThat(said.code()).as(said.text()).isEqualTo(5);
    assertThat(stub.paid()).isOne();
    assertThat(stub.alive()).isZero();
  }

  @Test
  @Timeout(120)
  void whoPressesCtrlCEndsTheCluster() {
    steps("RUNNING", "OK");

    Interruption.when(() -> stub.paid() > 0);
    Said said = project.submit();

    assertThat(said.code()).as(said.text()).isEqualTo(143);
    assertThat(said.text()).contains("cluster j-0000 was cancelled");
    assertThat(stub.alive()).isZero();
  }

  @Test
  void anAnswerThatGetsLostCreatesNoSecondCluster() {
    steps("COMPLETED", "OK");
    stub.faults().next("RunJobFlow", 1, Fault.dropAfterActing());

    Said said = project.submit();

    assertThat(said.code()).as(said.text()).isZero();
    assertThat(stub.paid()).isOne();
  }

  @Test
  void aRequestThatDidNotArriveIsSaidToBeDoubtful() {
    stub.faults().next("RunJobFlow", 1, Fault.dropBeforeActing());

    Said said = project.submit();

    assertThat(said.code()).isEqualTo(5);
    assertThat(said.text()).contains("EMR did not answer when it was asked for a cluster");
    assertThat(stub.paid()).isZero();
  }

  @Test
  void aPlanShowsTheRequest() {
    assertThat(project.command("plan", "jobs/demo").text())
        .contains("core nodes = 2 × m7g.xlarge", "task nodes = 3 × m7g.xlarge", "Spot");
    assertThat(project.command("plan", "jobs/demo", "--json").text())
        .contains("\"KeepJobFlowAliveWhenNoSteps\" : false", "\"SPOT\"");
    assertThat(requests.all()).isEmpty();
  }

  private void steps(String last, String kind) {
    stub.steps(List.of("PENDING", "RUNNING", last), project.writes(kind, "PUBLISHED"));
  }
}
