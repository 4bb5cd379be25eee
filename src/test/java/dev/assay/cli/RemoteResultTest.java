package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.CommandLineProject.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the exit code of a run is told: to the shell, or to whoever reads its result. */
class RemoteResultTest {
  @TempDir Path folder;
  private CommandLineProject project;

  @BeforeEach
  void aPipelineThatIsWrong() {
    project =
        new CommandLineProject(folder)
            .file(
                "profile.yaml",
                "catalog: {name: lake, properties: {type: hadoop, warehouse: \"${home}/w\"}}\n")
            .file("jobs/demo/pipeline.yaml", "name: demo\nowner: me\nschedul: daily\n");
  }

  @Test
  void aResultAtAnAddressHoldsTheExitCodeAndTheCommandSucceeds() throws IOException {
    Path file = folder.resolve("results/result.json");

    Said said = run("file://" + file);

    assertThat(said.code()).as(said.text()).isZero();
    assertThat(said.text()).contains("unknown key 'schedul'");
    assertThat(Files.readString(file))
        .contains("\"exit_code\" : 4", "\"exit_kind\" : \"WRONG_FILES\"", "unknown key 'schedul'");
  }

  @Test
  void aResultInAFileOfThisMachineLeavesTheExitCodeAsItIs() {
    assertThat(run(folder.resolve("result.json").toString()).code()).isEqualTo(4);
  }

  @Test
  void aResultThatCannotBeWrittenIsAFailure() throws IOException {
    Path occupied = Files.writeString(folder.resolve("occupied"), "");

    assertThat(run("file://" + occupied.resolve("result.json")).code()).isEqualTo(5);
  }

  private Said run(String result) {
    return project.command("run", folder.resolve("jobs/demo").toString(), "--result", result);
  }
}
