package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.CommandLineProject.Said;
import dev.assay.testing.aws.ComprehendStub;
import dev.assay.testing.aws.RecordedRequests;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The commands about endpoints, as their user sees them. */
class EndpointCommandIT {
  private static final String ARN =
      "arn:aws:comprehend:us-east-1:123456789012:document-classifier-endpoint/";

  @RegisterExtension final RecordedRequests requests = new RecordedRequests();
  @TempDir Path folder;

  private ComprehendStub stub;
  private CommandLineProject project;

  @BeforeEach
  void start() throws IOException {
    stub = ComprehendStub.start(requests, Clock.offset(Clock.systemUTC(), Duration.ofHours(-10)));
    project = new CommandLineProject(folder);
    profile(
        "classifier: %s, prices: {currency: USD, region: us-east-1, date: 2026-11-01, endpoint-second: 0.0005}"
            .formatted(ComprehendStub.CLASSIFIER));
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  @Test
  void costsAreSaidAndAcceptedBeforeAnEndpointIsThere() {
    Said said = project.command("endpoint", "create", "sms", "--units", "2");

    assertThat(said.code()).as(said.text()).isEqualTo(2);
    assertThat(said.text())
        .contains(
            "Endpoint sms was not created: nobody has accepted its costs.",
            "3.60 USD an hour, 86.40 USD a day");
    assertThat(stub.endpoints().paid()).isEmpty();
  }

  @Test
  void createsListsAndDeletes() {
    Said created = project.command("endpoint", "create", "sms", "--units", "2", "--yes");
    Said again = project.command("endpoint", "create", "sms", "--units", "2");
    Said other = project.command("endpoint", "create", "other", "--yes");
    Said listed = project.command("endpoint", "list");
    Said deleted = project.command("endpoint", "delete", "sms");
    Said gone = project.command("endpoint", "delete", ARN + "sms");

    assertThat(created.code()).as(created.text()).isZero();
    assertThat(created.text())
        .contains(
            "3.60 USD an hour",
            ARN + "sms: IN_SERVICE",
            "The profile names it: comprehend: {endpoint: \"%ssms\", classifier: \"%s\", inference-units: 2}"
                .formatted(ARN, ComprehendStub.CLASSIFIER),
            "When it is no longer needed: ./assay endpoint delete sms");
    assertThat(again.code()).as(again.text()).isZero();
    assertThat(again.text()).doesNotContain("costs");
    assertThat(other.code()).isZero();
    assertThat(listed.text().lines().map(line -> line.strip().replaceAll(" {2,}", "|")))
        .contains(
            "other|IN_SERVICE|1|10 h 0 min|1.80 USD|18 USD|" + ComprehendStub.CLASSIFIER,
            "sms|IN_SERVICE|2|10 h 0 min|3.60 USD|36 USD|" + ComprehendStub.CLASSIFIER,
            "Together 5.40 USD an hour.");
    assertThat(deleted.code()).as(deleted.text()).isZero();
    assertThat(deleted.text()).contains("sms is gone, and costs nothing from now on.");
    assertThat(gone.code()).isZero();
    assertThat(gone.text()).contains("There is no endpoint", "nothing to delete");
    assertThat(stub.endpoints().paid()).containsExactly(ARN + "other");
  }

  @Test
  void saysWhatIsMissingOrWrong() {
    assertThat(project.command("endpoint", "create", "no_underscores", "--yes"))
        .isEqualTo(
            new Said(
                2,
                "'no_underscores' is no name of an endpoint. Expected letters, digits and hyphens between them, at most 40.\n"));
    assertThat(project.command("endpoint", "create", "sms", "--units", "11", "--yes").text())
        .isEqualTo("--units is 11. Expected 1 to 10 inference units.\n");
    profile("threads: 1");
    Said unknown = project.command("endpoint", "create", "sms", "--yes");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.text()).startsWith("Neither --classifier nor profile ");
    project.file("profile.yaml", "catalog: {name: lake, properties: {type: hadoop}}\n");
    Said none = project.command("endpoint", "list");
    assertThat(none.code()).isEqualTo(4);
    assertThat(none.text()).contains("names no Comprehend").doesNotContain("Exception");
    assertThat(requests.all()).isEmpty();
  }

  @Test
  void aPriceThatNobodyKnowsIsSaidToBeUnknown() {
    profile("threads: 1");
    Said created =
        project.command(
            "endpoint", "create", "sms", "--classifier", ComprehendStub.CLASSIFIER, "--yes");
    Said listed = project.command("endpoint", "list");

    assertThat(created.text()).contains("costs an amount that the profile does not say");
    assertThat(listed.text()).contains("The profile does not say what they cost");
  }

  @Test
  void saysThatThereIsNone() {
    assertThat(project.command("endpoint", "list").text())
        .isEqualTo("There is no endpoint that Assay created.\n");
  }

  private void profile(String comprehend) {
    project.file(
        "profile.yaml",
        """
        catalog: {name: lake, properties: {type: hadoop, warehouse: "${home}/warehouse"}}
        comprehend: {region: us-east-1, endpoint-url: "%s", %s}
        """
            .formatted(stub.endpoint(), comprehend));
  }
}
