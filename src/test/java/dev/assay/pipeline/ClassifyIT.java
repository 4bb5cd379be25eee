package dev.assay.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.TestProject;
import dev.assay.jobs.JobFiles;
import dev.assay.messages.DecisionChanges;
import dev.assay.messages.Reviews.Review;
import dev.assay.messages.iceberg.IcebergReviews;
import dev.assay.messages.text.NormalText;
import dev.assay.model.ExitKind;
import dev.assay.model.Metric;
import dev.assay.model.TableName;
import dev.assay.model.job.Job;
import dev.assay.model.message.Decision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verdicts about messages through the whole line, with the model that the demo brings. */
class ClassifyIT {
  private static final Path MODEL = Path.of("jobs/demo/models/message_model");
  private static final String CASINO = "50 free spins at Lucky Fjord Casino, bet and win tonight!";
  private static final String SERVICE =
      "Your car is due for its yearly service. Book an appointment at your dealer.";

  @TempDir private Path root;
  private TestProject project;

  @BeforeEach
  void createsAPipelineWithTheDemosModel() {
    project = new TestProject(root);
    copy(Path.of("jobs/demo/models"), root.resolve("home/models"));
    project.file("jobs/p/pipeline.yaml", "name: p\nowner: me@example.com\n");
    project.file(
        "jobs/p/messages.yaml",
        """
        kind: prepare
        name: messages
        inputs:
          log:
            files: ${root}/raw.csv
            format: csv
            csv: {multi-line: true}
            columns: {id: int, text: string}
        output: {table: prepared.messages, mode: replace}
        ruleset: none
        """);
    project.file(
        "jobs/p/verdicts.yaml",
        """
        kind: classify
        name: verdicts
        inputs: {messages: prepared.messages}
        classify: {key: id, text: text, model: message_model}
        output: {table: semantic.verdicts, mode: replace}
        ruleset: rulesets/semantic/verdicts.dqdl
        gate: {minimum-score: 100}
        """);
    project.file(
        "rulesets/semantic/verdicts.dqdl",
        "Rules = [ IsPrimaryKey \"id\", IsComplete \"decision\" ]\n");
  }

  @Test
  void everyMessageGetsAVerdictAndStrangeOnesAPerson() {
    raw(
        CASINO,
        SERVICE,
        "5O free sp1ns at Lucky Fjоrd C4SINO, b e t  and win tonight!",
        "",
        "🎁🎁🎁",
        "Gewinnen Sie ein Wochenende in den Bergen: antworten Sie einfach mit JA bis Freitag.",
        "Ваш автомобиль готов, вы можете забрать его сегодня после обеда",
        "x".repeat(100) + "=",
        "word ".repeat(3_000));

    List<JobResult> results = project.run();

    assertThat(results).extracting(JobResult::ending).containsOnly(JobResult.Ending.PUBLISHED);
    assertThat(
            project.lines(
                "SELECT id, decision, concat_ws(' ', restricted_by, reasons) FROM lake.semantic.verdicts ORDER BY id"))
        .containsExactly(
            "1|restricted|gambling",
            "2|compliant|",
            "3|restricted|gambling",
            "4|review|EMPTY",
            "5|review|NO_WORDS",
            "6|review|OTHER_LANGUAGE UNKNOWN_WORDS",
            "7|review|OTHER_LANGUAGE UNKNOWN_WORDS",
            "8|review|NOT_TEXT",
            "9|review|TOO_LONG");
    assertThat(
            project.lines(
                "SELECT array_contains(words, 'casino') FROM lake.semantic.verdicts WHERE id = 1"))
        .containsExactly("true");
  }

  @Test
  void aTextIsClassifiedOnceHoweverOftenItComes() {
    raw(SERVICE, SERVICE.toUpperCase(java.util.Locale.ROOT), SERVICE, CASINO);
    JobResult first = project.run().get(1);
    raw(SERVICE, CASINO, CASINO, "Your winter tyres are stored safely at our workshop.");
    JobResult second = project.run().get(1);

    assertThat(metric(first, "TextsClassified")).isEqualTo(2);
    assertThat(metric(second, "TextsClassified")).isEqualTo(1);
    assertThat(metric(second, "TextsKnown")).isEqualTo(2);
    assertThat(
            project.lines("SELECT count(*), count(DISTINCT content_hash) FROM lake.assay.verdicts"))
        .containsExactly("3|3");
    assertThat(project.run().get(1).ending()).isEqualTo(JobResult.Ending.UNCHANGED);
  }

  @Test
  @Tag("long")
  void anotherModelIsComparedWithThePublishedVerdictsAndLeavesThemAsTheyAre() {
    raw(CASINO, SERVICE, "Your winter tyres are stored safely at our workshop.");
    project.run();
    long published = verdicts().currentSnapshot().snapshotId();
    String other = otherVersion();
    raw(CASINO, CASINO, SERVICE);
    LocalDate date = LocalDate.of(2026, 11, 18);
    project.run("jobs/p/messages.yaml", date, Map.of());

    Reclassification.Result result =
        new Reclassification(project.lane())
            .run(job("jobs/p/verdicts.yaml"), date, "message_model@" + other, false);

    assertThat(result.model().version()).isEqualTo(other);
    assertThat(result.changes().compared()).isEqualTo(3);
    assertThat(result.changes().decisions())
        .contains(new DecisionChanges.Moved(Decision.COMPLIANT, Decision.RESTRICTED, 1));
    assertThat(result.changes().categories())
        .containsEntry("gambling", new DecisionChanges.Category(1, 0));
    assertThat(verdicts().currentSnapshot().snapshotId()).isEqualTo(published);
    assertThat(project.lines("SELECT model_version, count(*) FROM lake.assay.verdicts GROUP BY 1"))
        .containsExactlyInAnyOrder(shipped() + "|3", other + "|2");
  }

  /** The same model under another version: its answers are kept apart. */
  private String otherVersion() {
    String other = "0123456789ab";
    Path folder = root.resolve("home/models/message_model/" + other);
    copy(MODEL.resolve(shipped()), folder);
    try {
      Path head = folder.resolve("model.json");
      Files.writeString(head, Files.readString(head).replace(shipped(), other));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return other;
  }

  private static String shipped() {
    try {
      return Files.readString(MODEL.resolve("current")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Job job(String path) {
    return new JobFiles(Clock.systemUTC(), Map.of("root", root.toString()), Optional.empty())
        .load(root.resolve(path))
        .chosen()
        .get(0);
  }

  private Table verdicts() {
    return project.catalog().find(new TableName("semantic", "verdicts")).orElseThrow();
  }

  @Test
  void whatAPersonDecidedCountsFromTheNextRunOn() {
    raw(CASINO, "Gewinnen Sie ein Wochenende in den Bergen: antworten Sie einfach mit JA.");
    project.run();
    new IcebergReviews(project.catalog().iceberg())
        .keep(
            List.of(
                review(CASINO, Set.of()),
                review(
                    "Gewinnen Sie ein Wochenende in den Bergen: antworten Sie einfach mit JA.",
                    Set.of("gambling"))));

    JobResult again = project.run().get(1);

    assertThat(again.ending()).isEqualTo(JobResult.Ending.PUBLISHED);
    assertThat(
            project.lines(
                "SELECT id, decision, reviewed_by FROM lake.semantic.verdicts ORDER BY id"))
        .containsExactly("1|compliant|pat", "2|restricted|pat");
  }

  @Test
  void aDryRunAsksNobodyAndWritesNothing() {
    raw(CASINO);
    LocalDate date = LocalDate.of(2026, 11, 18);
    project.run("jobs/p/messages.yaml", date, Map.of());
    long published = messages().currentSnapshot().snapshotId();
    raw(CASINO, SERVICE);

    List<JobResult> results = project.run("jobs/p", date, Map.of(), RunOption.DRY_RUN);

    assertThat(results).extracting(JobResult::ending).containsOnly(JobResult.Ending.SKIPPED);
    assertThat(PipelineRun.exitOf(results)).isEqualTo(ExitKind.OK);
    assertThat(messages().currentSnapshot().snapshotId()).isEqualTo(published);
    assertThat(results.get(1).message()).contains("dry run: 1 texts to classify");
    assertThat(project.hasTable("semantic.verdicts")).isFalse();
    assertThat(project.hasTable("assay.verdicts")).isFalse();
  }

  @Test
  void personalDataIsCountedAndMasked() {
    raw("Write to jo@example.com or call (212) 555-0142 about your service appointment, please.");

    JobResult result = project.run().get(1);

    assertThat(project.lines("SELECT masked_text FROM lake.semantic.verdicts").get(0))
        .isEqualTo("Write to [EMAIL] or call [PHONE] about your service appointment, please.");
    assertThat(
            project.ledger().metrics(result.table()).values().iterator().next().stream()
                .filter(metric -> metric.name().equals("PersonalData"))
                .map(Metric::detail))
        .containsExactlyInAnyOrder("EMAIL", "PHONE");
  }

  @Test
  void aModelThatWasNotTrainedIsSaidWithTheCommandThatTrainsIt() {
    project.file(
        "jobs/p/verdicts.yaml",
        """
        kind: classify
        name: verdicts
        inputs: {messages: prepared.messages}
        classify: {key: id, text: text, model: other_model}
        output: {table: semantic.verdicts, mode: replace}
        ruleset: none
        """);
    raw(SERVICE);

    JobResult result = project.run().get(1);

    assertThat(result.ending()).isEqualTo(JobResult.Ending.FAILED);
    assertThat(result.message()).contains("other_model was not trained yet", "assay train");
  }

  private static Review review(String text, Set<String> categories) {
    NormalText normal = NormalText.of(text);
    return new Review(normal.hash(), normal.value(), categories, "pat", Instant.now());
  }

  private double metric(JobResult result, String name) {
    return project.ledger().metrics(result.table()).get(result.run().orElseThrow().runId()).stream()
        .filter(metric -> metric.name().equals(name))
        .mapToDouble(Metric::value)
        .sum();
  }

  private Table messages() {
    return project.catalog().find(new TableName("prepared", "messages")).orElseThrow();
  }

  private void raw(String... texts) {
    StringBuilder csv = new StringBuilder("id,text\n");
    for (int index = 0; index < texts.length; index++) {
      csv.append(index + 1).append(",\"").append(texts[index]).append("\"\n");
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
