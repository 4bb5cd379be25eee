package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.ExitKind;
import dev.assay.model.Metric;
import dev.assay.pipeline.JobResult;
import dev.assay.pipeline.RunOption;
import dev.assay.testing.aws.ComprehendStub;
import dev.assay.testing.aws.Fault;
import dev.assay.testing.aws.JobPlan;
import dev.assay.testing.aws.ObjectStorage;
import dev.assay.testing.aws.Progress;
import dev.assay.testing.aws.RecordedRequests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Classify jobs that ask Comprehend, through whole runs: an endpoint, batch jobs, a cascade. */
@Tag("long")
class ComprehendRunIT {
  @RegisterExtension static final MotoBucket BUCKET = new MotoBucket("comprehend-run");

  private static final LocalDate DATE = LocalDate.of(2026, 11, 18);
  private static final List<String> COLOURS =
      List.of("red", "blue", "green", "white", "black", "silver");
  private static final List<String> PARTS =
      List.of("engine", "mirror", "window", "bumper", "seat", "wheel");
  private static final List<String> KINDS =
      List.of("farbiges", "ruhiges", "langes", "kurzes", "warmes", "kaltes");
  private static final List<String> PLACES =
      List.of("Bergen", "Alpen", "Dolomiten", "Wiesen", "Gassen", "Hallen");

  @RegisterExtension final RecordedRequests requests = new RecordedRequests();
  @TempDir private Path root;

  private ComprehendStub stub;
  private TestProject project;

  @BeforeEach
  void createsAProject() throws IOException {
    stub = ComprehendStub.start(requests);
    stub.jobs().storage(ObjectStorage.of(BUCKET.s3()));
    stub.classifier(
        text ->
            Map.of(
                "gambling",
                text.contains("casino") ? 0.95 : 0.02,
                "alcohol",
                0.01,
                "compliant",
                text.contains("casino") ? 0.05 : 0.9));
    project =
        new TestProject(
                root,
                Map.of("type", "hadoop", "warehouse", root.resolve("home/warehouse").toString()),
                BUCKET.hadoop())
            .file("profile.yaml", profile())
            .comprehendOf("profile.yaml")
            .pipeline()
            .file(
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
                """)
            .file(
                "rulesets/semantic/verdicts.dqdl",
                "Rules = [ IsPrimaryKey \"id\", IsComplete \"decision\" ]\n");
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"endpoint", "batch", "cascade"})
  void asksNobodyBeforeSomebodyAgrees(String by) {
    job(by, "");
    List<String> texts = texts();
    raw(texts);

    JobResult dry = dryRunAboutPublishedMessages();
    job(by, ", max-cost: 0.0001");
    JobResult dear = project.run().get(1);

    assertThat(dry.message())
        .containsPattern(
            "%d texts to classify with [\\d,]+ characters, [\\d,]+ units, about [\\d.]+ USD, %s"
                .formatted(
                    texts.size(),
                    by.equals("batch") ? "in a time that only the service knows" : "about \\d+ s"));
    assertThat(dear.ending()).isEqualTo(JobResult.Ending.HELD);
    assertThat(dear.exit()).isEqualTo(ExitKind.HELD);
    assertThat(dear.message()).contains("over max-cost 0.0001; nothing was asked");
    assertThat(requests.all()).isEmpty();
    assertThat(project.hasTable("semantic.verdicts")).isFalse();
  }

  @Test
  void aCostThatNobodyKnowsIsNotTakenForNone() {
    project
        .file("profile.yaml", profile().replaceAll("(?s)  prices:.*", ""))
        .comprehendOf("profile.yaml");
    job("endpoint", "");
    raw(texts());

    JobResult dry = dryRunAboutPublishedMessages();
    job("endpoint", ", max-cost: 100");
    JobResult limited = project.run().get(1);

    assertThat(dry.message()).contains(" units, at a cost that the profile has no prices for, ");
    assertThat(limited.exit()).isEqualTo(ExitKind.WRONG_FILES);
    assertThat(limited.message())
        .contains("max-cost 100 cannot be kept, because the profile names no prices");
    assertThat(requests.all()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"endpoint", "batch"})
  void everyMessageGetsAVerdictAndATextIsPaidOnce(String by) {
    job(by, "");
    List<String> texts = texts();
    raw(texts, texts.subList(0, 5));

    JobResult result = project.run().get(1);

    assertThat(result.message()).isEmpty();
    assertThat(result.ending()).isEqualTo(JobResult.Ending.PUBLISHED);
    verdicts(texts.size() + 5);
    assertThat(
            project.lines(
                "SELECT DISTINCT answered_by, model FROM lake.semantic.verdicts WHERE answered_by IS NOT NULL"))
        .containsExactly(by + "|comprehend-given");
    assertThat(metric(result, "TextsClassified")).isEqualTo(texts.size());
    assertThat(metric(result, "ClassificationCalls")).isEqualTo(texts.size());
    // short texts, of three units each
    assertThat(metric(result, "ClassificationUnits")).isEqualTo(3 * texts.size());
    assertThat(metric(result, "ClassificationCost")).isPositive();
    if (by.equals("batch")) {
      assertThat(metric(result, "ClassificationCost"))
          .isEqualTo(texts.size() * 3 * 0.0005, org.assertj.core.data.Offset.offset(1e-9));
      assertThat(
              BUCKET
                  .s3()
                  .listObjectsV2(
                      r -> r.bucket(BUCKET.name()).prefix(root.getFileName() + "/batch/"))
                  .contents())
          .noneMatch(object -> object.key().endsWith(".txt"));
    } else {
      assertThat(stub.realTime().answered().values()).hasSize(texts.size()).containsOnly(1);
    }
    asksNothingMore(texts);
  }

  @Test
  void aCascadeAsksOnlyAboutDoubtsAndSaysWhatThatSaved() {
    job("cascade", "");
    List<String> texts = texts();
    raw(texts);

    JobResult result = project.run().get(1);

    assertThat(result.message()).isEmpty();
    int asked = stub.realTime().counts().distinctTexts();
    assertThat(asked).isGreaterThanOrEqualTo(KINDS.size() * PLACES.size()).isLessThan(texts.size());
    verdicts(texts.size());
    assertThat(
            project.lines(
                "SELECT answered_by, count(*) FROM lake.semantic.verdicts GROUP BY 1 ORDER BY 1"))
        .containsExactly("endpoint|" + asked, "local|" + (texts.size() - asked));
    assertThat(metric(result, "CascadeAsked")).isEqualTo(asked);
    assertThat(metric(result, "CascadeSettled")).isEqualTo(texts.size() - asked);
    assertThat(metric(result, "ClassificationCalls")).isEqualTo(asked);
    // three units a text, and 100 inference units for the time of 100 texts a second
    assertThat(metric(result, "CascadeWholeCost"))
        .isEqualTo(
            texts.size() * (3 * 0.0001 + 100 * 0.0005 / 100),
            org.assertj.core.data.Offset.offset(1e-4));
    assertThat(metric(result, "ClassificationCost")).isPositive();
    asksNothingMore(texts);
  }

  @Test
  void aKilledRunOfAnEndpointIsRepeatedWithoutPayingTwice() {
    job("endpoint", "");
    List<String> texts = texts();
    raw(texts);
    stub.realTime().latency(Duration.ofMillis(50));

    killed(() -> stub.realTime().counts().distinctTexts() >= 20);
    int before = stub.realTime().counts().distinctTexts();
    JobResult repeated = project.run().get(1);

    assertThat(before).isBetween(20, texts.size() - 1);
    assertThat(repeated.ending()).isEqualTo(JobResult.Ending.PUBLISHED);
    verdicts(texts.size());
    paidOnceButForThoseInFlight(texts.size());
    // of the killed run too, calls in flight included
    assertThat(recorded("classification"))
        .isBetween(
            (long) requests.of("comprehend", "ClassifyDocument").size(),
            requests.of("comprehend", "ClassifyDocument").size() + 4L);
  }

  @Test
  void aKilledRunOfBatchJobsFindsItsJobAgain() {
    job("batch", "");
    List<String> texts = texts();
    raw(texts);
    stub.jobs().usually(JobPlan.completes(Progress.everyDescriptions(1)));

    killed(() -> stub.jobs().paid() == 1);
    JobResult repeated = project.run().get(1);

    assertThat(repeated.message()).isEmpty();
    assertThat(repeated.ending()).isEqualTo(JobResult.Ending.PUBLISHED);
    assertThat(stub.jobs().paid()).isEqualTo(1);
    verdicts(texts.size());
    // the killed run paid; this one only writes it down, once
    assertThat(metric(repeated, "ClassificationCalls")).isZero();
    assertThat(recorded("classification")).isEqualTo(texts.size());
    assertThat(metric(repeated, "TextsClassified")).isEqualTo(texts.size());
  }

  @Test
  void aSearchForPersonalDataIsPaidLikeAClassification() {
    job("local", ", personal-data: comprehend");
    List<String> texts = new ArrayList<>(texts());
    texts.set(0, texts.get(0) + " Write to jo@example.com.");
    raw(texts, texts.subList(0, 5));

    JobResult dry = dryRunAboutPublishedMessages();
    job("local", ", personal-data: comprehend, max-cost: 0.001");
    JobResult dear = project.run().get(1);
    assertThat(dry.message())
        .contains("%d to search for personal data, ".formatted(texts.size()))
        .containsPattern("about 0\\.0\\d+ USD");
    assertThat(dear.ending()).isEqualTo(JobResult.Ending.HELD);
    assertThat(requests.all()).isEmpty();

    job("local", ", personal-data: comprehend");
    JobResult result = project.run().get(1);

    assertThat(result.message()).isEmpty();
    assertThat(requests.of("comprehend", "DetectPiiEntities")).hasSize(texts.size());
    assertThat(metric(result, "PersonalDataUnits")).isEqualTo(3 * texts.size());
    assertThat(recorded("personal-data")).isEqualTo(texts.size());
    assertThat(
            project.lines(
                "SELECT count(*) FROM lake.semantic.verdicts WHERE masked_text LIKE '%[EMAIL]%'"))
        .containsExactly("2");

    stub.faults().next("DetectPiiEntities", 50, Fault.error(400, "AccessDeniedException"));
    raw(texts.subList(0, 20));
    JobResult refused = project.run().get(1);
    assertThat(refused.exit()).isEqualTo(ExitKind.WRONG_FILES);
    assertThat(refused.message()).contains("comprehend:DetectPiiEntities");
  }

  @Test
  void whatAKilledSearchForPersonalDataSpentIsWrittenDownOnce() {
    job("local", ", personal-data: comprehend");
    List<String> texts = texts();
    raw(texts);
    stub.realTime().latency(Duration.ofMillis(50));

    killed(() -> searches() >= 10);
    int sent = searches();
    JobResult repeated = project.run().get(1);
    project.run("jobs/p", DATE, Map.of(), RunOption.FORCE);

    assertThat(repeated.message()).isEmpty();
    assertThat(metric(repeated, "PersonalDataCalls")).isEqualTo(texts.size());
    // of calls that the process did not live to send there are at most as many as tasks
    assertThat(recorded("personal-data") - 2L * texts.size()).isBetween((long) sent, sent + 2L);
    assertThat(searches()).isEqualTo(sent + 2 * texts.size());
  }

  private int searches() {
    return requests.of("comprehend", "DetectPiiEntities").size();
  }

  @Test
  void aKilledCascadeIsRepeatedAndTheCommandSaysWhatItSaved() throws IOException {
    job("cascade", "");
    List<String> texts = texts();
    raw(texts);
    stub.realTime().latency(Duration.ofMillis(50));

    killed(() -> stub.realTime().counts().distinctTexts() >= 10);
    ForkedJvm.Ended ended = ForkedJvm.run(root, properties(), Main.class, command());

    assertThat(ended.code()).as(ended.output()).isZero();
    int asked = stub.realTime().counts().distinctTexts();
    verdicts(texts.size());
    paidOnceButForThoseInFlight(asked);
    String saved =
        "The local model settled %d of %d texts, and %d went to Comprehend: all of them would have cost about "
            .formatted(texts.size() - asked, texts.size(), asked);
    assertThat(ended.output())
        .contains("semantic.verdicts: %d messages: ".formatted(texts.size()))
        .contains("  %d texts classified, 0 known from before, for 0.".formatted(texts.size()))
        .containsPattern("  " + saved + "0\\.\\d+ USD, and these cost 0\\.\\d+ USD\n");
    Path report =
        Path.of(
            ended
                .output()
                .lines()
                .filter(line -> line.startsWith("Report: "))
                .findFirst()
                .orElseThrow()
                .substring(8));
    assertThat(Files.readString(root.resolve(report))).contains(saved);
  }

  /** A dry run looks at messages that are on main. */
  private JobResult dryRunAboutPublishedMessages() {
    project.run("jobs/p/messages.yaml", DATE, Map.of());
    return project.run("jobs/p", DATE, Map.of(), RunOption.DRY_RUN).get(1);
  }

  /** Neither for the same input nor for other messages with the same texts. */
  private void asksNothingMore(List<String> texts) {
    int before = requests.all().size();

    JobResult unchanged = project.run().get(1);
    List<String> shuffled = new ArrayList<>(texts);
    Collections.reverse(shuffled);
    raw(shuffled);
    JobResult known = project.run().get(1);

    assertThat(unchanged.ending()).isEqualTo(JobResult.Ending.UNCHANGED);
    assertThat(known.ending()).isEqualTo(JobResult.Ending.PUBLISHED);
    assertThat(metric(known, "TextsKnown")).isEqualTo(texts.size());
    assertThat(requests.all()).hasSize(before);
    verdicts(texts.size());
  }

  private void verdicts(int messages) {
    assertThat(project.lines("SELECT count(*), count(DISTINCT id) FROM lake.semantic.verdicts"))
        .containsExactly("%d|%d".formatted(messages, messages));
    assertThat(
            project.lines(
                "SELECT DISTINCT decision, concat_ws(' ', restricted_by) FROM lake.semantic.verdicts WHERE masked_text LIKE '%casino%'"))
        .containsExactly("restricted|gambling");
    assertThat(
            project.lines(
                "SELECT count(*) FROM lake.semantic.verdicts WHERE decision = 'restricted' AND masked_text NOT LIKE '%casino%'"))
        .containsExactly("0");
  }

  private void paidOnceButForThoseInFlight(int texts) {
    Map<String, Integer> times = stub.realTime().answered();
    assertThat(times).hasSize(texts);
    // two tasks with two threads each were under way
    assertThat(times.values().stream().mapToInt(each -> each - 1).sum()).isLessThanOrEqualTo(4);
  }

  private long recorded(String purpose) {
    return Long.parseLong(
        project
            .lines(
                "SELECT coalesce(sum(quantities['documents']), 0) FROM lake.assay.costs WHERE purpose = '%s'"
                    .formatted(purpose))
            .get(0));
  }

  private void killed(java.util.function.BooleanSupplier so) {
    ForkedJvm.Ended killed = ForkedJvm.killedWhen(so, root, properties(), Main.class, command());
    assertThat(killed.code()).as(killed.output()).isEqualTo(137);
    assertThat(project.hasTable("semantic.verdicts")).isFalse();
  }

  private String[] command() {
    return new String[] {
      "run",
      "jobs/p",
      "--profile",
      "profile.yaml",
      "--home",
      "home",
      "--data-date",
      DATE.toString(),
      "--var",
      "root=" + root
    };
  }

  private Map<String, String> properties() {
    return Map.of(
        "aws.accessKeyId", "test",
        "aws.secretAccessKey", "test",
        "aws.secretKey", "test",
        "aws.region", "us-east-1",
        "assay.log", root.resolve("home/log/assay.log").toString(),
        "log4j2.configurationFile", "assay-log4j2.xml");
  }

  private double metric(JobResult result, String name) {
    return project.ledger().metrics(result.table()).get(result.run().orElseThrow().runId()).stream()
        .filter(metric -> metric.name().equals(name))
        .mapToDouble(Metric::value)
        .sum();
  }

  private void job(String by, String more) {
    boolean cascade = by.equals("cascade") || by.equals("local");
    if (cascade) {
      copy(Path.of("jobs/demo/models"), root.resolve("home/models"));
    }
    project.file(
        "jobs/p/verdicts.yaml",
        """
        kind: classify
        name: verdicts
        inputs: {messages: prepared.messages}
        classify: {key: id, text: text, model: message_model, by: %s%s%s}
        output: {table: semantic.verdicts, mode: replace}
        ruleset: rulesets/semantic/verdicts.dqdl
        """
            .formatted(by, cascade ? "" : ", thresholds: {gambling: 0.5, alcohol: 0.5}", more));
  }

  private String profile() {
    String hadoop =
        BUCKET.hadoop().entrySet().stream()
            .map(entry -> "  spark.hadoop.%s: \"%s\"\n".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining());
    return """
        catalog:
          name: lake
          properties: {type: hadoop, warehouse: "${home}/warehouse", cache-enabled: "false"}
        spark:
          spark.master: local[2]
          spark.sql.shuffle.partitions: "2"
          spark.driver.host: 127.0.0.1
          spark.driver.bindAddress: 127.0.0.1
          spark.ui.enabled: "false"
        %scomprehend:
          region: us-east-1
          endpoint-url: %s
          endpoint: %s
          classifier: %s
          role: arn:aws:iam::123456789012:role/comprehend
          work: s3://%s/%s
          journal: ${home}/journal
          characters-per-second: 10000
          documents-per-second: 100
          threads: 2
          personal-data-per-second: 1000
          prices:
            currency: USD
            region: us-east-1
            date: 2026-11-01
            sync-unit: 0.0001
            async-unit: 0.0005
            personal-data-unit: 0.0001
            endpoint-second: 0.0005
        """
        .formatted(
            hadoop,
            stub.endpoint(),
            ComprehendStub.ENDPOINT,
            ComprehendStub.CLASSIFIER,
            BUCKET.name(),
            root.getFileName());
  }

  /** Of which a model that knows English words about cars and gambling is sure about a half. */
  private static List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (String colour : COLOURS) {
      texts.add("50 free spins at the %s casino, bet and win tonight!".formatted(colour));
      for (String part : PARTS) {
        texts.add(
            "Your car with the %s %s is due for its yearly service. Book an appointment at your dealer."
                .formatted(colour, part));
      }
    }
    for (String kind : KINDS) {
      for (String place : PLACES) {
        texts.add(
            "Gewinnen Sie ein %s Wochenende in den %s: antworten Sie einfach mit JA bis Freitag."
                .formatted(kind, place));
      }
    }
    return texts;
  }

  @SafeVarargs
  private void raw(List<String>... texts) {
    StringBuilder csv = new StringBuilder("id,text\n");
    int id = 0;
    for (List<String> some : texts) {
      for (String text : some) {
        csv.append(String.format(Locale.ROOT, "%d,\"%s\"%n", ++id, text));
      }
    }
    project.file("raw.csv", csv.toString());
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
