package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A team's new repository passes its own CI: its commands are run as the CI file has them. */
@Tag("long")
class TeamRepositoryIT {
  private static final Path PRODUCT = Path.of("").toAbsolutePath();

  @TempDir private Path folder;

  private record Ended(int code, String output) {}

  @Test
  void passesItsOwnCi() throws Exception {
    Path team = folder.resolve("shop-quality");
    init(team);
    // what is packaged is current, and the launcher need not build it again
    Files.setLastModifiedTime(Path.of("target/assay.classpath"), FileTime.from(Instant.now()));

    List<String> commands = TeamFolderTest.ciCommands(team);
    StringBuilder output = new StringBuilder();
    for (String command : commands) {
      Ended ended = bash(team, command, PRODUCT);
      assertThat(ended.code()).as("%s\n%s", command, ended.output()).isZero();
      output.append(ended.output());
    }

    assertThat(output.toString())
        .contains("7 file(s) and pipeline(s) are fine.")
        .contains("7 case(s): 7 as expected, 0 not.")
        // one of the sample's rows has a date that is none, one a negative amount, one is there
        // twice
        .containsPattern("prepared\\.orders \\D*100\\D.* 13 .* 1 .* 2 .* 10 .*published")
        .containsPattern("semantic\\.orders_by_day .*published");
    assertThat(team.resolve(".assay/ci/rulesets.xml")).exists();
    assertThat(team.resolve(".assay/ci/reports")).isNotEmptyDirectory();
  }

  @Test
  void theLauncherSaysWhatIsMissing() throws Exception {
    Path team = folder.resolve("shop-quality");
    init(team);

    Ended ended = bash(team, "./assay validate", folder.resolve("nowhere"));

    assertThat(ended.code()).isEqualTo(5);
    assertThat(ended.output())
        .isEqualTo(
            "assay: there is no Assay in %s/nowhere. README.md says how it gets there; or point ASSAY_PRODUCT at its folder.\n"
                .formatted(folder));
  }

  private static void init(Path team) {
    var commands = Main.commandLine();
    commands.setOut(new PrintWriter(new StringWriter()));
    assertThat(commands.execute("init", team.toString(), "--team")).isZero();
  }

  private static Ended bash(Path folder, String command, Path product)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", command);
    builder.directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("ASSAY_PRODUCT", product.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("ASSAY_WAREHOUSE");
    builder.environment().remove("ASSAY_HOME");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }
}
