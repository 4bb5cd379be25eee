package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.emr.EmrProfiles;
import dev.assay.emr.Submission;
import dev.assay.emr.Usage;
import dev.assay.model.Spending;
import dev.assay.model.TableName;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmrBillTest {
  private static final Submission TWO =
      new Submission(
          "demo",
          "fleet",
          Optional.empty(),
          "jobs/demo",
          LocalDate.of(2026, 11, 18),
          "aws",
          List.of(),
          Optional.empty(),
          List.of(target("trips"), target("vehicles"), target("visits")));

  @Test
  void isSpreadByTheTimeOfEachJobAndLosesNothing() {
    List<Spending> bill = bill(Map.of("prepared.trips", 30.0, "prepared.vehicles", 10.0));

    assertThat(bill).extracting(Spending::job).containsExactly("trips", "vehicles", "visits");
    assertThat(bill)
        .extracting(Spending::amount)
        .usingElementComparator(BigDecimal::compareTo)
        .containsExactly(
            new BigDecimal("0.065662"), new BigDecimal("0.021887"), new BigDecimal("0.000001"));
    assertThat(bill.stream().mapToLong(row -> row.quantities().get("vcpu-seconds")).sum())
        .isEqualTo(4500);
    assertThat(bill)
        .allSatisfy(
            row ->
                assertThat(List.of(row.runId(), row.purpose(), row.service(), row.domain()))
                    .containsExactly("00run", "compute", "EMR Serverless", "fleet"));
  }

  @Test
  void isSpreadEvenlyWhenNobodyKnowsTheTimes() {
    assertThat(bill(Map.of()))
        .extracting(Spending::amount)
        .usingElementComparator(BigDecimal::compareTo)
        .containsExactly(
            new BigDecimal("0.029183"), new BigDecimal("0.029183"), new BigDecimal("0.029184"));
  }

  @Test
  void aPathIsToTheDriverWhatItIsFromTheFolderThatHoldsJobs() {
    assertThat(EmrOptions.onDriver(Path.of("/srv/jobs/shop/jobs/demo/trips.yaml")))
        .contains("jobs/demo/trips.yaml");
    assertThat(EmrOptions.onDriver(Path.of("jobs/demo/"))).contains("jobs/demo");
    assertThat(EmrOptions.onDriver(Path.of("/srv/pipelines/demo"))).isEmpty();
  }

  private static List<Spending> bill(Map<String, Double> seconds) {
    return EmrBill.of(
        TWO,
        "00run",
        "EMR Serverless",
        Usage.ofServerless(1.25, 5, 0.5, Optional.of(EmrProfiles.prices())),
        seconds,
        Instant.EPOCH);
  }

  private static Submission.Target target(String name) {
    return new Submission.Target(name, TableName.parse("prepared." + name));
  }
}
