package dev.assay.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.datazone.DataZoneClient;
import software.amazon.awssdk.services.datazone.model.AccessDeniedException;
import software.amazon.awssdk.services.datazone.model.AssetItem;
import software.amazon.awssdk.services.datazone.model.FormOutput;
import software.amazon.awssdk.services.datazone.model.GetAssetResponse;
import software.amazon.awssdk.services.datazone.model.SearchInventoryResultItem;
import software.amazon.awssdk.services.datazone.model.SearchOutputAdditionalAttribute;
import software.amazon.awssdk.services.datazone.model.SearchRequest;
import software.amazon.awssdk.services.datazone.model.ValidationException;

/** The real client finds assets in the stub, in an order that a caller must not trust. */
class DataZoneSearchIT {
  private static final String DOMAIN = "dzd_x";
  private static final String SILVER = "arn:aws:glue:us-east-1:123456789012:table/silver/";

  @RegisterExtension final RecordedRequests requests = new RecordedRequests();

  private DataZoneStub stub;
  private DataZoneDomain domain;
  private DataZoneClient client;

  @BeforeEach
  void start() throws IOException {
    stub = DataZoneStub.start(requests);
    domain = stub.domain(DOMAIN);
    client = TestClients.onceAt(stub.endpoint(), DataZoneClient.builder());
  }

  @AfterEach
  void stop() {
    client.close();
    stub.close();
  }

  @Test
  void putsNearNamesBeforeTheOneThatIsMeant() {
    domain.glueAsset("p1", SILVER + "orders", "order_id");
    domain.glueAsset("p1", SILVER + "orders_v2", "order_id");
    domain.glueAsset("p1", SILVER + "returns", "orders_id");
    domain.glueAsset("p1", SILVER + "customers", "name");

    assertThat(names(r -> r.searchText("\"orders\"")))
        .containsExactly("orders_v2", "orders", "returns");
    assertThat(names(r -> r.searchText("orders")))
        .containsExactly("orders_v2", "orders", "returns");
    assertThat(names(r -> r.searchText("orders customers")))
        .containsExactly("orders", "orders_v2", "customers", "returns");
    assertThat(names(r -> r.searchText("\"orders customers\""))).isEmpty();
  }

  @Test
  void pagesAndPutsTheMeantOneOnALaterPage() {
    for (int i = 0; i < 60; i++) {
      domain.glueAsset("p1", SILVER + "orders_" + i, "order_id");
    }
    String meant = domain.glueAsset("p1", SILVER + "orders", "order_id");

    var first =
        client.search(
            r ->
                r.domainIdentifier(DOMAIN)
                    .searchScope("ASSET")
                    .searchText("\"orders\"")
                    .maxResults(50));
    List<SearchInventoryResultItem> rest =
        client
            .search(
                r ->
                    r.domainIdentifier(DOMAIN)
                        .searchScope("ASSET")
                        .searchText("\"orders\"")
                        .maxResults(50)
                        .nextToken(first.nextToken()))
            .items();

    assertThat(first.items()).hasSize(50);
    assertThat(first.totalMatchCount()).isEqualTo(61);
    assertThat(rest).hasSize(11);
    assertThat(rest.get(10).assetItem().identifier()).isEqualTo(meant);
    assertThatThrownBy(
            () ->
                client.search(r -> r.domainIdentifier(DOMAIN).searchScope("ASSET").maxResults(51)))
        .isInstanceOf(ValidationException.class);
    assertThat(requests.takeViolations()).extracting(Violation::path).containsExactly("maxResults");
  }

  @Test
  void givesFormsOnRequestOnly() {
    domain.glueAsset("p1", SILVER + "orders", "order_id:bigint", "total");

    assertThat(items(r -> {}).get(0).additionalAttributes()).isNull();
    AssetItem item =
        items(r -> r.additionalAttributes(SearchOutputAdditionalAttribute.FORMS)).get(0);
    assertThat(item.additionalAttributes().formsOutput())
        .extracting(FormOutput::formName)
        .containsExactly("GlueTableForm", "AssetCommonDetailsForm");
    assertThat(item.additionalAttributes().formsOutput().get(0).content())
        .contains(
            "\"tableArn\":\"" + SILVER + "orders\"",
            "{\"columnName\":\"order_id\",\"dataType\":\"bigint\"}");
    assertThat(item.additionalAttributes().formsOutput().get(1).content())
        .isEqualTo("{\"sourceIdentifier\":\"%sorders\"}".formatted(SILVER));
  }

  @Test
  void filtersByProjectAndType() {
    domain.glueAsset("p1", SILVER + "orders", "order_id");
    domain.glueAsset("p2", SILVER + "orders_v2", "order_id");

    assertThat(names(r -> r.owningProjectIdentifier("p2"))).containsExactly("orders_v2");
    assertThat(
            names(
                r ->
                    r.filters(
                        f ->
                            f.and(
                                a -> a.filter(e -> e.attribute("owningProjectId").value("p1")),
                                a ->
                                    a.filter(
                                        e ->
                                            e.attribute("typeName")
                                                .value("amazon.datazone.GlueTableAssetType"))))))
        .containsExactly("orders");
    assertThatThrownBy(
            () -> names(r -> r.filters(f -> f.filter(e -> e.attribute("tableArn").value("x")))))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("tableArn is not an attribute");
  }

  @Test
  void describesAnAsset() {
    String id = domain.glueAsset("p1", SILVER + "orders", "order_id");

    GetAssetResponse asset = client.getAsset(r -> r.domainIdentifier(DOMAIN).identifier(id));

    assertThat(id).matches("[a-z0-9]{14}");
    assertThat(asset.revision()).isEqualTo("1");
    assertThat(asset.owningProjectId()).isEqualTo("p1");
    assertThat(asset.readOnlyFormsOutput())
        .extracting(FormOutput::formName)
        .containsExactly("DataSourceReferenceForm");
    assertThat(asset.latestTimeSeriesDataPointFormsOutput()).isEmpty();
  }

  @Test
  void refusesADomainThatItDoesNotHave() {
    assertThatThrownBy(
            () -> client.search(r -> r.domainIdentifier("dzd-other").searchScope("ASSET")))
        .isInstanceOf(AccessDeniedException.class);
  }

  @Test
  void saysWhatItDoesNotModel() {
    assertThatThrownBy(
            () -> client.search(r -> r.domainIdentifier(DOMAIN).searchScope("DATA_PRODUCT")))
        .hasMessageContaining("the stub failed");
    assertThat(requests.takeViolations())
        .singleElement()
        .asString()
        .contains("the stub does not model a search for DATA_PRODUCT");
  }

  private List<String> names(Consumer<SearchRequest.Builder> request) {
    return items(request).stream().map(AssetItem::name).toList();
  }

  private List<AssetItem> items(Consumer<SearchRequest.Builder> request) {
    return client
        .search(r -> request.accept(r.domainIdentifier(DOMAIN).searchScope("ASSET")))
        .items()
        .stream()
        .map(SearchInventoryResultItem::assetItem)
        .toList();
  }
}
