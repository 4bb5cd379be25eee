package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The notebooks as they are kept: without what a run left in them. */
class NotebookFilesTest {
  private static final Path FOLDER = Path.of("notebooks");
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<Path> notebooks() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".ipynb")).sorted().toList();
    }
  }

  @Test
  void theyAreNumberedWithoutAGap() throws IOException {
    List<String> numbers = new ArrayList<>();
    for (Path notebook : notebooks()) {
      numbers.add(notebook.getFileName().toString().substring(0, 3));
    }

    assertThat(numbers).containsExactly("01-", "02-", "03-", "04-", "05-", "06-");
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void outputsAreStripped(Path notebook) throws IOException {
    for (JsonNode cell : JSON.readTree(notebook.toFile()).get("cells")) {
      if (cell.get("cell_type").asText().equals("code")) {
        String remedy = "strip it: jupyter nbconvert --clear-output --inplace " + notebook;
        assertThat(cell.get("outputs")).as(remedy).isEmpty();
        assertThat(cell.get("execution_count").isNull()).as(remedy).isTrue();
        assertThat(cell.get("metadata").has("execution")).as(remedy).isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void parametersStandInOneCellOfTheirOwn(Path notebook) throws IOException {
    List<JsonNode> tagged = new ArrayList<>();
    for (JsonNode cell : JSON.readTree(notebook.toFile()).get("cells")) {
      if (cell.get("metadata").path("tags").toString().contains("\"parameters\"")) {
        tagged.add(cell);
      }
    }

    assertThat(tagged).hasSize(1);
    assertThat(tagged.get(0).get("source"))
        .allSatisfy(line -> assertThat(line.asText()).matches("\\w+ = [^\\n]+\\n?"));
  }

  /**
   * One environment has both lists; where they name the same package they mean the same version.
   */
  @Test
  void theirPackagesAndThoseOfTheTestsFitTogether() throws IOException {
    Map<String, String> tests = versions(Path.of("src/test/python/requirements.txt"));
    Map<String, String> notebooks = versions(FOLDER.resolve("requirements.txt"));

    assertThat(notebooks).containsKeys("pyiceberg", "pandas", "matplotlib", "papermill", "pyspark");
    notebooks.keySet().retainAll(tests.keySet());
    tests.keySet().retainAll(notebooks.keySet());
    assertThat(notebooks).isEqualTo(tests);
  }

  private static Map<String, String> versions(Path file) throws IOException {
    Map<String, String> versions = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line : Files.readAllLines(file)) {
      if (!line.startsWith("#")) {
        assertThat(line).as(file + ": an exact version").matches("[\\w.-]+==[\\w.]+");
        versions.put(line.split("==")[0], line.split("==")[1]);
      }
    }
    return versions;
  }
}
