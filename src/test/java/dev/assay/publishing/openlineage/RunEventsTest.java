package dev.assay.publishing.openlineage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.model.RuleOutcome.Verdict;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.publishing.Announcement;
import dev.assay.publishing.SomeRuns;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What run events say, and how they call things. */
class RunEventsTest {
  private static final String RUN = "0190c6f0-7b1e-7c3a-9d55-5d0d6d2c1a11";

  private final RunRecord published = SomeRuns.run(SomeRuns.TRIPS, RUN, RunState.PUBLISHED, 5);

  @Test
  void aPublishedRunIsOneRunFromItsRealStartToItsSnapshot() {
    JsonNode start = event(Announcement.Kind.STARTED, published);
    JsonNode complete = event(Announcement.Kind.COMPLETED, published);

    assertThat(start.path("eventType").asText()).isEqualTo("START");
    assertThat(start.path("eventTime").asText()).isEqualTo("2026-11-18T06:05:00Z");
    assertThat(start.path("outputs").isEmpty()).isTrue();
    assertThat(complete.path("eventType").asText()).isEqualTo("COMPLETE");
    assertThat(start.path("run").path("runId").asText())
        .isEqualTo(complete.path("run").path("runId").asText())
        .isEqualTo(RUN);
    assertThat(complete.path("job").path("name").asText()).isEqualTo("demo.trips");
    assertThat(complete.path("schemaURL").asText())
        .isEqualTo("https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent");
    JsonNode output = complete.path("outputs").get(0);
    assertThat(output.path("facets").path("version").path("datasetVersion").asText())
        .isEqualTo("1");
    assertThat(output.path("facets").path("schema").path("fields").get(0).path("name").asText())
        .isEqualTo("driver");
  }

  @Test
  void tablesOfGlueAreCalledSoThatNamespaceAndNameAreTheArn() {
    JsonNode output = event(Announcement.Kind.COMPLETED, published).path("outputs").get(0);

    assertThat(output.path("namespace").asText() + "/" + output.path("name").asText())
        .isEqualTo("arn:aws:glue:eu-central-1:123456789012:table/prepared/trips");
    JsonNode symlink = output.path("facets").path("symlinks").path("identifiers").get(0);
    assertThat(symlink.path("namespace").asText() + "/" + symlink.path("name").asText())
        .isEqualTo("arn:aws:glue:eu-central-1:123456789012/table/prepared/trips");
  }

  @Test
  void inputsHaveTheSnapshotThatWasReadAndFilesTheirBucket() {
    JsonNode inputs = event(Announcement.Kind.COMPLETED, published).path("inputs");

    assertThat(inputs.get(0).path("name").asText()).isEqualTo("raw/trips");
    assertThat(inputs.get(0).path("facets").path("version").path("datasetVersion").asText())
        .isEqualTo("41");
    assertThat(inputs.get(1).path("namespace").asText()).isEqualTo("s3://landing");
    assertThat(inputs.get(1).path("name").asText()).isEqualTo("exports/cars");
  }

  @Test
  void columnsNameTheColumnsTheyComeFromAndMasks() {
    JsonNode lineage =
        event(Announcement.Kind.COMPLETED, published)
            .path("outputs")
            .get(0)
            .path("facets")
            .path("columnLineage");

    JsonNode source = lineage.path("fields").path("driver").path("inputFields").get(0);
    assertThat(source.path("namespace").asText())
        .isEqualTo("arn:aws:glue:eu-central-1:123456789012:table");
    assertThat(source.path("field").asText()).isEqualTo("driver_name");
    assertThat(source.path("transformations").toString())
        .isEqualTo(
            "[{\"type\":\"DIRECT\",\"subtype\":\"TRANSFORMATION\",\"description\":\"\",\"masking\":true}]");
    assertThat(lineage.path("dataset").get(0).path("field").asText()).isEqualTo("vin");
    assertThat(lineage.path("dataset").toString()).contains("\"INDIRECT\"", "\"JOIN\"");
  }

  @Test
  void aHeldRunFailsWithItsRulesAndNoOutput() {
    RunRecord held = SomeRuns.run(SomeRuns.TRIPS, RUN, RunState.HELD, 5);

    JsonNode event = event(Announcement.Kind.FAILED, held);

    assertThat(event.path("eventType").asText()).isEqualTo("FAIL");
    assertThat(event.path("outputs").isEmpty()).isTrue();
    assertThat(event.path("run").path("facets").path("errorMessage").path("message").asText())
        .isEqualTo("The gate holds it: The score is below 99.");
    JsonNode tested = event.path("inputs").get(2);
    assertThat(tested.path("name").asText()).isEqualTo("prepared/trips");
    assertThat(tested.path("inputFacets").path("dataQualityAssertions").path("assertions"))
        .hasSize(2)
        .allMatch(assertion -> assertion.path("column").asText().equals("driver"))
        .anyMatch(assertion -> !assertion.path("success").asBoolean());
  }

  @Test
  void theSameFactsAreTheSameText() {
    assertThat(json(Announcement.Kind.COMPLETED, published))
        .isEqualTo(json(Announcement.Kind.COMPLETED, published));
  }

  @Test
  void tablesInAFolderAreCalledByWhereTheyLie() {
    DatasetNames local = DatasetNames.ofWarehouse("/lake/warehouse");

    assertThat(local.table(SomeRuns.TRIPS).namespace()).isEqualTo("file");
    assertThat(local.table(SomeRuns.TRIPS).name()).isEqualTo("/lake/warehouse/prepared/trips");
    assertThat(DatasetNames.ofWarehouse("s3://lake/w").table(SomeRuns.TRIPS).name())
        .isEqualTo("w/prepared/trips");
  }

  private static JsonNode event(Announcement.Kind kind, RunRecord run) {
    try {
      return new ObjectMapper().readTree(json(kind, run));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String json(Announcement.Kind kind, RunRecord run) {
    return new RunEvents(
            URI.create("https://assay.dev/test"),
            "assay",
            DatasetNames.ofGlue("aws", "eu-central-1", "123456789012"))
        .json(
            SomeRuns.announced(kind, run),
            SomeRuns.lineage(),
            List.of(
                SomeRuns.outcome("IsComplete \"driver\"", Verdict.FAILED),
                SomeRuns.outcome("Completeness \"driver\" > 0.5", Verdict.PASSED),
                SomeRuns.outcome("Entropy \"driver\" > 1", Verdict.UNANSWERED)));
  }
}
