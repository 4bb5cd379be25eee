package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code assay init FOLDER --team}, as far as that needs no Spark. */
class TeamFolderTest {
  @TempDir private Path folder;

  private record Ended(int code, String out, String err) {}

  @Test
  void makesARepositoryWhoseFilesAreRight() {
    Path team = folder.resolve("fleet-quality");

    Ended made = run("init", team.toString(), "--team");

    assertThat(made.err).isEmpty();
    assertThat(made.code).isZero();
    assertThat(made.out)
        .startsWith("Written, for you to review:\n  %s/README.md\n".formatted(team))
        .doesNotContain("There already")
        .contains("Begin with %s/README.md".formatted(team));
    assertThat(team.resolve("assay")).isExecutable();
    assertThat(team.resolve("README.md")).content().startsWith("# fleet_quality\n");
    assertThat(team.resolve("jobs/orders/pipeline.yaml"))
        .content()
        .contains("owner: fleet_quality@example.com", "raw: samples");

    Ended validated = run("validate", team + "/jobs", team + "/rulesets");
    assertThat(validated.code).as(validated.out).isZero();
    assertThat(validated.out)
        .startsWith(
            "%s/jobs/profiles/aws.yaml: ${warehouse} has no value here (%1$s/jobs/profiles/aws.yaml:"
                .formatted(team))
        .contains("this profile needs the environment variable ASSAY_WAREHOUSE.\n")
        .endsWith("7 file(s) and pipeline(s) are fine.\n");
    Ended linted = run("lint", team + "/rulesets", "--strict");
    assertThat(linted.code).as(linted.out).isZero();
  }

  @Test
  void noTemplateIsLeftOpen() throws IOException {
    Path team = folder.resolve("team");
    run("init", "--team", team.toString());

    for (Map.Entry<String, String> file : files(team).entrySet()) {
      assertThat(file.getValue()).as(file.getKey()).doesNotContain("[=", "<#").endsWith("\n");
    }
  }

  @Test
  void aSecondCallChangesNothingAndSaysWhatItFound() throws IOException {
    Path team = folder.resolve("team");
    Ended first = run("init", team.toString(), "--team");
    Map<String, String> before = files(team);

    Ended second = run("init", team.toString(), "--team");

    assertThat(second.code).isZero();
    assertThat(second.out)
        .startsWith("There already, and left as they are:\n")
        .endsWith("Nothing was missing.\n");
    assertThat(lines(second.out, "  ")).isEqualTo(lines(first.out, "  "));
    assertThat(files(team)).isEqualTo(before);
  }

  @Test
  void whatIsThereStaysAndWhatIsMissingIsWritten() throws IOException {
    Path team = Files.createDirectory(folder.resolve("team"));
    Files.writeString(team.resolve("README.md"), "ours");

    Ended ended = run("init", team.toString(), "--team");

    assertThat(ended.code).isZero();
    assertThat(ended.out)
        .contains("There already, and left as they are:\n  %s/README.md\n".formatted(team));
    assertThat(team.resolve("README.md")).hasContent("ours");
    assertThat(team.resolve("assay")).exists();
  }

  @Test
  void aFolderThatIsAFileIsAUsageError() throws IOException {
    Path file = Files.writeString(folder.resolve("notes.txt"), "ours");

    assertThat(run("init", file.toString(), "--team"))
        .isEqualTo(
            new Ended(2, "", "%s is a file. Expected a folder, or a new name.\n".formatted(file)));
  }

  @Test
  void aFileWhereAFolderShouldBeIsNotTakenForOneThatIsThere() throws IOException {
    Path team = Files.createDirectory(folder.resolve("team"));
    Files.writeString(team.resolve("jobs"), "ours");

    Ended ended = run("init", team.toString(), "--team");

    assertThat(ended.code).isEqualTo(5);
    assertThat(ended.err).contains("jobs/profiles/local.yaml: cannot be written");
    assertThat(team.resolve("jobs")).hasContent("ours");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "init",
        "init FOLDER",
        "init --team",
        "init --name x",
        "init FOLDER --team --from a.csv",
        "init FOLDER --from a.csv",
        "init --from a.csv --team FOLDER --name x",
        "init FOLDER --team --no-run",
        "init FOLDER OTHER --team"
      })
  void optionsThatExcludeEachOtherOrAreMissingAreUsageErrors(String line) {
    String words = line.replace("FOLDER", folder.resolve("team").toString());

    Ended ended = run(words.split(" "));

    assertThat(ended.code).as(ended.out).isEqualTo(2);
    assertThat(ended.err).endsWith("Try 'assay init --help'.\n");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void theCiFileRunsTheFourChecksInOrder() throws IOException {
    Path team = folder.resolve("team");
    run("init", team.toString(), "--team");

    assertThat(ciCommands(team))
        .extracting(command -> command.split(" ")[1])
        .containsExactly("validate", "lint", "test", "run");
  }

  /** What the CI file runs, in its order. */
  static List<String> ciCommands(Path team) throws IOException {
    JsonNode file =
        new YAMLMapper()
            .readTree(Files.readString(team.resolve(".github/workflows/data-quality.yml")));
    List<String> commands = new ArrayList<>();
    for (JsonNode step : file.at("/jobs/check/steps")) {
      if (step.has("run")) {
        commands.add(step.get("run").asText());
      }
    }
    return commands;
  }

  private static List<String> lines(String text, String beginning) {
    return text.lines().filter(line -> line.startsWith(beginning)).toList();
  }

  private static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return files;
  }

  private static Ended run(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    var commands = Main.commandLine();
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(err, true));
    int code = commands.execute(words);
    return new Ended(code, out.toString(), err.toString());
  }
}
