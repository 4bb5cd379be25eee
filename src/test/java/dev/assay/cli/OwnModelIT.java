package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.cli.CommandLineProject.Said;
import dev.assay.messages.text.NormalText;
import dev.assay.model.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.hadoop.HadoopTables;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a local model by its commands: train, run, review, train again, reclassify. */
@Tag("long")
class OwnModelIT {
  private static final List<String> BEGINNINGS =
      List.of(
          "Tonight only",
          "Hello friend",
          "Last chance today",
          "Dear member",
          "Good news",
          "This weekend",
          "Quick reminder",
          "Just for you");
  private static final List<String> GAMBLING =
      List.of(
          "bet on the big match and win at the casino",
          "free spins at the casino for every new player",
          "double your stake on roulette and poker tables",
          "jackpot slots are open, place your bets now");
  private static final List<String> ALCOHOL =
      List.of(
          "order two bottles of red wine and get a free beer",
          "whisky and gin at half price in our bar",
          "craft beer tasting with vodka shots for all",
          "fill your cellar with champagne and wine");
  private static final String TYRES = "winter tyres are stored safely at our workshop";
  private static final List<String> COMPLIANT =
      List.of(
          "your car is due for its yearly service at the dealer",
          TYRES,
          "book an appointment for an oil change this week",
          "your parcel with brake pads was delivered today",
          "the recall of your seat belts is free of charge",
          "open day with test drives and coffee for families");
  private static final String GERMAN = "Gewinnen Sie ein Wochenende in den Bergen mit Fahrrad.";
  private static final String STRANGE = "🎁🎁🎁";

  @TempDir Path folder;

  private CommandLineProject project;

  @BeforeEach
  void createsAProject() {
    project =
        new CommandLineProject(folder)
            .file(
                "profile.yaml",
                """
                catalog:
                  name: ownmodel
                  properties: {type: hadoop, warehouse: "${home}/warehouse", cache-enabled: "false"}
                spark:
                  spark.master: local[2]
                  spark.sql.shuffle.partitions: "2"
                  spark.driver.host: 127.0.0.1
                  spark.driver.bindAddress: 127.0.0.1
                  spark.ui.enabled: "false"
                """)
            .file("training.csv", training("compliant"))
            .file(
                "test.csv",
                """
                gambling,Come to the casino and bet tonight
                gambling,Roulette and poker: win the jackpot
                alcohol,Red wine and craft beer for the evening
                alcohol,A bottle of whisky at half price
                gambling|alcohol,Free beer at the poker tables of our casino
                compliant,Your car is ready at the workshop
                compliant,Book your yearly service with the dealer
                compliant,Brake pads were delivered to our workshop
                """)
            .file(
                "model.yaml",
                """
                kind: train
                name: message_model
                texts: training.csv
                test: test.csv
                categories: [gambling, alcohol]
                target-recall: 0.8
                folds: 2
                """)
            .file("jobs/p/pipeline.yaml", "name: p\nowner: somebody@example.com\n")
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
                "jobs/p/verdicts.yaml",
                """
                kind: classify
                name: verdicts
                inputs: {messages: prepared.messages}
                classify: {key: id, text: text, model: message_model}
                output: {table: semantic.verdicts, mode: replace}
                ruleset: none
                """)
            .file(
                "raw.csv",
                """
                id,text
                1,"Bet on the match and win at the casino tonight"
                2,"Dear member, %s"
                3,"%s"
                4,"%s"
                5,"%s"
                """
                    .formatted(TYRES, GERMAN, GERMAN, STRANGE));
  }

  @Test
  void isTrainedAskedReviewedAndComparedWithTheNext() throws IOException {
    Said trained = train();
    assertThat(trained.code()).as(trained.text()).isZero();
    String first = version(trained);
    assertThat(trained.text()).contains("message_model@" + first + " is used from now on.");
    saysWhatTheModelIsLike(first);

    assertThat(run().code()).isZero();
    assertThat(verdicts())
        .containsExactly(
            "1 restricted [gambling] ",
            "2 compliant [] ",
            "3 review [] ",
            "4 review [] ",
            "5 review [] ");

    decidesAboutTheQueue();
    Said again = run();
    assertThat(again.code()).as(again.text()).isZero();
    assertThat(verdicts())
        .containsExactly(
            "1 restricted [gambling] ",
            "2 compliant [] ",
            "3 restricted [gambling] pat",
            "4 restricted [gambling] pat",
            "5 compliant [] pat");
    assertThat(project.command("review", "semantic.verdicts").text())
        .contains("Nothing waits for a review.");

    project.file("training.csv", training("gambling"));
    Said second = train();
    String next = version(second);
    assertThat(next).isNotEqualTo(first);
    assertThat(second.text())
        .contains("message_model@" + first + " stays in use.", "model: message_model@" + next);
    assertThat(card(next, "card.md")).contains("`decisions of reviewers: 2`: SHA-256 ");
    isComparedWithThePublishedVerdicts(next);
    assertThat(verdicts()).contains("2 compliant [] ");
  }

  private void saysWhatTheModelIsLike(String version) throws IOException {
    assertThat(card(version, "card.md"))
        .contains(
            "- `training.csv`: SHA-256 " + Fingerprint.of(training("compliant")).hex(),
            "trained on 112 distinct texts",
            "the highest that reach a recall of 0.80 on held-out training texts",
            "## Training texts, held out (112)",
            "## Test texts (8)",
            "## Test texts, disguised (8)",
            "95 % bootstrap intervals.",
            "| is \\ was given | alcohol | compliant | gambling |")
        .containsPattern(
            "\\| gambling \\| 32 \\|( [\\d.]+ \\([\\d.]+–[\\d.]+\\) \\|){3} 0\\.[345]\\d* \\|");
    JsonNode card = new ObjectMapper().readTree(card(version, "card.json"));
    assertThat(card.at("/heldOut/byCategory/gambling/recall/value").asDouble())
        .isGreaterThanOrEqualTo(0.8);
    assertThat(card.at("/test/confusion/gambling/gambling").asInt()).isPositive();
    assertThat(card.at("/thresholds/alcohol").asDouble()).isBetween(0.3, 0.5);
  }

  private void decidesAboutTheQueue() throws IOException {
    Said queue = project.command("review", "semantic.verdicts");
    assertThat(queue.code()).as(queue.text()).isZero();
    assertThat(queue.text()).contains("2 of 2 texts (3 messages) wait for a review.");
    assertThat(queue.text().indexOf(hash(GERMAN)))
        .as("the text of most messages stands first")
        .isPositive()
        .isLessThan(queue.text().indexOf(hash(STRANGE)));

    Said wrong =
        project.command("review", "semantic.verdicts", "--decide", hash(STRANGE) + "=gamblin");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.text()).contains("'gamblin'", "gambling");

    Said one =
        project.command(
            "review", "semantic.verdicts", "--decide", hash(STRANGE) + "=compliant", "--by", "pat");
    assertThat(one.text()).contains("1 decision(s) kept.");

    Path file = folder.resolve("queue.csv");
    project.command("review", "semantic.verdicts", "--export", file.toString());
    String exported = Files.readString(file);
    assertThat(exported).startsWith("content_hash,decision,text,").contains(GERMAN);
    Files.writeString(
        file, exported.replaceFirst("(?m)^(" + hash(GERMAN) + "[0-9a-f]*),,", "$1,gambling,"));
    Said imported =
        project.command("review", "semantic.verdicts", "--import", file.toString(), "--by", "pat");
    assertThat(imported.text()).contains("1 decision(s) kept.");
  }

  private void isComparedWithThePublishedVerdicts(String version) throws IOException {
    Said said =
        project.command(
            "reclassify",
            folder.resolve("jobs/p/verdicts.yaml").toString(),
            "--model",
            "message_model@" + version,
            "--json",
            "--var",
            "root=" + folder);
    assertThat(said.code()).as(said.text()).isZero();
    JsonNode result = new ObjectMapper().readTree(said.text().substring(said.text().indexOf('{')));
    assertThat(result.path("model_version").asText()).isEqualTo(version);
    assertThat(result.path("compared").asInt()).isEqualTo(5);
    assertThat(result.path("changed").asInt()).isEqualTo(1);
    assertThat(result.path("decisions").toString())
        .contains("{\"published\":\"compliant\",\"now\":\"restricted\",\"messages\":1}");
    assertThat(result.at("/categories/gambling/added").asInt()).isEqualTo(1);
  }

  private Said train() {
    return project.command("train", folder.resolve("model.yaml").toString());
  }

  private Said run() {
    return project.command(
        "run",
        folder.resolve("jobs/p").toString(),
        "--data-date",
        "2026-11-18",
        "--var",
        "root=" + folder);
  }

  /** A line per message: key, decision, categories, reviewer. */
  private List<String> verdicts() throws IOException {
    Table table =
        new HadoopTables(new Configuration())
            .load(folder.resolve("home/warehouse/semantic/verdicts").toString());
    try (CloseableIterable<Record> rows = IcebergGenerics.read(table).build()) {
      return StreamSupport.stream(rows.spliterator(), false)
          .map(
              row ->
                  "%s %s %s %s"
                      .formatted(
                          row.getField("id"),
                          row.getField("decision"),
                          row.getField("restricted_by"),
                          row.getField("reviewed_by") == null ? "" : row.getField("reviewed_by")))
          .sorted()
          .toList();
    }
  }

  private String card(String version, String name) throws IOException {
    return Files.readString(
        folder.resolve("home/models/message_model").resolve(version).resolve(name));
  }

  private static String version(Said said) {
    Matcher version = Pattern.compile("message_model@([0-9a-f]{12}) ·").matcher(said.text());
    assertThat(version.find()).as(said.text()).isTrue();
    return version.group(1);
  }

  private static String hash(String text) {
    return NormalText.of(text).hash().substring(0, 12);
  }

  /** Each ending behind each beginning, and what the texts about tyres are labelled. */
  private static String training(String tyres) {
    StringBuilder csv = new StringBuilder();
    for (String beginning : BEGINNINGS) {
      GAMBLING.forEach(ending -> line(csv, "gambling", beginning, ending));
      ALCOHOL.forEach(ending -> line(csv, "alcohol", beginning, ending));
      COMPLIANT.forEach(
          ending -> line(csv, ending.equals(TYRES) ? tyres : "compliant", beginning, ending));
    }
    return csv.toString();
  }

  private static void line(StringBuilder csv, String label, String beginning, String ending) {
    csv.append("%s,\"%s: %s\"%n".formatted(label, beginning, ending));
  }
}
