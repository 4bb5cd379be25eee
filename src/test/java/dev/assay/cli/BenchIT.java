package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The benchmark runs to its end on small tables, where its times say nothing: outcomes are those of
 * Deequ and of full rescans, or it would end with an error, and rows are read where it says so.
 */
@Tag("soak")
class BenchIT {
  @TempDir Path folder;

  @Test
  void comesToTheSameOutcomesAsItsPeers() {
    ForkedJvm.Ended bench =
        ForkedJvm.run(
            folder,
            Map.of(),
            Main.class,
            "bench",
            "scan",
            "changes",
            "rows",
            "--rows",
            "32000",
            "--rounds",
            "1");

    assertThat(bench.code()).as(bench.output()).isZero();
    assertThat(bench.output())
        .containsPattern("Deequ DQDL")
        .containsPattern("nothing changed +[0-9.]+ +0 ")
        .containsPattern("deletes in 1 of 16 files +[0-9.]+")
        .containsPattern("deletes in all files +[0-9.]+")
        .containsPattern("metadata rules, 10,000 files");
  }
}
