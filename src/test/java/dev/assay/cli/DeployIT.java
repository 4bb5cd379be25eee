package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is deployed is what CloudFormation takes. */
class DeployIT {
  @Test
  void theTemplateHasNothingThatItsLinterComplainsOf() throws IOException, InterruptedException {
    Process linter =
        new ProcessBuilder(
                Path.of(".venv/bin/cfn-lint").toAbsolutePath().toString(),
                "--regions",
                "eu-central-1",
                "--include-checks",
                "W",
                "I",
                "--",
                "deploy/assay.yaml")
            .redirectErrorStream(true)
            .start();
    String said = new String(linter.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(linter.waitFor()).as(said).isZero();
  }
}
