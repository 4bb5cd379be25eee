package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.jobs.JobFiles;
import dev.assay.model.job.Job;
import dev.assay.model.job.Pipeline;
import dev.assay.model.job.Schedule;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The DAGs in a real Airflow with the real Amazon provider, in a Python environment of their own
 * that is made here: minutes the first time, nothing afterwards.
 */
@Tag("long")
class AirflowIT {
  private static final Path PYTHON = Path.of(".venv-airflow/bin/python").toAbsolutePath();

  @TempDir Path folder;

  @Test
  void theDagsAreWhatTheJobFilesSayAndEndAsTheirRunsDo() throws Exception {
    Path graph = folder.resolve("graph.json");
    writeGraph(graph);
    // what is packaged is current, and the launcher need not build it again
    Files.setLastModifiedTime(Path.of("target/assay.classpath"), FileTime.from(Instant.now()));
    Ended environment = run(new ProcessBuilder("bash", "airflow/environment"));
    assertThat(environment.code()).as(environment.output()).isZero();
    ProcessBuilder pytest =
        new ProcessBuilder(
            PYTHON.toString(), "-m", "pytest", "-q", "-p", "no:cacheprovider", "airflow/tests");
    pytest.environment().put("ASSAY_JOB_GRAPH", graph.toString());
    pytest.environment().put("ASSAY_TEAM", team().toString());
    pytest.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    pytest.environment().put("JAVA_HOME", System.getProperty("java.home"));

    Ended tests = run(pytest);

    assertThat(tests.code()).as(tests.output()).isZero();
    assertThat(tests.output()).doesNotContain("skipped").containsPattern("\\d+ passed");
  }

  /** A team's own repository. */
  private Path team() {
    Path team = folder.resolve("shop-quality");
    var commands = Main.commandLine();
    commands.setOut(new PrintWriter(new StringWriter()));
    assertThat(commands.execute("init", team.toString(), "--team")).isZero();
    return team;
  }

  private record Ended(int code, String output) {}

  private static Ended run(ProcessBuilder builder) throws IOException, InterruptedException {
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  /** Every pipeline as a run would see it: who depends on whom, and what a scheduler asks. */
  private static void writeGraph(Path file) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode root = json.createObjectNode();
    try (Stream<Path> folders = Files.list(Path.of("jobs"))) {
      for (Path pipeline : folders.filter(AirflowIT::isPipeline).sorted().toList()) {
        describe(load(pipeline), root.putObject(pipeline.getFileName().toString()));
      }
    }
    json.writeValue(file.toFile(), root);
  }

  private static boolean isPipeline(Path folder) {
    return Files.exists(folder.resolve("pipeline.yaml"));
  }

  private static Pipeline load(Path folder) {
    return new JobFiles(
            Clock.systemUTC(),
            Map.of("home", "home", "raw", "raw"),
            Optional.of(LocalDate.of(2026, 11, 18)))
        .load(folder)
        .pipeline();
  }

  private static void describe(Pipeline pipeline, ObjectNode node) {
    node.put("name", pipeline.name());
    node.put("schedule", pipeline.schedule().map(Schedule::cron).orElse(null));
    node.put("zone", pipeline.zone().getId());
    node.put("owner", pipeline.owner());
    pipeline.tags().forEach(node.putArray("tags")::add);
    ArrayNode jobs = node.putArray("jobs");
    for (Job job : pipeline.jobs()) {
      ObjectNode one = jobs.addObject();
      one.put("name", job.name());
      one.put("table", job.output().table().toString());
      one.put("owner", job.output().owner().orElse(pipeline.owner()));
      List<String> depends = job.dependencies().stream().map(Object::toString).toList();
      depends.forEach(one.putArray("dependencies")::add);
    }
  }
}
