package dev.assay.emr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.job.Emr;
import dev.assay.model.job.EmrWorker;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizingTest {
  @Test
  void reckonsTheSettingsOfARunOnServerless() {
    assertThat(plan(EmrProfiles.APPLICATION).properties())
        .containsEntry("spark.driver.cores", "2")
        .containsEntry("spark.driver.memory", "7447m")
        .containsEntry("spark.executor.cores", "4")
        .containsEntry("spark.executor.memory", "27927m")
        .containsEntry("spark.emr-serverless.driver.disk", "20g")
        .containsEntry("spark.emr-serverless.executor.disk", "200g")
        .containsEntry("spark.emr-serverless.executor.disk.type", "shuffle_optimized")
        .containsEntry("spark.dynamicAllocation.maxExecutors", "8")
        .containsEntry("spark.dynamicAllocation.initialExecutors", "3")
        .containsEntry("spark.sql.shuffle.partitions", "64")
        .containsEntry("spark.sql.adaptive.enabled", "true")
        .containsEntry("spark.emr-serverless.driverEnv.ASSAY_WAREHOUSE", "s3://lake/warehouse")
        .containsEntry("spark.executorEnv.ASSAY_WAREHOUSE", "s3://lake/warehouse")
        .containsEntry("spark.emr-serverless.driverEnv.RAW", "s3://raw")
        .containsEntry("spark.jars", "/usr/share/aws/iceberg/lib/iceberg-spark3-runtime.jar")
        .doesNotContainKeys(
            "spark.emr-serverless.driver.disk.type", "spark.shuffle.service.enabled");
  }

  @Test
  void aClusterHasNeitherDisksNorVariablesOfServerless() {
    assertThat(plan(EmrProfiles.CLUSTER).properties())
        .containsEntry("spark.yarn.appMasterEnv.ASSAY_WAREHOUSE", "s3://lake/warehouse")
        .containsEntry("spark.dynamicAllocation.maxExecutors", "8")
        .allSatisfy((name, value) -> assertThat(name).doesNotContain("emr-serverless"));
  }

  @Test
  void whatTheProfileSaysWins() {
    Emr usual = EmrProfiles.with(EmrProfiles.APPLICATION);
    Emr own =
        new Emr(
            usual.service(),
            usual.code(),
            usual.results(),
            usual.logs(),
            usual.profile(),
            Map.of("ASSAY_WAREHOUSE", "s3://other"),
            Map.of("spark.sql.shuffle.partitions", "999"),
            usual.workers(),
            usual.limits(),
            usual.tags(),
            usual.prices(),
            usual.target());

    Plan plan = Plan.of(own, EmrProfiles.TRIPS, Plan.firstAttempt(own, EmrProfiles.TRIPS));

    assertThat(plan.properties())
        .containsEntry("spark.sql.shuffle.partitions", "999")
        .containsEntry("spark.executorEnv.ASSAY_WAREHOUSE", "s3://other");
    assertThat(plan.spark())
        .contains(new Setting("spark.sql.shuffle.partitions", "999", "as the profile says"));
  }

  @ParameterizedTest
  @CsvSource({"1,2,1664", "1,4,3712", "1,8,7447", "4,30,27927", "16,120,111709"})
  void heapAndWhatIsBesideItFillTheWorker(int vcpus, int memory, int heap) {
    EmrWorker worker = new EmrWorker(vcpus, memory, 20, EmrWorker.Disk.STANDARD);

    assertThat(worker.heapMb()).isEqualTo(heap);
    assertThat(heap + Math.max(heap / 10, 384)).isBetween(memory * 1024 - 1, memory * 1024);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3|12|20|STANDARD|a worker has no 3 vCPU. Expected 1, 2, 4, 8 or 16",
        "1|1|20|STANDARD|a worker of 1 vCPU has no 1 GB. Expected 2 to 8 in steps of 1",
        "4|32|20|STANDARD|a worker of 4 vCPU has no 32 GB. Expected 8 to 30 in steps of 1",
        "8|18|20|STANDARD|a worker of 8 vCPU has no 18 GB. Expected 16 to 60 in steps of 4",
        "16|36|20|STANDARD|a worker of 16 vCPU has no 36 GB. Expected 32 to 120 in steps of 8",
        "4|16|201|STANDARD|a worker has no disk of 201 GB. Expected 20 to 200",
        "4|16|10|SHUFFLE_OPTIMIZED|a worker has no disk of 10 GB. Expected 20 to 2000"
      })
  void aShapeThatThereIsNotIsRefused(
      int vcpus, int memory, int disk, EmrWorker.Disk kind, String why) {
    assertThatThrownBy(() -> new EmrWorker(vcpus, memory, disk, kind))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(why);
  }

  @Test
  void aPlanSaysWhyAndWhatItCanCost() {
    Plan plan = plan(EmrProfiles.APPLICATION);

    assertThat(plan.settings())
        .extracting(Setting::name)
        .contains("application", "executionTimeoutMinutes", "clientToken", "tags");
    assertThat(plan.settings().get(0).why())
        .contains("ARM64", "auto-stop after 5 minutes", "34 vCPU, 248 GB, 1620 GB disk");
    assertThat(plan.tags())
        .isEqualTo(
            Map.of(
                "team", "data",
                "assay:pipeline", "demo",
                "assay:job", "trips",
                "assay:domain", "fleet",
                "assay:data-date", "2026-11-18"));
    // 2 hours of 34 vCPU, 248 GB, and 8 disks of which 180 GB are paid
    assertThat(plan.most().orElseThrow().cost().orElseThrow().amount())
        .isEqualByComparingTo("6.168");
    assertThat(plan(EmrProfiles.CLUSTER).most()).isEmpty();
  }

  @Test
  void theTokenIsTheSameForTheSameAttemptOnly() {
    Plan plan = plan(EmrProfiles.APPLICATION);
    Attempt next = Plan.attempt("s3://data/emr", EmrProfiles.TRIPS, 2, Optional.empty());

    assertThat(plan.attempt().token())
        .hasSize(64)
        .isEqualTo(plan(EmrProfiles.APPLICATION).attempt().token());
    assertThat(next.token()).isNotEqualTo(plan.attempt().token());
    assertThat(plan.attempt().result())
        .isEqualTo("s3://data/emr/demo/trips/2026-11-18/1/result.json");
    assertThat(plan.arguments())
        .isEqualTo(
            List.of(
                "run",
                "jobs/demo/trips.yaml",
                "--data-date",
                "2026-11-18",
                "--profile",
                "aws",
                "--var",
                "raw=s3://raw/x y",
                "--result",
                "s3://data/emr/demo/trips/2026-11-18/1/result.json"));
  }

  private static Plan plan(Emr.Target target) {
    Emr emr = EmrProfiles.with(target);
    return Plan.of(emr, EmrProfiles.TRIPS, Plan.firstAttempt(emr, EmrProfiles.TRIPS));
  }
}
