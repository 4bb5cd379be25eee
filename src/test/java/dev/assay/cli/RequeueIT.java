package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.RunRecord;
import dev.assay.pipeline.JobResult;
import dev.assay.pipeline.JobResult.Ending;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Corrected records come back through the command, and a file that does not fit changes nothing.
 */
class RequeueIT {
  private static final String JOB =
      """
      kind: prepare
      name: cars
      inputs:
        cars:
          files: ${root}/raw/*.csv
          format: csv
          columns: {id: int, name: string}
      output: {table: prepared.cars, mode: replace}
      ruleset: none
      """;

  @TempDir Path folder;

  @Test
  void keepsAFileThatTheJobCanRead() {
    TestProject project = project();
    RunRecord run = project.runOne().run().orElseThrow();
    Path corrected = corrected("id,name\n2,b\n");

    String said = requeue(0, run, "--file", corrected.toString(), "--job", path("jobs/p"));

    assertThat(said)
        .startsWith("Kept as ")
        .contains("assay run %s --data-date 2026-11-18\n".formatted(path("jobs/p/cars.yaml")));
    JobResult again = project.runOne();
    assertThat(again.ending()).as(again.message()).isEqualTo(Ending.PUBLISHED);
    assertThat(project.lines("SELECT id, name FROM lake.prepared.cars ORDER BY id"))
        .containsExactly("1|a", "2|b");
  }

  @Test
  void refusesAFileThatTheJobCannotRead() {
    TestProject project = project();
    RunRecord run = project.runOne().run().orElseThrow();
    requeue(0, run, "--file", corrected("id,name\n2,b\n").toString(), "--job", path("jobs/p"));
    List<String> before = warehouse();
    Path wrong = corrected("id,name\n2,b\n3,sEcReT,c\n");

    String said = requeue(7, run, "--file", wrong.toString(), "--job", path("jobs/p/cars.yaml"));

    assertThat(said)
        .isEqualTo(
            wrong
                + ": line 3 has 3 fields; expected 2. Expected CSV records of id, name, parted by ',', below a header. Correct it and requeue it again; nothing was kept.\n");
    assertThat(warehouse()).isEqualTo(before);
    project.runOne();
    assertThat(project.lines("SELECT id, name FROM lake.prepared.cars ORDER BY id"))
        .containsExactly("1|a", "2|b");
  }

  @Test
  void needsTheJobToCheckAgainst() {
    TestProject project = project();
    RunRecord run = project.runOne().run().orElseThrow();
    List<String> before = warehouse();
    String file = corrected("id,name\n2,b\n").toString();

    assertThat(requeue(4, run, "--file", file))
        .isEqualTo(
            "jobs/p: there is no such file or folder. Expected the job that writes prepared.cars, whose input the corrected file must fit: name it with --job.\n");
    project.file("jobs/p/cars.yaml", JOB.replace("prepared.cars", "prepared.vans"));
    assertThat(requeue(4, run, "--file", file, "--job", path("jobs/p")))
        .isEqualTo(
            "%s: no job here writes prepared.cars. Name the one that does with --job.\n"
                .formatted(path("jobs/p")));
    project.file(
        "jobs/p/cars.yaml",
        """
        kind: prepare
        name: cars
        inputs: {cars: {table: raw.cars}}
        output: {table: prepared.cars, mode: replace}
        ruleset: none
        """);
    assertThat(requeue(2, run, "--file", file, "--job", path("jobs/p")))
        .isEqualTo(
            "%s reads no files, so a corrected file would not be read. Correct the rows in the table that it reads.\n"
                .formatted(path("jobs/p/cars.yaml")));
    assertThat(warehouse()).isEqualTo(before);
  }

  @Test
  void takesAFileBackWithoutItsJob() {
    TestProject project = project();
    RunRecord run = project.runOne().run().orElseThrow();
    List<String> before = warehouse();
    Path file = corrected("id,name\n2,b\n");
    requeue(0, run, "--file", file.toString(), "--job", path("jobs/p"));

    assertThat(requeue(0, run, "--file", file.toString(), "--remove"))
        .isEqualTo("Taken back: corrected.csv\n");

    assertThat(warehouse()).isEqualTo(before);
  }

  /** One sound record and one that the reader cannot tell apart. */
  private TestProject project() {
    return new TestProject(folder)
        .pipeline()
        .job("cars", JOB, "RowCount > 0")
        .file("raw/a.csv", "id,name\n1,a\n2\n");
  }

  private Path corrected(String text) {
    try {
      return Files.writeString(folder.resolve("corrected.csv"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String path(String below) {
    return folder.resolve(below).toString();
  }

  /** The files of the warehouse, checksums left out. */
  private List<String> warehouse() {
    try (Stream<Path> files = Files.walk(folder.resolve("home/warehouse"))) {
      return files
          .filter(Files::isRegularFile)
          .map(Path::toString)
          .filter(file -> !file.endsWith(".crc"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the command says on either output. */
  private String requeue(int code, RunRecord run, String... options) {
    List<String> words = new ArrayList<>(List.of("requeue", run.runId()));
    words.addAll(List.of(options));
    words.addAll(List.of("--home", path("home"), "--var", "root=" + folder));
    StringWriter said = new StringWriter();
    CommandLine commands = Main.commandLine();
    commands.setOut(new PrintWriter(said, true));
    commands.setErr(new PrintWriter(said, true));
    assertThat(commands.execute(words.toArray(String[]::new))).as(said.toString()).isEqualTo(code);
    return said.toString();
  }
}
