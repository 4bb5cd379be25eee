package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.keys.KeyRing;
import dev.assay.keys.files.KeyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A value that a job protects is in no file that exists while a run goes on, not for a moment. */
@Tag("long")
class LeakWhileRunningIT {
  /** Every planted value contains this, so that one search finds all. */
  private static final String SECRET = "sEcReT";

  private static final int ROWS = 20_000;

  /** Little memory and low thresholds: rows are shuffled, sorted and spilt before protection. */
  private static final String PROFILE =
      """
      catalog:
        name: lake
        properties: {type: hadoop, warehouse: "${home}/warehouse", cache-enabled: "false"}
      spark:
        spark.master: local[2]
        spark.ui.enabled: "false"
        spark.driver.host: 127.0.0.1
        spark.driver.bindAddress: 127.0.0.1
        spark.sql.shuffle.partitions: "2"
        spark.local.dir: ${home}/../watched/local
        spark.memory.fraction: "0.02"
        spark.shuffle.spill.numElementsForceSpillThreshold: "3000"
        spark.sql.windowExec.buffer.in.memory.threshold: "10"
        spark.sql.windowExec.buffer.spill.threshold: "100"
        %s
      keys: {file: "${home}/keys.json"}
      """;

  private static final String JOB =
      """
      kind: prepare
      name: people
      inputs:
        people:
          files: ${home}/../../raw/*.csv
          format: csv
          columns: {id: int, mail: string, name: string, card: string, note: string}
      steps:
        - deduplicate: {keys: [id], order: [mail, name, card, note]}
        - row-rules: {id_is_small: id < 19000}
        - protect: {mail: tokenise, name: mask, card: encrypt, note: drop}
      output: {table: prepared.people, mode: replace}
      ruleset: none
      """;

  @TempDir Path folder;

  @Test
  void protectedValuesAreInNoFileAtAnyTime() throws Exception {
    Kept kept = run("");

    assertThat(kept.search().findings()).isEmpty();
    assertThat(kept.names()).anyMatch(name -> name.endsWith("assay.log"));
    assertThat(kept.search().parquet()).isPositive();
    assertThat(kept.search().avro()).isPositive();
  }

  /** Shows that the search would find them, and what the encryption is for. */
  @Test
  void withoutEncryptionTheyAreInWhatSparkShufflesAndSpills() throws Exception {
    Kept kept = run("spark.io.encryption.enabled: \"false\"");

    assertThat(kept.search().findings())
        .anyMatch(finding -> finding.matches(".*/shuffle_.*\\.data: " + SECRET))
        .anyMatch(finding -> finding.matches(".*/temp_local_.*: " + SECRET))
        // what is cached is protected already, and so is all that stays
        .noneMatch(finding -> finding.contains("/rdd_"))
        .noneMatch(finding -> finding.contains("/home/"));
  }

  /** What was in the watched folder at any time. */
  private record Kept(List<String> names, ByteSearch.Found search) {}

  private Kept run(String setting) throws Exception {
    Path watched = Files.createDirectories(folder.resolve("watched"));
    Path home = Files.createDirectories(watched.resolve("home"));
    Path kept = folder.resolve("kept");
    writeProject(home, setting);

    ForkedJvm.Ended run;
    try (FileKeeper keeper = new FileKeeper(kept, watched)) {
      run = assay(watched, home);
    }

    assertThat(run.code()).as(run.output()).isZero();
    assertThat(run.output()).doesNotContain(SECRET);
    List<String> names = files(kept);
    // what a run leaves behind is searched elsewhere: these are gone when it ends
    for (String gone : List.of("shuffle_", "temp_shuffle_", "temp_local_", "rdd_")) {
      assertThat(names).anyMatch(name -> name.startsWith(gone));
      assertThat(files(watched)).noneMatch(name -> name.startsWith(gone));
    }
    return new Kept(names, new ByteSearch(List.of(SECRET)).in(kept));
  }

  private ForkedJvm.Ended assay(Path watched, Path home) throws IOException {
    return ForkedJvm.run(
        folder,
        Map.of(
            "assay.log", home.resolve("log/assay.log").toString(),
            "log4j2.configurationFile", "assay-log4j2.xml",
            "java.io.tmpdir", Files.createDirectories(watched.resolve("tmp")).toString()),
        Main.class,
        "run",
        "jobs/p",
        "--data-date",
        "2026-11-18",
        "--profile",
        "small",
        "--home",
        home.toString());
  }

  private void writeProject(Path home, String setting) throws IOException {
    new KeyFile(home.resolve("keys.json")).save(KeyRing.create());
    file("jobs/profiles/small.yaml", PROFILE.formatted(setting));
    file("jobs/p/pipeline.yaml", "name: p\nowner: x\n");
    file("jobs/p/people.yaml", JOB);
    // so much that Spark cannot keep the prepared rows in memory
    String filler = "0".repeat(600);
    StringBuilder rows = new StringBuilder("id,mail,name,card,note\n");
    for (int row = 0; row < ROWS; row++) {
      // one id stands often, so that its window is spilt too
      int id = row % 20 == 0 ? 7 : row;
      rows.append(
          "%d,sEcReT-%d@example.com,sEcReT Name %d,4111 sEcReT %d%s,a sEcReT note about %d\n"
              .formatted(id, row, row, row, filler, row));
    }
    file("raw/sEcReT-export.csv", rows.toString());
  }

  private void file(String path, String content) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private static List<String> files(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
