package dev.assay.emr;

import dev.assay.model.TableName;
import dev.assay.model.job.Emr;
import dev.assay.model.job.EmrPrices;
import dev.assay.model.job.EmrWorker;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Profiles and submissions that tests of this package share. */
public final class EmrProfiles {
  public static final Emr.Application APPLICATION =
      new Emr.Application(
          Optional.of("00fabc123def4567"),
          Optional.empty(),
          "arn:aws:iam::123456789012:role/assay-job",
          Optional.empty(),
          Emr.Architecture.ARM64);

  public static final Emr.Cluster CLUSTER =
      new Emr.Cluster(
          "emr-7.14.0",
          "EMR_DefaultRole_V2",
          "assay-nodes",
          Optional.of("subnet-0123"),
          "m7g.large",
          "m7g.xlarge",
          2,
          "r7g.xlarge",
          3,
          Duration.ofMinutes(10));

  public static final Submission TRIPS =
      new Submission(
          "demo",
          "fleet",
          Optional.of("trips"),
          "jobs/demo/trips.yaml",
          LocalDate.of(2026, 11, 18),
          "aws",
          List.of("--var", "raw=s3://raw/x y"),
          Optional.of("s3://lake/warehouse"),
          List.of(new Submission.Target("trips", TableName.parse("prepared.trips"))));

  private EmrProfiles() {}

  public static EmrPrices prices() {
    return new EmrPrices(
        "USD",
        "eu-central-1",
        LocalDate.of(2026, 11, 1),
        new BigDecimal("0.05"),
        new BigDecimal("0.005"),
        new BigDecimal("0.0001"),
        Map.of(
            "m7g.xlarge",
            new EmrPrices.Instance(
                new BigDecimal("0.20"), new BigDecimal("0.08"), new BigDecimal("0.04"))));
  }

  public static Emr with(Emr.Target target) {
    return new Emr(
        new Emr.Service(Optional.of("us-east-1"), Optional.empty(), Optional.empty()),
        new Emr.Code("s3://code/1.0/assay-1.0-emr.jar", "s3://code/1.0/"),
        "s3://data/emr/",
        Optional.of("s3://logs/emr"),
        Optional.empty(),
        Map.of("RAW", "s3://raw"),
        Map.of("spark.jars", "/usr/share/aws/iceberg/lib/iceberg-spark3-runtime.jar"),
        new Emr.Workers(
            new EmrWorker(2, 8, 20, EmrWorker.Disk.STANDARD),
            new EmrWorker(4, 30, 200, EmrWorker.Disk.SHUFFLE_OPTIMIZED),
            8),
        new Emr.Limits(Duration.ofHours(2), Duration.ofMinutes(30), Duration.ofMillis(1)),
        Map.of("team", "data"),
        Optional.of(prices()),
        target);
  }
}
