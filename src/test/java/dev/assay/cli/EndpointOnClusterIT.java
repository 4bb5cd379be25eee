package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.testing.aws.ComprehendStub;
import dev.assay.testing.aws.Quota;
import dev.assay.testing.aws.RecordedRequests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A classify job on a cluster whose two executors ask one endpoint. */
@Tag("soak")
class EndpointOnClusterIT {
  private static final int TEXTS = 200;
  private static final int DOCUMENTS_PER_SECOND = 40;
  private static final int THREADS = 4;

  @RegisterExtension final RecordedRequests requests = new RecordedRequests();
  @TempDir Path folder;

  private final ConcurrentLinkedDeque<Long> times = new ConcurrentLinkedDeque<>();

  @Test
  void twoExecutorsShareOneQuota() throws Exception {
    SparkDistribution spark = SparkDistribution.ofTests();
    try (ComprehendStub stub = ComprehendStub.start(requests);
        SparkCluster cluster = SparkCluster.start(spark, folder, 2)) {
      stub.realTime().quota(new Quota(1_000_000, DOCUMENTS_PER_SECOND, System::nanoTime));
      stub.realTime().latency(Duration.ofMillis(250));
      stub.classifier(
          text -> {
            times.add(System.nanoTime());
            return Map.of("gambling", 0.02);
          });
      project(stub);

      ForkedJvm.Ended run = SparkDistribution.run(submit(spark, cluster));

      assertThat(run.code()).as(run.output()).isZero();
      assertThat(cluster.executorsStarted()).isEqualTo(2);
      assertThat(stub.realTime().answered().values()).hasSize(TEXTS).containsOnly(1);
      // an executor has one core, so more than a task's threads at once are of both
      assertThat(stub.realTime().counts().maximumParallel()).isGreaterThan(THREADS);
      assertThat(stub.realTime().counts().throttled()).isLessThanOrEqualTo(TEXTS / 100);
      double seconds = (times.getLast() - times.getFirst()) / 1e9;
      // not above the quota; how much of it is used on a machine at rest others measure
      assertThat((TEXTS - 1) / seconds).isBetween(0.5 * DOCUMENTS_PER_SECOND, 41.0);
    }
  }

  private ProcessBuilder submit(SparkDistribution spark, SparkCluster cluster) {
    ProcessBuilder builder =
        spark.submit(
            folder,
            Map.of(
                "spark.master", cluster.master(),
                "spark.driver.memory", "1g",
                "spark.executor.memory", "1g",
                "spark.executor.cores", "1",
                "spark.executorEnv.AWS_ACCESS_KEY_ID", "test",
                "spark.executorEnv.AWS_SECRET_ACCESS_KEY", "test",
                "spark.hadoop.fs.viewfs.mounttable.shared.link./journal",
                    folder.resolve("journal").toUri().toString()),
            List.of(
                "run",
                "jobs/p",
                "--profile",
                "profile.yaml",
                "--home",
                folder.resolve("home").toString(),
                "--data-date",
                "2026-11-18",
                "--var",
                "root=" + folder));
    builder.environment().put("AWS_ACCESS_KEY_ID", "test");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "test");
    return builder;
  }

  private void project(ComprehendStub stub) throws IOException {
    Files.createDirectories(folder.resolve("journal"));
    write("jobs/p/pipeline.yaml", "name: p\nowner: somebody@example.com\n");
    write(
        "jobs/p/messages.yaml",
        """
        kind: prepare
        name: messages
        inputs:
          log:
            files: ${root}/raw.csv
            format: csv
            columns: {id: int, text: string}
        output: {table: prepared.messages, mode: replace}
        ruleset: none
        """);
    write(
        "jobs/p/verdicts.yaml",
        """
        kind: classify
        name: verdicts
        inputs: {messages: prepared.messages}
        classify: {key: id, text: text, model: sms, by: endpoint, thresholds: {gambling: 0.5}}
        output: {table: semantic.verdicts, mode: replace}
        ruleset: none
        """);
    // a folder that every machine reaches has a file system of its own, as S3 is one
    write(
        "profile.yaml",
        """
        catalog:
          name: lake
          properties: {type: hadoop, warehouse: "${home}/warehouse", cache-enabled: "false"}
        spark:
          spark.sql.shuffle.partitions: "2"
          spark.driver.host: 127.0.0.1
          spark.driver.bindAddress: 127.0.0.1
          spark.ui.enabled: "false"
        comprehend:
          region: us-east-1
          endpoint-url: %s
          endpoint: %s
          classifier: %s
          journal: viewfs://shared/journal
          characters-per-second: 1000000
          documents-per-second: %d
          threads: %d
        """
            .formatted(
                stub.endpoint(),
                ComprehendStub.ENDPOINT,
                ComprehendStub.CLASSIFIER,
                DOCUMENTS_PER_SECOND,
                THREADS));
    StringBuilder csv = new StringBuilder("id,text\n");
    for (int id = 0; id < TEXTS; id++) {
      csv.append(
          "%d,\"Your car with the key %s is due for service.\"%n"
              .formatted(id, Integer.toString(id, 26).replaceAll("\\d", "x") + "q" + id));
    }
    write("raw.csv", csv.toString());
  }

  private void write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
