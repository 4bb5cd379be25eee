package dev.assay.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.datazone.DataZoneClient;
import software.amazon.awssdk.services.datazone.model.AssetListingItem;
import software.amazon.awssdk.services.datazone.model.ConflictException;
import software.amazon.awssdk.services.datazone.model.CreateAssetRevisionResponse;
import software.amazon.awssdk.services.datazone.model.CreateListingChangeSetResponse;
import software.amazon.awssdk.services.datazone.model.DetailedGlossaryTerm;
import software.amazon.awssdk.services.datazone.model.FormInput;
import software.amazon.awssdk.services.datazone.model.FormOutput;
import software.amazon.awssdk.services.datazone.model.GetAssetResponse;
import software.amazon.awssdk.services.datazone.model.GetListingResponse;
import software.amazon.awssdk.services.datazone.model.ListingStatus;
import software.amazon.awssdk.services.datazone.model.Model;
import software.amazon.awssdk.services.datazone.model.ResourceNotFoundException;
import software.amazon.awssdk.services.datazone.model.SearchInventoryResultItem;
import software.amazon.awssdk.services.datazone.model.SearchOutputAdditionalAttribute;
import software.amazon.awssdk.services.datazone.model.SearchTypesResultItem;
import software.amazon.awssdk.services.datazone.model.ValidationException;

/** The real client makes revisions, listings, glossaries and form types in the stub. */
class DataZoneGovernanceIT {
  private static final String DOMAIN = "dzd_x";
  private static final String ARN = "arn:aws:glue:us-east-1:123456789012:table/silver/orders";

  @RegisterExtension final RecordedRequests requests = new RecordedRequests();

  private DataZoneStub stub;
  private DataZoneDomain domain;
  private DataZoneClient client;
  private String asset = "";

  @BeforeEach
  void start() throws IOException {
    stub = DataZoneStub.start(requests);
    domain = stub.domain(DOMAIN);
    asset = domain.glueAsset("p1", ARN, "order_id");
    client = TestClients.patchingAt(stub.endpoint(), DataZoneClient.builder());
  }

  @AfterEach
  void stop() {
    client.close();
    stub.close();
  }

  @Test
  void aRevisionReplacesEverythingThatIsNotSentAgain() {
    String term = domain.glossaryTerm("p1", "Classification", "internal");
    formType("OwnerForm", "structure OwnerForm { owner: String }");
    List<FormInput> all = new ArrayList<>(forms(asset()));
    all.add(form("OwnerForm", "OwnerForm", "{\"owner\":\"jo\"}"));

    CreateAssetRevisionResponse second =
        client.createAssetRevision(
            r ->
                r.domainIdentifier(DOMAIN)
                    .identifier(asset)
                    .name("Orders")
                    .description("all of them")
                    .glossaryTerms(term)
                    .formsInput(all));

    assertThat(second.revision()).isEqualTo("2");
    assertThat(asset().formsOutput())
        .extracting(FormOutput::formName, FormOutput::typeRevision)
        .containsExactly(
            tuple("GlueTableForm", "13"),
            tuple("AssetCommonDetailsForm", "6"),
            tuple("OwnerForm", "1"));
    assertThat(asset().glossaryTerms()).containsExactly(term);

    client.createAssetRevision(
        r ->
            r.domainIdentifier(DOMAIN)
                .identifier(asset)
                .name("Orders")
                .formsInput(form("OwnerForm", "OwnerForm", "{}")));

    assertThat(asset().revision()).isEqualTo("3");
    assertThat(asset().formsOutput()).extracting(FormOutput::formName).containsExactly("OwnerForm");
    assertThat(asset().glossaryTerms()).isEmpty();
    assertThat(asset().description()).isNull();
    // what only the service writes is still there, and so is what was
    assertThat(asset().readOnlyFormsOutput()).hasSize(1);
    assertThat(
            client
                .getAsset(r -> r.domainIdentifier(DOMAIN).identifier(asset).revision("2"))
                .description())
        .isEqualTo("all of them");
    assertThat(domain.revisions(asset)).hasSize(3);
  }

  @Test
  void refusesARevisionThatIsNotInOrder() {
    String disabled =
        client
            .createGlossary(
                r -> r.domainIdentifier(DOMAIN).name("Old").owningProjectIdentifier("p1"))
            .id();
    String term =
        client
            .createGlossaryTerm(
                r ->
                    r.domainIdentifier(DOMAIN)
                        .glossaryIdentifier(disabled)
                        .name("t")
                        .status("ENABLED"))
            .id();

    assertThatThrownBy(() -> revise(form("DataSourceReferenceForm", "x", "{}")))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("read-only");
    assertThatThrownBy(() -> revise(form("NewForm", "NoSuchFormType", "{}")))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> revise(forms(asset()).get(0).toBuilder().typeRevision("12").build()))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining(
            "expected amazon.datazone.GlueTableFormType@13 but was provided amazon.datazone.GlueTableFormType@12");
    assertThatThrownBy(
            () ->
                client.createAssetRevision(
                    r ->
                        r.domainIdentifier(DOMAIN).identifier(asset).name("a").glossaryTerms(term)))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("is not enabled");
    assertThat(domain.revisions(asset)).hasSize(1);
  }

  @Test
  void makesAnAssetOnceByItsExternalIdentifier() {
    String id = create("ext-1", "t1");

    assertThat(create("ext-1", "t1")).isEqualTo(id);
    assertThatThrownBy(() -> create("ext-1", "t2")).isInstanceOf(ConflictException.class);
  }

  @Test
  void publishesLaterAndShowsWhatWasPublished() {
    CreateListingChangeSetResponse published = publish("PUBLISH");
    assertThat(published.status()).isEqualTo(ListingStatus.CREATING);
    assertThat(listing(published.listingId()).status()).isEqualTo(ListingStatus.ACTIVE);
    revise(form("GlueTableForm", "amazon.datazone.GlueTableFormType", "{\"tableName\":\"new\"}"));

    GetListingResponse listing = listing(published.listingId());

    assertThat(listing.item().assetListing().assetRevision()).isEqualTo("1");
    assertThat(listing.item().assetListing().forms()).contains("\"GlueTableForm\":{", ARN);
    assertThat(asset().listing().listingId()).isEqualTo(published.listingId());
    CreateListingChangeSetResponse again = publish("PUBLISH");
    assertThat(again.listingId()).isEqualTo(published.listingId());
    assertThat(again.listingRevision()).isEqualTo("2");
    assertThat(listing(again.listingId()).item().assetListing().assetRevision()).isEqualTo("2");
    assertThat(publish("UNPUBLISH").status()).isEqualTo(ListingStatus.INACTIVE);
    assertThat(listings("orders")).isEmpty();
  }

  @Test
  void searchesListingsNearNamesFirst() throws IOException {
    String term = domain.glossaryTerm("p1", "Classification", "internal");
    client.createAssetRevision(
        r ->
            r.domainIdentifier(DOMAIN)
                .identifier(asset)
                .name("orders")
                .glossaryTerms(term)
                .formsInput(forms(asset())));
    String listing = domain.publish(asset);
    domain.publish(domain.glueAsset("p1", ARN + "_v2", "order_id"));
    domain.glueAsset("p1", ARN + "_v3", "order_id");

    List<AssetListingItem> found = listings("\"orders\"");

    assertThat(found).extracting(AssetListingItem::name).containsExactly("orders_v2", "orders");
    assertThat(found.get(1).listingId()).isEqualTo(listing);
    assertThat(found.get(1).entityId()).isEqualTo(asset);
    assertThat(found.get(1).glossaryTerms())
        .extracting(DetailedGlossaryTerm::name)
        .containsExactly("internal");
    JsonNode forms = RequestProtocol.JSON.readTree(found.get(1).additionalAttributes().forms());
    assertThat(forms.path("GlueTableForm").path("tableArn").asText()).isEqualTo(ARN);
  }

  @Test
  void makesGlossariesAndTermsOnceAndFindsThem() {
    String glossary =
        client
            .createGlossary(
                r ->
                    r.domainIdentifier(DOMAIN)
                        .name("Business")
                        .owningProjectIdentifier("p1")
                        .status("ENABLED"))
            .id();
    String term =
        client
            .createGlossaryTerm(
                r ->
                    r.domainIdentifier(DOMAIN)
                        .glossaryIdentifier(glossary)
                        .name("Customer")
                        .shortDescription("who buys"))
            .id();

    assertThatThrownBy(
            () ->
                client.createGlossary(
                    r -> r.domainIdentifier(DOMAIN).name("Business").owningProjectIdentifier("p2")))
        .isInstanceOf(ConflictException.class);
    assertThatThrownBy(
            () ->
                client.createGlossaryTerm(
                    r -> r.domainIdentifier(DOMAIN).glossaryIdentifier(glossary).name("Customer")))
        .isInstanceOf(ConflictException.class);
    client.updateGlossaryTerm(
        r -> r.domainIdentifier(DOMAIN).identifier(term).status("ENABLED").longDescription("l"));
    client.updateGlossary(r -> r.domainIdentifier(DOMAIN).identifier(glossary).description("d"));

    var described = client.getGlossaryTerm(r -> r.domainIdentifier(DOMAIN).identifier(term));
    assertThat(described.statusAsString()).isEqualTo("ENABLED");
    assertThat(described.shortDescription()).isEqualTo("who buys");
    assertThat(
            client.getGlossary(r -> r.domainIdentifier(DOMAIN).identifier(glossary)).description())
        .isEqualTo("d");
    assertThat(search("GLOSSARY", "business"))
        .extracting(item -> item.glossaryItem().id())
        .containsExactly(glossary);
    assertThat(search("GLOSSARY_TERM", "\"customer\""))
        .extracting(
            item -> item.glossaryTermItem().id(), item -> item.glossaryTermItem().glossaryId())
        .containsExactly(tuple(term, glossary));
  }

  @Test
  void makesARevisionOfAFormTypeOnlyWhenItChanged() {
    assertThat(formType("OwnerForm", "structure OwnerForm {}")).isEqualTo("1");
    assertThat(formType("OwnerForm", "structure OwnerForm {}")).isEqualTo("1");
    assertThat(formType("OwnerForm", "structure OwnerForm { a: String }")).isEqualTo("2");

    assertThat(
            client
                .getFormType(
                    r -> r.domainIdentifier(DOMAIN).formTypeIdentifier("OwnerForm").revision("1"))
                .model()
                .smithy())
        .isEqualTo("structure OwnerForm {}");
    assertThat(types(false)).containsExactly("OwnerForm");
    assertThat(types(true)).contains("amazon.datazone.DataQualityResultFormType");
    assertThatThrownBy(
            () ->
                client.createFormType(
                    r ->
                        r.domainIdentifier(DOMAIN)
                            .name("OwnerForm")
                            .owningProjectIdentifier("p2")
                            .model(Model.fromSmithy("x"))))
        .isInstanceOf(ConflictException.class);
  }

  private GetAssetResponse asset() {
    return client.getAsset(r -> r.domainIdentifier(DOMAIN).identifier(asset));
  }

  private void revise(FormInput... forms) {
    client.createAssetRevision(
        r -> r.domainIdentifier(DOMAIN).identifier(asset).name("orders").formsInput(forms));
  }

  private String create(String external, String token) {
    return client
        .createAsset(
            r ->
                r.domainIdentifier(DOMAIN)
                    .name("a")
                    .owningProjectIdentifier("p1")
                    .typeIdentifier("CustomType")
                    .externalIdentifier(external)
                    .clientToken(token))
        .id();
  }

  private CreateListingChangeSetResponse publish(String action) {
    return client.createListingChangeSet(
        r -> r.domainIdentifier(DOMAIN).entityIdentifier(asset).entityType("ASSET").action(action));
  }

  private GetListingResponse listing(String id) {
    return client.getListing(r -> r.domainIdentifier(DOMAIN).identifier(id));
  }

  private List<AssetListingItem> listings(String text) {
    return client
        .searchListings(
            r ->
                r.domainIdentifier(DOMAIN)
                    .searchText(text)
                    .additionalAttributes(SearchOutputAdditionalAttribute.FORMS))
        .items()
        .stream()
        .map(item -> item.assetListing())
        .toList();
  }

  private List<SearchInventoryResultItem> search(String scope, String text) {
    return client
        .search(r -> r.domainIdentifier(DOMAIN).searchScope(scope).searchText(text))
        .items();
  }

  private String formType(String name, String smithy) {
    return client
        .createFormType(
            r ->
                r.domainIdentifier(DOMAIN)
                    .name(name)
                    .owningProjectIdentifier("p1")
                    .status("ENABLED")
                    .model(Model.fromSmithy(smithy)))
        .revision();
  }

  private List<String> types(boolean managed) {
    return client
        .searchTypes(r -> r.domainIdentifier(DOMAIN).searchScope("FORM_TYPE").managed(managed))
        .items()
        .stream()
        .map(SearchTypesResultItem::formTypeItem)
        .map(type -> type.name())
        .toList();
  }

  private static List<FormInput> forms(GetAssetResponse asset) {
    return asset.formsOutput().stream()
        .map(form -> form(form.formName(), form.typeName(), form.content()))
        .toList();
  }

  private static FormInput form(String name, String type, String content) {
    return FormInput.builder().formName(name).typeIdentifier(type).content(content).build();
  }
}
