package dev.assay.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.job.Emr;
import dev.assay.model.job.EmrPrices;
import dev.assay.model.job.EmrWorker;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmrReaderTest {
  private static final String LEAST =
      """
      emr:
        mode: serverless
        application-name: assay
        execution-role: arn:aws:iam::123456789012:role/assay-job
        jar: s3://code/1.0/assay-1.0-emr.jar
        files: s3://code/1.0
        results: s3://data/emr
        max-executors: 8
      """;

  @TempDir Path folder;

  @Test
  void aProfileNeedNotNameIt() throws IOException {
    Path file = Files.writeString(folder.resolve("p.yaml"), profile(""));

    assertThat(ProfileReader.load(file.toString(), folder).emr()).isEmpty();
  }

  @Test
  void hasDefaults() throws IOException {
    EmrWorker usual = new EmrWorker(4, 16, 20, EmrWorker.Disk.STANDARD);

    assertThat(read(LEAST))
        .isEqualTo(
            new Emr(
                new Emr.Service(Optional.empty(), Optional.empty(), Optional.empty()),
                new Emr.Code("s3://code/1.0/assay-1.0-emr.jar", "s3://code/1.0"),
                "s3://data/emr",
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                new Emr.Workers(usual, usual, 8),
                new Emr.Limits(Duration.ofHours(2), Duration.ofMinutes(30), Duration.ofSeconds(10)),
                Map.of(),
                Optional.empty(),
                new Emr.Application(
                    Optional.empty(),
                    Optional.of("assay"),
                    "arn:aws:iam::123456789012:role/assay-job",
                    Optional.empty(),
                    Emr.Architecture.ARM64)));
  }

  @Test
  void readsEveryKeyOfACluster() throws IOException {
    assertThat(
            read(
                """
                emr:
                  mode: transient-ec2
                  region: eu-central-1
                  endpoint: https://elasticmapreduce.example.com
                  s3-endpoint: https://s3.example.com
                  release: emr-7.14.0
                  cluster:
                    service-role: EMR_DefaultRole_V2
                    instance-profile: assay-nodes
                    subnet: subnet-0123
                    primary-type: m7g.large
                    core-type: m7g.xlarge
                    core-nodes: 2
                    task-type: r7g.xlarge
                    task-nodes: 4
                    idle-timeout: PT15M
                  jar: s3://code/1.0/assay-1.0-emr.jar
                  files: s3://code/1.0/
                  results: s3://data/emr/
                  logs: s3://logs/emr
                  profile: aws
                  environment: {ASSAY_WAREHOUSE: "s3://data/warehouse"}
                  spark: {spark.sql.shuffle.partitions: 50}
                  driver: {vcpu: 2, memory-gb: 8}
                  executor: {vcpu: 8, memory-gb: 32, disk-gb: 500, disk: shuffle-optimized}
                  max-executors: 6
                  timeout: PT1H
                  start-timeout: PT15M
                  poll-interval: PT5S
                  tags: {team: data}
                  prices:
                    currency: USD
                    region: eu-central-1
                    date: 2026-11-01
                    vcpu-hour: 0.05
                    gb-hour: 0.005
                    storage-gb-hour: 0.0001
                    instances:
                      m7g.xlarge: {on-demand-hour: 0.2, emr-hour: 0.05}
                """))
        .isEqualTo(
            new Emr(
                new Emr.Service(
                    Optional.of("eu-central-1"),
                    Optional.of(URI.create("https://elasticmapreduce.example.com")),
                    Optional.of(URI.create("https://s3.example.com"))),
                new Emr.Code("s3://code/1.0/assay-1.0-emr.jar", "s3://code/1.0"),
                "s3://data/emr",
                Optional.of("s3://logs/emr"),
                Optional.of("aws"),
                Map.of("ASSAY_WAREHOUSE", "s3://data/warehouse"),
                Map.of("spark.sql.shuffle.partitions", "50"),
                new Emr.Workers(
                    new EmrWorker(2, 8, 20, EmrWorker.Disk.STANDARD),
                    new EmrWorker(8, 32, 500, EmrWorker.Disk.SHUFFLE_OPTIMIZED),
                    6),
                new Emr.Limits(Duration.ofHours(1), Duration.ofMinutes(15), Duration.ofSeconds(5)),
                Map.of("team", "data"),
                Optional.of(
                    new EmrPrices(
                        "USD",
                        "eu-central-1",
                        LocalDate.of(2026, 11, 1),
                        new BigDecimal("0.05"),
                        new BigDecimal("0.005"),
                        new BigDecimal("0.0001"),
                        Map.of(
                            "m7g.xlarge",
                            new EmrPrices.Instance(
                                new BigDecimal("0.2"),
                                new BigDecimal("0.2"),
                                new BigDecimal("0.05"))))),
                new Emr.Cluster(
                    "emr-7.14.0",
                    "EMR_DefaultRole_V2",
                    "assay-nodes",
                    Optional.of("subnet-0123"),
                    "m7g.large",
                    "m7g.xlarge",
                    2,
                    "r7g.xlarge",
                    4,
                    Duration.ofMinutes(15))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "  executor: {vcpu: 4, memory-gb: 32}|:10:13: a worker of 4 vCPU has no 32 GB. Expected 8 to 30 in steps of 1.",
        "  executor: {vcpu: 4, memory: 16}|:10:23: unknown key 'memory' in 'emr.executor'. Did you mean 'memory-gb'?",
        "  max-executor: 4|:10:3: unknown key 'max-executor' in 'emr'. Did you mean 'max-executors'?",
        "  timeout: PT1M|:10:12: 'PT1M' is out of range. Expected a time from PT5M to PT168H.",
        "  timeout: 2 hours|:10:12: 'emr.timeout': Text cannot be parsed to a Duration",
        "  logs: /var/log|:10:9: '/var/log' does not fit. Expected a folder in S3, such as s3://bucket/folder.",
        "  tags: {'aws:team': data}|:10:10: 'aws:team: data' is no tag. Expected letters, digits, blanks and /_.:=+@-, and no aws: at the beginning.",
        "  environment: {A-B: 1}|:10:17: 'A-B' is no name of a variable. Expected letters, digits and _, such as ASSAY_WAREHOUSE.",
        "  release: 7.14|:10:12: '7.14' does not fit. Expected a release label such as emr-7.14.0.",
        "  prices: {currency: $, region: r, date: 2026-11-01}|:10:22: '$' does not fit. Expected a currency such as USD.",
        "  prices: {currency: USD, region: r, date: 2026-11-01, gb-hour: -1}|:10:65: 'gb-hour' is below 0. Expected a price.",
        "  cluster: {}|:10:3: 'cluster' is no key of mode serverless. Take it out."
      })
  void saysWhereWhatIsWrong(String line, String complaint) {
    assertThatThrownBy(() -> read(LEAST + line + "\n"))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("p.yaml" + complaint);
  }

  private Emr read(String emr) throws IOException {
    Path file = Files.writeString(folder.resolve("p.yaml"), profile(emr));
    return ProfileReader.load(file.toString(), folder).emr().orElseThrow();
  }

  private static String profile(String emr) {
    return "catalog: {name: lake, properties: {type: hadoop}}\n" + emr;
  }
}
