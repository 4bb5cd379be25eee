package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.CommandLineProject.Said;
import dev.assay.testing.aws.EmrServerlessStub;
import dev.assay.testing.aws.EmrServerlessStub.RunPlan;
import dev.assay.testing.aws.RecordedRequests;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** From a submission to a driver with these arguments, its result in S3, and back. */
@Tag("long")
class EmrDriverIT {
  @RegisterExtension final RecordedRequests requests = new RecordedRequests();
  @TempDir Path folder;

  @Test
  void aRunThatIsHeldEndsWellForEmrAndAsHeldForWhoSubmittedIt() throws Exception {
    List<ForkedJvm.Ended> drivers = new ArrayList<>();
    try (Moto moto = Moto.start(folder.resolve("moto.log"));
        EmrServerlessStub stub = EmrServerlessStub.start(requests)) {
      moto.s3().createBucket(r -> r.bucket(EmrProject.BUCKET));
      EmrProject project = project(moto, stub);
      stub.next(
          RunPlan.succeeds(
              arguments ->
                  drivers.add(
                      ForkedJvm.run(
                          folder,
                          Map.of(
                              "assay.log", folder.resolve("driver.log").toString(),
                              "aws.accessKeyId", "test",
                              "aws.secretKey", "test"),
                          Main.class,
                          arguments.toArray(String[]::new)))));

      Said said =
          project.command(
              "submit", "jobs/demo/trips.yaml", "--var", "raw=" + folder.resolve("raw"));

      assertThat(drivers).hasSize(1);
      assertThat(drivers.get(0).code()).as(drivers.get(0).output()).isZero();
      assertThat(said.code()).as(said.text()).isEqualTo(3);
      assertThat(said.text())
          .contains("prepared.trips is held", "decide: assay approve", "Charged for 00run0000");
      assertThat(project.cost("job").text()).contains("demo/trips", "0.14");
    }
  }

  private EmrProject project(Moto moto, EmrServerlessStub stub) {
    EmrProject project = new EmrProject(folder, moto.s3());
    project.profile(
        """
        mode: serverless
        endpoint: "%s"
        application-id: %s
        execution-role: arn:aws:iam::123456789012:role/assay-job
        prices: {currency: USD, region: us-east-1, date: 2026-11-01, vcpu-hour: 0.05, gb-hour: 0.005, storage-gb-hour: 0.0001}
        """
            .formatted(stub.endpoint(), EmrServerlessStub.APPLICATION),
        "driver");
    String hadoop =
        moto.hadoop().entrySet().stream()
            .map(
                setting ->
                    "  spark.hadoop.%s: \"%s\"\n".formatted(setting.getKey(), setting.getValue()))
            .collect(Collectors.joining());
    project
        .files()
        .file(
            "jobs/profiles/driver.yaml",
            """
            catalog: {name: lake, properties: {type: hadoop, warehouse: "%s"}}
            spark:
              spark.master: local[2]
              spark.ui.enabled: "false"
              spark.sql.shuffle.partitions: "2"
              spark.driver.host: 127.0.0.1
              spark.driver.bindAddress: 127.0.0.1
            %s
            """
                .formatted(folder.resolve("home/warehouse"), hadoop))
        .file("raw/trips.csv", "id\n1\n1\n")
        .file("rulesets/prepared/trips.dqdl", "Rules = [ IsUnique \"id\" ]\n")
        .file(
            "jobs/demo/trips.yaml",
            """
            kind: prepare
            name: trips
            inputs:
              log: {files: "${raw}/trips.csv", format: csv, csv: {header: true}, columns: {id: int}}
            steps: []
            output: {table: prepared.trips, mode: replace}
            ruleset: rulesets/prepared/trips.dqdl
            gate: {minimum-score: 100}
            """);
    return project;
  }
}
