package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.jobs.ProfileReader;
import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.messages.iceberg.VerdictTable;
import dev.assay.messages.iceberg.VerdictTable.NotCleared;
import dev.assay.model.TableName;
import dev.assay.model.job.Profile;
import dev.assay.model.job.Publishing;
import dev.assay.scores.iceberg.IcebergLedger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The notebooks, run as their users run them: on what the demo leaves, on a ledger with gaps and
 * costs, and on Glue.
 */
@Tag("long")
class NotebooksIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path PYTHON = Path.of(".venv/bin/python").toAbsolutePath();
  private static final TableName VERDICTS = TableName.parse("semantic.message_verdicts");

  @TempDir static Path folder;

  private static Path demo = Path.of("");
  private static Path small = Path.of("");

  private record Ended(int code, String output) {}

  @BeforeAll
  static void makesTheWarehouses() throws IOException {
    demo = DemoHome.made();
    small = folder.resolve("small");
    SmallLedger.write(
        new IcebergLedger(LakeCatalog.open(ProfileReader.load("local", small)).iceberg()));
  }

  @ParameterizedTest
  @CsvSource({
    "01-scores, 3, '88.88'",
    "02-why-a-score-fell, 3, 'Must pass, and failed: ColumnValues \"rollbacks\" = 0.'",
    "04-messages, 4, 'OTHER_LANGUAGE'",
    "05-cost, 3, 'No run has paid for a service.'"
  })
  void aNotebookRunsOnTheDemo(String notebook, int pictures, String says) throws Exception {
    JsonNode executed = execute(notebook, "warehouse", demo.resolve("warehouse").toString());

    assertThat(pictures(executed)).isEqualTo(pictures);
    assertThat(texts(executed)).contains(says);
    for (NotCleared message : notCleared()) {
      assertThat(texts(executed)).doesNotContain(message.text());
    }
  }

  @ParameterizedTest
  @CsvSource({"02-why-a-score-fell, 3, 'The score 40 is below 90.'", "05-cost, 5, 'comprehend'"})
  void aNotebookRunsOnALedgerWithGaps(String notebook, int pictures, String says) throws Exception {
    List<String> parameters = new ArrayList<>();
    parameters.addAll(List.of("warehouse", small.resolve("warehouse").toString()));
    if (notebook.startsWith("02")) {
      parameters.addAll(List.of("table", "prepared.trips", "run", SmallLedger.HELD));
    }
    JsonNode executed = execute(notebook, parameters.toArray(String[]::new));

    assertThat(pictures(executed)).isEqualTo(pictures);
    assertThat(texts(executed)).contains(says);
  }

  @Test
  void aTableWithoutALossHasNothingToExplain() throws Exception {
    JsonNode executed =
        execute(
            "02-why-a-score-fell",
            "warehouse",
            demo.resolve("warehouse").toString(),
            "table",
            "prepared.vehicles");

    assertThat(pictures(executed)).isZero();
    assertThat(texts(executed)).contains("No rule failed.");
  }

  /** With the jars that the build left, as a user's would be. */
  @Test
  void aDataFrameIsScoredInANotebook() throws Exception {
    JsonNode executed = execute("06-score-your-own-dataframe");

    assertThat(pictures(executed)).isEqualTo(1);
    assertThat(texts(executed))
        .contains("score 50.000000, coverage 100.000000 % (4 passed, 4 failed, 0 unanswered)");
  }

  @Test
  void aNotebookBecomesAPage() throws Exception {
    Path warehouse = demo.resolve("warehouse");
    JsonNode executed = execute("03-quarantine", "warehouse", warehouse.toString());
    assertThat(pictures(executed)).isEqualTo(3);
    Ended ended = python("-m", "nbconvert", "--to", "html", executed("03-quarantine").toString());

    assertThat(ended.code).as(ended.output).isZero();
    assertThat(folder.resolve("03-quarantine.html"))
        .content()
        .contains("data:image/png;base64")
        .contains("vin_has_17_characters");
  }

  @Test
  void theLedgerIsReadFromAFolder() throws Exception {
    Ended ended = test(Map.of("ASSAY_WAREHOUSE", small.resolve("warehouse").toString()));

    assertThat(ended.code).as(ended.output).isZero();
    assertThat(ended.output).contains("Ran 17 tests").contains("\nOK");
  }

  @Test
  void theLedgerIsReadFromGlue() throws Exception {
    try (Moto moto = Moto.start(folder.resolve("moto.log"))) {
      try (S3Client s3 = moto.s3()) {
        s3.createBucket(bucket -> bucket.bucket("ledger"));
      }
      SmallLedger.write(new IcebergLedger(glue(moto).iceberg()));
      Map<String, String> glue =
          Map.of("ASSAY_WAREHOUSE", "glue", "ASSAY_ENDPOINT", moto.endpoint());

      Ended ended = test(glue);
      JsonNode executed =
          execute(
              "01-scores", "warehouse", "glue", "endpoint", moto.endpoint(), "region", "us-east-1");

      assertThat(ended.code).as(ended.output).isZero();
      assertThat(ended.output).contains("Ran 17 tests").contains("OK (skipped=1)");
      assertThat(pictures(executed)).isEqualTo(3);
    }
  }

  private static LakeCatalog glue(Moto moto) {
    Map<String, String> properties = new HashMap<>(moto.catalog("s3://ledger/warehouse"));
    return LakeCatalog.open(
        new Profile(
            "glue",
            folder,
            "lake",
            properties,
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Publishing.NOWHERE));
  }

  private static List<NotCleared> notCleared() {
    Table table = LakeCatalog.open(ProfileReader.load("local", demo)).find(VERDICTS).orElseThrow();
    List<NotCleared> texts =
        new VerdictTable(table).notCleared(table.currentSnapshot().snapshotId(), 100);
    assertThat(texts).hasSize(5);
    return texts;
  }

  private static Path executed(String notebook) {
    return folder.resolve(notebook + ".ipynb");
  }

  /** Executes it with parameters, name and value in turn, and finds neither errors nor warnings. */
  private static JsonNode execute(String notebook, String... parameters) throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-m", "papermill", "--no-progress-bar", "--cwd", "notebooks"));
    for (int index = 0; index < parameters.length; index += 2) {
      arguments.addAll(List.of("-r", parameters[index], parameters[index + 1]));
    }
    arguments.addAll(List.of("notebooks/" + notebook + ".ipynb", executed(notebook).toString()));
    Ended ended = python(arguments.toArray(String[]::new));
    assertThat(ended.code).as(ended.output).isZero();
    JsonNode executed = JSON.readTree(executed(notebook).toFile());
    for (JsonNode output : executed.findValues("outputs")) {
      for (JsonNode one : output) {
        // Spark says on standard error how it starts
        if (!notebook.startsWith("06")) {
          assertThat(one.path("name").asText()).as(one.toString()).isNotEqualTo("stderr");
        }
      }
    }
    return executed;
  }

  private static long pictures(JsonNode executed) {
    return executed.findValues("image/png").size();
  }

  private static String texts(JsonNode executed) throws IOException {
    StringBuilder texts = new StringBuilder();
    for (JsonNode outputs : executed.findValues("outputs")) {
      for (JsonNode output : outputs) {
        for (String kind : List.of("text", "text/plain", "text/html")) {
          for (JsonNode text : output.findValues(kind)) {
            text.forEach(line -> texts.append(line.asText()));
            texts.append(text.asText("")).append('\n');
          }
        }
      }
    }
    return texts.toString();
  }

  private static Ended test(Map<String, String> environment) throws Exception {
    return python(environment, "src/test/python/test_ledger.py");
  }

  private static Ended python(String... arguments) throws Exception {
    return python(Map.of(), arguments);
  }

  private static Ended python(Map<String, String> more, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(PYTHON.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(key -> key.startsWith("AWS_"));
    environment.put("AWS_ACCESS_KEY_ID", "test");
    environment.put("AWS_SECRET_ACCESS_KEY", "test");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    // the environment's own Spark, not one of the machine
    environment.remove("SPARK_HOME");
    environment.put("PYSPARK_PYTHON", PYTHON.toString());
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    for (String settings : List.of("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "MPLCONFIGDIR")) {
      environment.put(settings, folder.resolve("settings").toString());
    }
    environment.putAll(more);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }
}
