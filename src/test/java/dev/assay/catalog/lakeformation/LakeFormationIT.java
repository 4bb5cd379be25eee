package dev.assay.catalog.lakeformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.catalog.TableFacts;
import dev.assay.cli.Moto;
import dev.assay.jobs.filter.RowFilters;
import dev.assay.model.AssayException;
import dev.assay.model.TableName;
import dev.assay.model.job.AccessPolicy;
import dev.assay.model.job.AccessPolicy.Approval;
import dev.assay.model.job.AccessPolicy.Level;
import dev.assay.model.job.GlueAccount;
import dev.assay.model.job.Registering;
import dev.assay.testing.aws.RecordedRequests;
import dev.assay.testing.aws.RecordingProxy;
import dev.assay.testing.aws.StubError;
import dev.assay.testing.aws.StubServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lakeformation.LakeFormationClient;

/** Tags and places at moto; filters, which moto does not have, at a stub. */
class LakeFormationIT {
  private static final TableName TRIPS = new TableName("semantic", "trips");
  private static final GlueAccount ACCOUNT = new GlueAccount("aws", "us-east-1", "123456789012");
  private static final TableFacts FACTS =
      TableFacts.of(
          TRIPS,
          Map.of("vin", "string", "driver", "string"),
          "s3://bucket/semantic/trips",
          Map.of(
              "assay.classification", "confidential",
              "assay.domain", "Cars",
              "assay.personal-data", "driver"));

  @RegisterExtension final RecordedRequests requests = new RecordedRequests();
  @TempDir private Path folder;

  @Test
  void aTablesPlaceAndTagsAreThereHoweverOftenItIsDescribed() throws Exception {
    try (Moto moto = Moto.start(folder.resolve("moto.log"));
        RecordingProxy proxy = RecordingProxy.start(URI.create(moto.endpoint()), requests)) {
      LakeFormation lake = open(proxy.endpoint());
      lake.describe(FACTS);
      lake.describe(FACTS);
      lake.describe(
          TableFacts.of(
              new TableName("semantic", "cars"),
              Map.of("vin", "string"),
              "s3://bucket/semantic/cars",
              Map.of("assay.classification", "public")));

      try (LakeFormationClient client =
          dev.assay.aws.Clients.open(
              LakeFormationClient.builder(),
              new dev.assay.model.job.AwsPlace(
                  Optional.of("us-east-1"),
                  Optional.of(URI.create(moto.endpoint())),
                  Optional.empty(),
                  Optional.empty()))) {
        assertThat(client.listResources(r -> {}).resourceInfoList())
            .extracting(one -> one.resourceArn())
            .containsExactlyInAnyOrder(
                "arn:aws:s3:::bucket/semantic/trips", "arn:aws:s3:::bucket/semantic/cars");
        assertThat(client.getLFTag(r -> r.tagKey("classification")).tagValues())
            .containsExactlyInAnyOrder("confidential", "public");
        assertThat(
                client
                    .getResourceLFTags(
                        r ->
                            r.resource(
                                x ->
                                    x.tableWithColumns(
                                        t ->
                                            t.databaseName("semantic")
                                                .name("trips")
                                                .columnNames("driver"))))
                    .toString())
            .contains("personal-data", "driver");
      }
    }
  }

  @Test
  void aPackageBecomesAFilterThatIsChangedWhenItIsThere() throws IOException {
    Map<String, JsonNode> filters = new HashMap<>();
    try (StubServer stub =
        StubServer.start(
            "lakeformation",
            requests,
            request -> {
              JsonNode data = request.input().path("TableData");
              String name = data.path("Name").asText();
              if (request.operation().equals("CreateDataCellsFilter")
                  && filters.containsKey(name)) {
                throw StubError.refused("AlreadyExistsException", name);
              }
              filters.put(name, data);
              return new ObjectMapper().createObjectNode();
            })) {
      LakeFormation lake = open(stub.endpoint());
      AccessPolicy policy =
          new AccessPolicy(
              TRIPS,
              "me",
              Map.of(
                  "germany",
                  new AccessPolicy.Package(
                      Level.FILTERED,
                      List.of("vin"),
                      Optional.of(RowFilters.parse("country = 'DE'")),
                      Approval.AUTO),
                  "rows",
                  new AccessPolicy.Package(
                      Level.FILTERED,
                      List.of(),
                      Optional.of(RowFilters.parse("a > 1")),
                      Approval.AUTO),
                  "columns",
                  new AccessPolicy.Package(
                      Level.FILTERED, List.of("vin"), Optional.empty(), Approval.AUTO),
                  "all",
                  new AccessPolicy.Package(
                      Level.FULL, List.of(), Optional.empty(), Approval.AUTO)));

      assertThat(lake.filter(policy)).isEqualTo(3);
      assertThat(lake.filter(policy)).isEqualTo(3);

      assertThat(filters).containsOnlyKeys("assay_germany", "assay_rows", "assay_columns");
      assertThat(filters.get("assay_germany").path("RowFilter").path("FilterExpression").asText())
          .isEqualTo("country = 'DE'");
      assertThat(filters.get("assay_columns").path("RowFilter").has("AllRowsWildcard")).isTrue();
      assertThat(filters.get("assay_rows").has("ColumnWildcard")).isTrue();
    }
  }

  @Test
  void aTagThatWasNotPutIsAnErrorThoughTheServiceSaysItIsFine() throws IOException {
    try (StubServer stub =
        StubServer.start(
            "lakeformation",
            requests,
            request ->
                request.operation().equals("AddLFTagsToResource")
                    ? failure()
                    : new ObjectMapper().createObjectNode())) {
      assertThatThrownBy(() -> open(stub.endpoint()).describe(FACTS))
          .isInstanceOf(AssayException.class)
          .hasMessageContaining("did not put tag 'classification' on semantic.trips")
          .hasMessageContaining("AccessDeniedException");
    }
  }

  private static JsonNode failure() {
    try {
      return new ObjectMapper()
          .readTree(
              """
              {"Failures": [{"LFTag": {"TagKey": "classification", "TagValues": ["confidential"]},
                "Error": {"ErrorCode": "AccessDeniedException"}}]}
              """);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static LakeFormation open(URI endpoint) {
    return LakeFormation.open(
        ACCOUNT,
        new Registering.LakeFormation(
            Optional.of("arn:aws:iam::123456789012:role/lake"),
            Map.of("environment", "test"),
            Optional.of(endpoint)));
  }
}
