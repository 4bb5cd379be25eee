package dev.assay.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.datazone.DataZoneClient;
import software.amazon.awssdk.services.datazone.model.AssetFilterConfiguration;
import software.amazon.awssdk.services.datazone.model.AssetFilterSummary;
import software.amazon.awssdk.services.datazone.model.ConflictException;
import software.amazon.awssdk.services.datazone.model.CreateAssetFilterResponse;
import software.amazon.awssdk.services.datazone.model.FilterStatus;
import software.amazon.awssdk.services.datazone.model.GetSubscriptionRequestDetailsResponse;
import software.amazon.awssdk.services.datazone.model.ResourceNotFoundException;
import software.amazon.awssdk.services.datazone.model.RowFilter;
import software.amazon.awssdk.services.datazone.model.RowFilterExpression;
import software.amazon.awssdk.services.datazone.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.datazone.model.SubscriptionRequestSummary;
import software.amazon.awssdk.services.datazone.model.ValidationException;

/** The real client decides about subscription requests in the stub, with filters of assets. */
class DataZoneSubscriptionsIT {
  private static final String DOMAIN = "dzd_x";
  private static final String ARN = "arn:aws:glue:us-east-1:123456789012:table/silver/orders";

  @RegisterExtension final RecordedRequests requests = new RecordedRequests();

  private DataZoneStub stub;
  private DataZoneDomain domain;
  private DataZoneClient client;
  private String asset = "";
  private String listing = "";

  @BeforeEach
  void start() throws IOException {
    stub = DataZoneStub.start(requests);
    domain = stub.domain(DOMAIN);
    asset = domain.glueAsset("p1", ARN, "order_id", "country");
    listing = domain.publish(asset);
    client = TestClients.patchingAt(stub.endpoint(), DataZoneClient.builder());
  }

  @AfterEach
  void stop() {
    client.close();
    stub.close();
  }

  @Test
  void acceptsARequestOnceWithFiltersOfItsAsset() {
    String request = domain.subscriptionRequest("consumer", listing, "for a report");
    String filter = columns("ids", "order_id").id();

    accept(request, filter);

    assertThat(details(request).statusAsString()).isEqualTo("ACCEPTED");
    assertThat(details(request).decisionComment()).isEqualTo("public");
    assertThat(details(request).subscribedPrincipals().get(0).project().id()).isEqualTo("consumer");
    assertThat(
            details(request)
                .subscribedListings()
                .get(0)
                .item()
                .assetListing()
                .assetScope()
                .filterIds())
        .containsExactly(filter);
    assertThatThrownBy(() -> accept(request)).isInstanceOf(ConflictException.class);
    assertThat(domain.subscriptionRequest(request).path("status").asText()).isEqualTo("ACCEPTED");
  }

  @Test
  void takesAtMostFiveValidFiltersOfTheAsset() {
    String request = domain.subscriptionRequest("consumer", listing, "for a report");
    String[] six =
        IntStream.range(0, 6)
            .mapToObj(i -> columns("f" + i, "order_id").id())
            .toArray(String[]::new);
    String invalid = columns("bad", "no_such_column").id();

    assertThatThrownBy(() -> accept(request, six))
        .isInstanceOf(ServiceQuotaExceededException.class);
    assertThatThrownBy(() -> accept(request, "none")).isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> accept(request, invalid)).isInstanceOf(ValidationException.class);
    assertThat(details(request).statusAsString()).isEqualTo("PENDING");
  }

  @Test
  void listsRequestsByStatusAndProjects() {
    String first = domain.subscriptionRequest("consumer", listing, "one");
    String second = domain.subscriptionRequest("other", listing, "two");
    client.rejectSubscriptionRequest(
        r -> r.domainIdentifier(DOMAIN).identifier(second).decisionComment("confidential"));

    assertThat(pending("p1")).extracting(SubscriptionRequestSummary::id).containsExactly(first);
    assertThat(pending("p2")).isEmpty();
    assertThat(
            client
                .listSubscriptionRequests(
                    r -> r.domainIdentifier(DOMAIN).owningProjectId("other").status("REJECTED"))
                .items())
        .extracting(SubscriptionRequestSummary::id)
        .containsExactly(second);
  }

  @Test
  void takesRequestsOfProjects() {
    String request =
        client
            .createSubscriptionRequest(
                r ->
                    r.domainIdentifier(DOMAIN)
                        .requestReason("for a report")
                        .subscribedPrincipals(p -> p.project(x -> x.identifier("consumer")))
                        .subscribedListings(l -> l.identifier(listing)))
            .id();

    assertThat(details(request).subscribedListings().get(0).ownerProjectId()).isEqualTo("p1");
  }

  @Test
  void keepsFiltersByNameAndSaysWhetherTheyAreValid() {
    CreateAssetFilterResponse rows =
        client.createAssetFilter(
            r ->
                r.domainIdentifier(DOMAIN)
                    .assetIdentifier(asset)
                    .name("germany")
                    .configuration(rows("land")));
    assertThat(rows.status()).isEqualTo(FilterStatus.INVALID);
    assertThat(rows.errorMessage()).contains("land");
    assertThatThrownBy(() -> columns("germany", "order_id")).isInstanceOf(ConflictException.class);

    client.updateAssetFilter(
        r ->
            r.domainIdentifier(DOMAIN)
                .assetIdentifier(asset)
                .identifier(rows.id())
                .configuration(rows("country")));

    assertThat(
            client.getAssetFilter(
                r -> r.domainIdentifier(DOMAIN).assetIdentifier(asset).identifier(rows.id())))
        .satisfies(filter -> assertThat(filter.status()).isEqualTo(FilterStatus.VALID))
        .satisfies(filter -> assertThat(filter.effectiveRowFilter()).contains("country"));
    assertThat(
            client.listAssetFilters(r -> r.domainIdentifier(DOMAIN).assetIdentifier(asset)).items())
        .extracting(AssetFilterSummary::name, AssetFilterSummary::status)
        .containsExactly(tuple("germany", FilterStatus.VALID));
    client.deleteAssetFilter(
        r -> r.domainIdentifier(DOMAIN).assetIdentifier(asset).identifier(rows.id()));
    assertThat(domain.assetFilters(asset)).isEmpty();
  }

  @Test
  void reportsAFilterThatIsNoneOrBoth() {
    assertThatThrownBy(
            () ->
                client.createAssetFilter(
                    r ->
                        r.domainIdentifier(DOMAIN)
                            .assetIdentifier(asset)
                            .name("both")
                            .configuration(
                                AssetFilterConfiguration.builder()
                                    .columnConfiguration(c -> c.includedColumnNames("order_id"))
                                    .rowConfiguration(rows("country").rowConfiguration())
                                    .build())))
        .isInstanceOf(ValidationException.class);
    assertThat(requests.takeViolations())
        .extracting(Violation::path)
        .containsExactly("configuration");
  }

  private void accept(String request, String... filters) {
    client.acceptSubscriptionRequest(
        r -> {
          r.domainIdentifier(DOMAIN).identifier(request).decisionComment("public");
          if (filters.length > 0) {
            r.assetScopes(s -> s.assetId(asset).filterIds(filters));
          }
        });
  }

  private GetSubscriptionRequestDetailsResponse details(String request) {
    return client.getSubscriptionRequestDetails(
        r -> r.domainIdentifier(DOMAIN).identifier(request));
  }

  private List<SubscriptionRequestSummary> pending(String approver) {
    return client
        .listSubscriptionRequests(
            r -> r.domainIdentifier(DOMAIN).status("PENDING").approverProjectId(approver))
        .items();
  }

  private CreateAssetFilterResponse columns(String name, String... columns) {
    return client.createAssetFilter(
        r ->
            r.domainIdentifier(DOMAIN)
                .assetIdentifier(asset)
                .name(name)
                .configuration(
                    AssetFilterConfiguration.fromColumnConfiguration(
                        c -> c.includedColumnNames(columns))));
  }

  private static AssetFilterConfiguration rows(String column) {
    return AssetFilterConfiguration.fromRowConfiguration(
        c ->
            c.rowFilter(
                RowFilter.fromExpression(
                    RowFilterExpression.fromEqualTo(e -> e.columnName(column).value("DE")))));
  }
}
