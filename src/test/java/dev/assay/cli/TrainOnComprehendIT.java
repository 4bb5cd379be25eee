package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.CommandLineProject.Said;
import dev.assay.jobs.ProfileReader;
import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.messages.Reviews.Review;
import dev.assay.messages.iceberg.IcebergReviews;
import dev.assay.messages.text.NormalText;
import dev.assay.testing.aws.ComprehendStub;
import dev.assay.testing.aws.ModelledRequest;
import dev.assay.testing.aws.Progress;
import dev.assay.testing.aws.RecordedRequests;
import dev.assay.testing.aws.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A training on Comprehend, as its user sees it. */
@Tag("long")
class TrainOnComprehendIT {
  @RegisterExtension static final MotoBucket BUCKET = new MotoBucket("comprehend-train");

  private static final String PRICES =
      "prices: {currency: USD, region: us-east-1, date: 2026-11-01, training-hour: 3, model-month: 0.5}";

  @RegisterExtension final RecordedRequests requests = new RecordedRequests();
  @TempDir Path folder;

  private ComprehendStub stub;
  private CommandLineProject project;

  @BeforeEach
  void start() throws IOException {
    stub = ComprehendStub.start(requests);
    stub.classifiers().training(TrainingPlan.trained().at(Progress.atOnce()));
    project =
        new CommandLineProject(folder)
            .file("training.csv", csv(40, 25))
            .file("test.csv", "compliant,Hello there\ngambling,Bet at the casino\n");
    profile(PRICES);
    job("");
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  @Test
  void saysWhatItCostsAndGoesOnWhenSomebodyAcceptsThat() {
    Said refused = train();
    assertThat(refused.code()).as(refused.text()).isEqualTo(2);
    assertThat(refused.text())
        .contains(
            "message_model would be trained on Comprehend. Training costs 3 USD an hour (prices in USD of 2026-11-01 for us-east-1)",
            "Nothing was uploaded or started. Say --yes to accept that, or say max-cost in ");
    assertThat(requests.of("comprehend", "CreateDocumentClassifier")).isEmpty();
    assertThat(objects()).isEmpty();

    Said said = train("--yes");

    assertThat(said.code()).as(said.text()).isZero();
    String arn = created().get(0).text("DocumentClassifierName");
    assertThat(arn).isEqualTo("message-model");
    assertThat(said.text().lines().map(line -> line.strip().replaceAll(" {2,}", "|")))
        .contains(
            "65 distinct texts are labelled",
            "message_model · trained on 900 texts, measured by Comprehend on 100 others",
            "category|precision|recall|F1",
            "all (mean of labels)|0.940|0.930|0.935",
            "all (over texts)|0.950|0.940|0.945",
            "accuracy 0.950, Hamming loss 0.020");
    assertThat(said.text())
        .containsPattern("Training took \\d+ s and cost about [\\d.]+ USD\\.")
        .containsPattern(
            "The profile names it:   comprehend: \\{classifier: \"arn:aws:comprehend:us-east-1:123456789012:document-classifier/message-model/version/v[0-9a-f]{12}\"}")
        .contains("classify: {by: batch, model: message_model, thresholds: {gambling: 0.5, …}, …}")
        .contains("./assay endpoint create message-model --classifier arn:");
  }

  @Test
  void uploadsNormalTextsEachOnce() {
    project.file(
        "training.csv", csv(40, 25) + "compliant,\"HELLO,   message zoneaax\"\ncompliant,\"  \"\n");
    job("test: test.csv\n");

    assertThat(train("--yes").code()).isZero();

    String uploaded = content("S3Uri");
    assertThat(uploaded.lines()).hasSize(65);
    assertThat(uploaded)
        .contains("compliant," + quoted(NormalText.of("Hello, message zoneaax").value()) + "\n")
        .doesNotContain("HELLO");
    assertThat(content("TestS3Uri").lines()).hasSize(2);
    ModelledRequest request = created().get(0);
    assertThat(request.text("Mode")).isEqualTo("MULTI_LABEL");
    assertThat(request.text("LanguageCode")).isEqualTo("en");
    assertThat(request.input().at("/InputDataConfig/LabelDelimiter").asText()).isEqualTo("|");
  }

  @Test
  void learnsFromWhatReviewersDecided() {
    new IcebergReviews(
            LakeCatalog.open(
                    ProfileReader.load(
                        folder.resolve("profile.yaml").toString(), folder.resolve("home")))
                .iceberg())
        .keep(
            List.of(
                new Review(
                    "hash", "come to the roulette", Set.of("gambling"), "pat", Instant.now())));

    assertThat(train("--yes").code()).isZero();
    assertThat(content("S3Uri")).contains("gambling,come to the roulette\n");
    job("reviews: false\n");
    assertThat(train("--yes").code()).isZero();

    assertThat(stub.classifiers().paid()).isEqualTo(2);
  }

  @Test
  void aCallThatEndedIsRepeatedWithoutPayingAgainOrAsking() {
    stub.classifiers().training(TrainingPlan.trained().at(Progress.never()));
    profile("longest-wait: PT1S, " + PRICES);
    Said impatient = train("--yes");
    assertThat(impatient.code()).as(impatient.text()).isEqualTo(5);
    assertThat(impatient.text())
        .contains("It goes on: the same call again waits for it, and does not pay twice.");

    Said again = train();

    assertThat(again.code()).as(again.text()).isEqualTo(5);
    assertThat(again.text())
        .contains(" is there already; nothing more is paid for it")
        .contains(": TRAINING");
    assertThat(stub.classifiers().paid()).isEqualTo(1);
  }

  @Test
  void maxCostIsAcceptanceAsFarAsItGoes() {
    job("max-cost: 10\n");

    Said said = train();

    assertThat(said.code()).as(said.text()).isZero();
    assertThat(said.text())
        .contains("max-cost 10 pays for 3 h 20 min of training; if it takes longer, it is stopped");
    profile("threads: 1");
    project.file("training.csv", csv(41, 25));
    Said unpriced = train("--yes");
    assertThat(unpriced.code()).isEqualTo(4);
    assertThat(unpriced.text()).contains("max-cost 10 cannot be kept", "training-hour");
    assertThat(stub.classifiers().paid()).isEqualTo(1);
  }

  @Test
  void whatComprehendWouldRefuseIsSaidBefore() {
    project.file("training.csv", csv(40, 9));
    assertThat(train("--yes").text())
        .contains("there are 49 distinct texts; Comprehend needs at least 50");
    project.file("training.csv", csv(60, 9));
    assertThat(train("--yes").text())
        .contains("category 'gambling' has 9 distinct texts; Comprehend needs at least 10");
    project.file("training.csv", csv(40, 25));
    job("language: pl\n");
    assertThat(train("--yes").text())
        .contains("the language is 'pl'. Comprehend trains in de, en, es, fr, it, pt.");
    job("");
    profile("compliant-label: fine");
    assertThat(train("--yes").text())
        .contains("labelled 'compliant'", "'comprehend: {compliant-label: …}' is 'fine'");
    assertThat(requests.all()).isEmpty();
    assertThat(train("--use").code()).isEqualTo(2);
  }

  @Test
  void saysWhatTheServiceWarnsOf() {
    stub.classifiers().training(TrainingPlan.trainedWithWarning("few examples of gambling"));

    assertThat(train("--yes").text()).contains("Comprehend warns: few examples of gambling");
  }

  private Said train(String... options) {
    List<String> words =
        new java.util.ArrayList<>(List.of("train", folder.resolve("model.yaml").toString()));
    words.addAll(List.of(options));
    return project.command(words.toArray(String[]::new));
  }

  private List<ModelledRequest> created() {
    return requests.of("comprehend", "CreateDocumentClassifier");
  }

  private String content(String member) {
    String uri = created().get(0).input().at("/InputDataConfig/" + member).asText();
    return BUCKET
        .s3()
        .getObjectAsBytes(
            r -> r.bucket(BUCKET.name()).key(uri.replace("s3://%s/".formatted(BUCKET.name()), "")))
        .asUtf8String();
  }

  private List<String> objects() {
    return BUCKET
        .s3()
        .listObjectsV2(r -> r.bucket(BUCKET.name()).prefix(folder.getFileName() + "/"))
        .contents()
        .stream()
        .map(object -> object.key())
        .toList();
  }

  private void job(String more) {
    project.file(
        "model.yaml",
        """
        kind: train
        by: comprehend
        name: message_model
        texts: training.csv
        categories: [gambling]
        %s"""
            .formatted(more));
  }

  private void profile(String comprehend) {
    String hadoop =
        BUCKET.hadoop().entrySet().stream()
            .map(entry -> "  spark.hadoop.%s: \"%s\"\n".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining());
    project.file(
        "profile.yaml",
        """
        catalog: {name: lake, properties: {type: hadoop, warehouse: "${home}/warehouse"}}
        spark:
        %scomprehend: {region: us-east-1, endpoint-url: "%s", role: "arn:aws:iam::123456789012:role/c", work: "s3://%s/%s", %s}
        """
            .formatted(hadoop, stub.endpoint(), BUCKET.name(), folder.getFileName(), comprehend));
  }

  /** So many texts of each label, distinct when normal. */
  private static String csv(int compliant, int gambling) {
    StringBuilder csv = new StringBuilder();
    for (int i = 0; i < compliant; i++) {
      csv.append("compliant,\"Hello, message zone%sx\"\n".formatted(letters(i)));
    }
    for (int i = 0; i < gambling; i++) {
      csv.append("gambling,Bet at the casino zone%sx\n".formatted(letters(i)));
    }
    return csv.toString();
  }

  private static String letters(int number) {
    return "" + (char) ('a' + number / 26) + (char) ('a' + number % 26);
  }

  private static String quoted(String text) {
    return text.contains(",") ? "\"" + text + "\"" : text;
  }
}
