package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full: here a limit on the size of files, which fails the same write. */
@Tag("long")
class NoSpaceIT {
  @TempDir Path folder;

  @Test
  void endsWithRunAgainAndPublishesNothing() throws Exception {
    Path jobs = Files.createDirectories(folder.resolve("jobs/p"));
    Files.writeString(jobs.resolve("pipeline.yaml"), "name: p\nowner: x\n");
    Files.writeString(
        jobs.resolve("t.yaml"),
        """
        kind: prepare
        name: t
        inputs:
          t: {files: "${home}/../raw.csv", format: csv, columns: {id: int, text: string}}
        output: {table: prepared.t, mode: replace}
        ruleset: none
        """);
    StringBuilder raw = new StringBuilder("id,text\n");
    for (int row = 0; row < 20_000; row++) {
      raw.append(row).append(',').append(java.util.UUID.randomUUID()).append('\n');
    }
    Files.writeString(folder.resolve("raw.csv"), raw);

    ForkedJvm.Ended full = assay("ulimit -f 300;");
    ForkedJvm.Ended again = assay("");

    assertThat(full.code()).as(full.output()).isEqualTo(5);
    assertThat(full.output()).contains("no space left on a disk").contains("Nothing was published");
    assertThat(again.code()).as(again.output()).isZero();
    assertThat(again.output()).contains("published");
  }

  private ForkedJvm.Ended assay(String before) {
    return ForkedJvm.run(
        folder,
        before,
        Map.of("assay.log", folder.resolve("assay.log").toString()),
        Main.class,
        "run",
        "jobs/p",
        "--home",
        folder.resolve("home").toString());
  }
}
