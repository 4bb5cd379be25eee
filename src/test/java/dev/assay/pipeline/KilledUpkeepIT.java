package dev.assay.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.ForkedJvm;
import dev.assay.cli.TestProject;
import dev.assay.lake.iceberg.Requeue;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.TableName;
import dev.assay.pipeline.JobResult.Ending;
import dev.assay.pipeline.RunListener.Point;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Killed and repeated: runs that read only what is new, and what people do besides running. */
@Tag("long")
class KilledUpkeepIT {
  private static final TableName CARS = new TableName("prepared", "cars");
  private static final LocalDate DATE = LocalDate.of(2026, 11, 18);
  private static final String ROWS = "SELECT id FROM lake.prepared.cars ORDER BY id";

  @TempDir Path folder;

  private static String job(String input, String mode, String gate) {
    return """
        kind: prepare
        name: cars
        inputs: {cars: %s}
        output: {table: prepared.cars, mode: %s}
        ruleset: rulesets/prepared/cars.dqdl
        %s
        """
        .formatted(input, mode, gate);
  }

  private static String files(String more) {
    return "{files: \"${root}/raw/*.csv\", format: csv, columns: {id: int}%s}".formatted(more);
  }

  @ParameterizedTest
  @CsvSource({"changes,ON_MAIN", "new-files,STAGE_RECORDED"})
  void whatIsNewIsReadOnce(String read, Point point) {
    boolean table = read.equals("changes");
    TestProject project = new TestProject(folder).pipeline();
    project.job(
        "cars",
        job(table ? "{table: raw.cars, read: changes}" : files(", read: new-files"), "append", ""),
        "RowCount > 0");
    if (table) {
      project.sql("CREATE NAMESPACE lake.raw");
      project.sql("CREATE TABLE lake.raw.cars (id INT) USING iceberg");
    }
    arrive(project, table, 1);
    project.runOne();
    arrive(project, table, 2);

    ForkedJvm.Ended killed =
        ForkedJvm.run(
            folder,
            Map.of(),
            KilledRun.class,
            folder.toString(),
            DATE.toString(),
            CARS.toString(),
            point.name());
    arrive(project, table, 3);
    JobResult result = project.runOne();

    assertThat(killed.code()).as(killed.output()).isEqualTo(137);
    assertThat(result.ending()).as(result.message()).isEqualTo(Ending.PUBLISHED);
    assertThat(result.run().orElseThrow().counts().read())
        .isEqualTo(point == Point.ON_MAIN ? 1 : 2);
    assertThat(project.lines(ROWS)).containsExactly("1", "2", "3");
    assertThat(project.runOne().ending()).isEqualTo(Ending.UNCHANGED);
  }

  private static void arrive(TestProject project, boolean table, int id) {
    if (table) {
      project.sql("INSERT INTO lake.raw.cars VALUES (%d)".formatted(id));
    } else {
      project.file("raw/%d.csv".formatted(id), "id\n%d\n".formatted(id));
    }
  }

  @Test
  void anApprovalIsDoneByWhoeverComesNext() {
    for (String place : List.of("DECIDED", "ON_MAIN", "TAGGED")) {
      Path own = folder.resolve(place);
      TestProject project = new TestProject(own).pipeline();
      project.job("cars", job(files(""), "replace", "gate: {minimum-score: 100}"), "RowCount = 9");
      project.file("raw/a.csv", "id\n1\n");
      RunRecord held = project.runOne().run().orElseThrow();

      ForkedJvm.Ended killed =
          ForkedJvm.run(
              own, Map.of(), KilledUpkeep.class, "approve", own.toString(), held.runId(), place);

      assertThat(killed.code()).as(killed.output()).isEqualTo(137);
      if (place.equals("DECIDED")) {
        assertThat(project.catalog().find(CARS).orElseThrow().currentSnapshot()).isNull();
        new Decisions(project.catalog(), project.ledger(), Clock.systemUTC())
            .approve(held.runId(), "somebody", "good enough");
      } else {
        assertThat(project.runOne().ending()).as(place).isEqualTo(Ending.UNCHANGED);
      }
      RunRecord run = project.ledger().run(held.runId()).orElseThrow();
      assertThat(run.state()).isEqualTo(RunState.PUBLISHED);
      assertThat(run.note()).isEqualTo("overridden by somebody: good enough");
      assertThat(project.ledger().runs(CARS)).hasSize(1);
      Table table = project.catalog().find(CARS).orElseThrow();
      assertThat(table.refs().keySet()).containsExactlyInAnyOrder("main", "run_" + held.runId());
      assertThat(project.lines(ROWS)).containsExactly("1");
    }
  }

  @Test
  void aCorrectedFileIsThereWholeOrNotAtAll() throws Exception {
    TestProject project = new TestProject(folder).pipeline();
    project.job("cars", job(files(""), "replace", ""), "RowCount > 0");
    project.file("raw/a.csv", "id\n1\nx\n");
    project.runOne();
    Path pipe = folder.resolve("corrected.csv");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Thread writer = new Thread(() -> half(pipe));
    writer.setDaemon(true);
    writer.start();

    ForkedJvm.Ended killed =
        ForkedJvm.killedWhen(
            this::isBegun,
            folder,
            Map.of(),
            KilledUpkeep.class,
            "requeue",
            folder.toString(),
            CARS.toString(),
            DATE.toString(),
            pipe.toString());
    JobResult between = project.runOne();
    Files.delete(pipe);
    Files.writeString(pipe, "id\n2\n3\n");
    new Requeue(project.catalog()).keep(CARS, DATE, pipe);
    JobResult after = project.runOne();

    assertThat(killed.code()).as(killed.output()).isEqualTo(137);
    assertThat(between.ending()).as(between.message()).isEqualTo(Ending.UNCHANGED);
    assertThat(after.ending()).as(after.message()).isEqualTo(Ending.PUBLISHED);
    assertThat(project.lines(ROWS)).containsExactly("1", "2", "3");
  }

  /** More than is buffered, and then nothing. */
  private static void half(Path pipe) {
    try (OutputStream out = Files.newOutputStream(pipe)) {
      out.write("id\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      for (int id = 2; id < 20_000; id++) {
        out.write((id + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      }
      out.flush();
      Thread.sleep(60_000);
    } catch (IOException | InterruptedException e) {
      // the reader was killed, as it should be
      Thread.currentThread().interrupt();
    }
  }

  private boolean isBegun() {
    try (Stream<Path> files = Files.walk(folder.resolve("home/warehouse/quarantine"))) {
      return files.anyMatch(
          file -> file.toString().contains("requeued") && file.toFile().length() > 4096);
    } catch (IOException | java.io.UncheckedIOException e) {
      return false;
    }
  }

  @Test
  void maintainingEndsWhereItWouldHave() {
    TestProject project = new TestProject(folder).pipeline();
    project.job("cars", job(files(""), "replace", ""), "RowCount > 0");
    project.file("raw/a.csv", "id\n1\nx\n");
    RunRecord run = project.runOne().run().orElseThrow();
    for (int id = 2; id < 8; id++) {
      project.sql("INSERT INTO lake.prepared.cars VALUES (%d)".formatted(id));
    }
    project.sql("ALTER TABLE lake.prepared.cars CREATE BRANCH assay_leftover");

    ForkedJvm.Ended killed =
        ForkedJvm.run(
            folder,
            Map.of(),
            KilledUpkeep.class,
            "maintain",
            folder.toString(),
            "LEFTOVERS_DROPPED");
    new Maintenance(project.lane()).run(Duration.ZERO, Duration.ofDays(30));

    assertThat(killed.code()).as(killed.output()).isEqualTo(137);
    Table table = project.catalog().find(CARS).orElseThrow();
    assertThat(table.refs().keySet()).containsExactlyInAnyOrder("main", "run_" + run.runId());
    assertThat(table.snapshots()).hasSize(2);
    assertThat(project.lines(ROWS)).containsExactly("1", "2", "3", "4", "5", "6", "7");
    assertThat(project.lines("SELECT text FROM lake.quarantine.prepared_cars"))
        .containsExactly("x");
    assertThat(project.ledger().outcomes(run.runId())).hasSize(1);
    assertThat(new Maintenance(project.lane()).run(Duration.ZERO, Duration.ofDays(30)))
        .noneMatch(line -> line.contains("prepared.cars"));
  }
}
