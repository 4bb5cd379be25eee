package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.pipeline.AdventureWorks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The lineage events of every shipped job are what OpenLineage's own classes can hold. */
@Tag("long")
class LineageEventsIT {
  private static final Path PYTHON = Path.of(".venv/bin/python").toAbsolutePath();

  @TempDir Path folder;

  @Test
  void thoseOfTheDemo() throws Exception {
    Read read = read(DemoHome.made().resolve("announcements"));

    assertThat(read.code()).as(read.said()).isZero();
    // started and ended, each of nine jobs, on each of three dates
    assertThat(read.said())
        .contains("54 events, 0 wrong")
        .contains("ColumnLineageDatasetFacet", "DataQualityAssertionsDatasetFacet");
  }

  @Test
  void thoseOfAdventureWorks() throws Exception {
    adventureWorks();

    Read read = read(folder.resolve("home/announcements"));

    assertThat(read.code()).as(read.said()).isZero();
    assertThat(read.said()).contains("12 events, 0 wrong").contains("ColumnLineageDatasetFacet");
  }

  @Test
  void whatDoesNotFitIsSeen() throws Exception {
    Path event =
        events(DemoHome.made().resolve("announcements")).stream()
            .filter(file -> file.toString().contains("-completed-"))
            .findFirst()
            .orElseThrow();
    String text = Files.readString(event);
    Files.writeString(folder.resolve("1-completed-1.json"), text.replace("\"runId\"", "\"runID\""));
    Files.writeString(
        folder.resolve("2-completed-2.json"), text.replace("\"COMPLETE\"", "\"COMPLETED\""));
    Files.writeString(
        folder.resolve("3-completed-3.json"),
        text.replaceFirst("facets/\\d-\\d-\\d/", "facets/9-9-9/"));
    Files.writeString(
        folder.resolve("4-completed-4.json"),
        text.replaceFirst("\"eventTime\":\\s*\"[^\"]*\"", "\"eventTime\":\"today\""));

    Read read = read(folder);

    assertThat(read.code()).isEqualTo(1);
    assertThat(read.said()).contains("4 events, 4 wrong");
  }

  /** With {@code -Dopenlineage.spec=} the folder {@code spec} of OpenLineage's repository. */
  @Test
  @EnabledIfSystemProperty(named = "openlineage.spec", matches = ".+")
  void areValidByTheSchemasThemselves() throws Exception {
    OpenLineageSchemas schemas =
        new OpenLineageSchemas(Path.of(System.getProperty("openlineage.spec")));
    Path wrong = folder.resolve("1-completed-1.json");
    List<String> mistakes = new ArrayList<>();
    List<Path> events = new ArrayList<>(events(DemoHome.made().resolve("announcements")));
    adventureWorks();
    events.addAll(events(folder.resolve("home/announcements")));

    for (Path event : events) {
      mistakes.addAll(schemas.mistakes(event));
    }

    assertThat(mistakes).isEmpty();
    assertThat(events).hasSize(54 + 12);
    assertThat(schemas.used()).hasSize(11);
    Files.writeString(wrong, Files.readString(events.get(0)).replace("\"runId\"", "\"runID\""));
    assertThat(schemas.mistakes(wrong)).isNotEmpty();
  }

  private static List<Path> events(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches(".*-(started|completed|failed)-.*"))
          .sorted()
          .toList();
    }
  }

  private void adventureWorks() throws IOException {
    TestProject project = new TestProject(folder);
    AdventureWorks.SMALL.forEach((name, text) -> project.file("raw/" + name, text));
    AdventureWorks.ship(project);
    project.run(
        "jobs/adventureworks",
        LocalDate.of(2026, 11, 20),
        Map.of("raw", folder.resolve("raw").toString()));
    assertThat(publish()).isZero();
  }

  private int publish() {
    CommandLine assay = Main.commandLine();
    return assay.execute("publish", "--home", folder.resolve("home").toString());
  }

  private record Read(int code, String said) {}

  private static Read read(Path events) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(PYTHON.toString(), "src/test/python/read_events.py", events.toString()))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Read(process.waitFor(), said);
  }
}
