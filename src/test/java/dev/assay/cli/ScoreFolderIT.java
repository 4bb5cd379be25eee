package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores files that are in no catalog, from the command line. */
@Tag("long")
class ScoreFolderIT {
  @TempDir Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(folder.resolve("raw"));
    Files.writeString(folder.resolve("raw/a.txt"), "1;2.5\n2;x\n");
    Files.writeString(folder.resolve("raw/b.txt"), "3;1\n");
    Files.writeString(
        folder.resolve("r.dqdl"), "Rules = [ RowCount = 3, Sum \"km\" > 3, FileSize > 1 B ]");
  }

  @Test
  void scoresAFolderAndReadsItOnce() {
    ForkedJvm.Ended unknown = run("score", "raw/", "--ruleset", "r.dqdl");
    assertThat(unknown.code()).isEqualTo(7);
    assertThat(unknown.output()).contains("raw/a.txt: the name does not say which format");

    ForkedJvm.Ended nameless = run("score", "raw/", "--ruleset", "r.dqdl", "--csv", "header=false");
    assertThat(nameless.code()).isEqualTo(2);
    assertThat(nameless.output()).contains("CSV without a header names no columns");

    ForkedJvm.Ended scored = described("score", "raw/", "--ruleset", "r.dqdl", "--verify", "all");
    assertThat(scored.code()).as(scored.output()).isZero();
    assertThat(scored.output())
        .contains("raw/: score 100")
        .contains("scan of 2 of 2 files")
        .contains("Records that do not fit the format or the columns declared: 1.")
        .contains("Verified: reading every row gives the same.");

    ForkedJvm.Ended explained = described("explain", "r.dqdl", "--table", "raw/");
    assertThat(explained.code()).as(explained.output()).isZero();
    assertThat(explained.output()).contains("a listing of files").contains("raw/ has 2 data files");

    ForkedJvm.Ended again = described("score", "raw/", "--ruleset", "r.dqdl");
    assertThat(again.output()).contains("stored evidence").doesNotContain("scan of");
  }

  @Test
  void writesTheRowsThatBreakRules() throws IOException {
    Files.writeString(
        folder.resolve("rows.dqdl"),
        "Rules = [ ColumnValues \"id\" > 1, IsComplete \"km\", RowCount > 1 ]");

    ForkedJvm.Ended scored =
        described("score", "raw/", "--ruleset", "rows.dqdl", "--failing-rows", "failing");

    assertThat(scored.code()).as(scored.output()).isZero();
    assertThat(scored.output())
        .contains("Failing rows are in failing:")
        .contains("1 break ColumnValues \"id\" > 1")
        .contains("1 break IsComplete \"km\"");
    StringBuilder lines = new StringBuilder();
    try (Stream<Path> files = Files.list(folder.resolve("failing"))) {
      for (Path file : files.filter(name -> name.toString().endsWith(".json")).toList()) {
        lines.append(Files.readString(file));
      }
    }
    assertThat(lines.toString().lines())
        .hasSize(2)
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("\"id\":1,\"km\":2.5")
                    .contains("\"_assay_broken_rules\":[\"ColumnValues \\\"id\\\" > 1\"]"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("\"id\":2")
                    .contains("\"_assay_broken_rules\":[\"IsComplete \\\"km\\\"\"]"));

    ForkedJvm.Ended again =
        described("score", "raw/", "--ruleset", "rows.dqdl", "--failing-rows", "failing");
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.output()).contains("There is something at failing already.");
  }

  @Test
  void whatGoesWithAPathDoesNotGoWithATable() {
    ForkedJvm.Ended table =
        run("score", "prepared.trips", "--ruleset", "r.dqdl", "--format", "csv");
    ForkedJvm.Ended asOf = run("score", "raw/", "--ruleset", "r.dqdl", "--as-of", "1");

    assertThat(table.code()).isEqualTo(2);
    assertThat(table.output()).contains("prepared.trips is a table. --format, --csv and --columns");
    assertThat(asOf.code()).isEqualTo(2);
    assertThat(asOf.output()).contains("Files have no snapshots");
  }

  private ForkedJvm.Ended described(String... arguments) {
    return run(
        Stream.concat(
                Stream.of(arguments),
                Stream.of(
                    "--csv",
                    "delimiter=;",
                    "--csv",
                    "header=false",
                    "--columns",
                    "id: int, km: double"))
            .toArray(String[]::new));
  }

  private ForkedJvm.Ended run(String... arguments) {
    return ForkedJvm.run(
        folder, Map.of("assay.log", folder.resolve("assay.log").toString()), Main.class, arguments);
  }
}
