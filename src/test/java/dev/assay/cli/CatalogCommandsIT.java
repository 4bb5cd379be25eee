package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.catalog.RecordedDecision;
import dev.assay.catalog.iceberg.IcebergDecisions;
import dev.assay.jobs.ProfileReader;
import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.testing.aws.DataZoneDomain;
import dev.assay.testing.aws.DataZoneStub;
import dev.assay.testing.aws.Fault;
import dev.assay.testing.aws.Progress;
import dev.assay.testing.aws.RecordedRequests;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Registration, central definitions and subscriptions, as producers and stewards see them. */
@Tag("long")
class CatalogCommandsIT {
  private static final String ARN =
      "arn:aws:glue:us-east-1:123456789012:table/semantic/odometer_statement";
  private static final String[] COLUMNS = {
    "vin:string", "month:date", "last_km:bigint", "country:string"
  };

  @RegisterExtension final RecordedRequests requests = new RecordedRequests();
  @TempDir private Path folder;

  private DataZoneStub stub;
  private DataZoneDomain domain;
  private Table table;

  /** How a call ended. */
  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void start() throws IOException {
    stub = DataZoneStub.start(requests);
    domain = stub.domain("dzd_x").progress(Progress.atOnce());
    write(
        "profile.yaml",
        """
        catalog:
          name: lake
          properties: {type: hadoop, warehouse: "%s"}
        publish:
          glue: {region: us-east-1, account: "123456789012"}
          datazone:
            domain: dzd_x
            region: us-east-1
            endpoint: %s
            register:
              project: p1
              central-project: central
              environment: lake
              data-access-role: arn:aws:iam::123456789012:role/service-role/GlueAccess
              blueprint:
                regions: [us-east-1]
                manage-access-role: arn:aws:iam::123456789012:role/access
                location: s3://bucket/datazone
              redshift: {cluster: wh}
        """
            .formatted(folder.resolve("warehouse"), stub.endpoint()));
    write(
        "governance/glossary.yaml",
        """
        name: Fleet
        owner: office@example.com
        terms: {Odometer: The distance a vehicle has driven.}
        """);
    write(
        "governance/forms.yaml",
        """
        name: TableFacts
        owner: office@example.com
        fields: {owner: owner, classification: classification, personalData: personal-data}
        """);
    write(
        "governance/odometer_statement.yaml",
        """
        table: semantic.odometer_statement
        owner: fleet@example.com
        packages:
          germany:
            level: filtered
            columns: [vin, month, last_km]
            rows: "country = 'DE' AND NOT last_km < 0"
            approval: auto
          everything: {level: full}
        """);
    table =
        catalog()
            .createTable(
                TableIdentifier.of("semantic", "odometer_statement"),
                new Schema(
                    Types.NestedField.required(1, "vin", Types.StringType.get()),
                    Types.NestedField.required(2, "month", Types.DateType.get()),
                    Types.NestedField.required(3, "last_km", Types.LongType.get()),
                    Types.NestedField.optional(4, "country", Types.StringType.get())),
                PartitionSpec.unpartitioned(),
                Map.of(
                    "owner", "fleet@example.com",
                    "comment", "Kilometres by month.",
                    "assay.classification", "internal",
                    "assay.terms", "Odometer"));
    domain.glueTable(ARN, COLUMNS).glueTable(ARN + "_v2", "vin");
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  @Test
  void aTableIsRegisteredFromNothingAndThenAsksForNothing() {
    defined();

    Ended first = assay("register", "semantic.odometer_statement");
    assertThat(first.err()).isEmpty();
    assertThat(first.code()).isZero();
    assertThat(first.out()).contains("imported", "new revision", "published", "1 changed");
    int before = writes();

    Ended second = assay("register", "semantic.odometer_statement");

    assertThat(second.code()).isZero();
    assertThat(second.out()).contains("known", "unchanged", "0 changed");
    assertThat(writes()).isEqualTo(before);
    ObjectNode asset = newest(assetOf(first.out()));
    assertThat(asset.path("description").asText()).isEqualTo("Kilometres by month.");
    assertThat(asset.path("glossaryTerms")).hasSize(1);
    assertThat(asset.toString())
        .contains("TableFacts", "fleet@example.com", "internal")
        .contains("GlueTableForm", "AssetCommonDetailsForm");
  }

  @Test
  void whatPeopleAddedInThePortalStays() {
    defined();
    String id = assetOf(assay("register", "semantic.odometer_statement").out());
    String term = domain.glossaryTerm("central", "Stewards", "Certified");
    try (var client =
        dev.assay.testing.aws.TestClients.onceAt(
            stub.endpoint(), software.amazon.awssdk.services.datazone.DataZoneClient.builder())) {
      var asset = client.getAsset(r -> r.domainIdentifier("dzd_x").identifier(id));
      java.util.ArrayList<String> terms = new java.util.ArrayList<>(asset.glossaryTerms());
      terms.add(term);
      client.createAssetRevision(
          r ->
              r.domainIdentifier("dzd_x")
                  .identifier(id)
                  .name("Odometer by month")
                  .description(asset.description())
                  .glossaryTerms(terms)
                  .formsInput(
                      asset.formsOutput().stream()
                          .map(
                              form ->
                                  software.amazon.awssdk.services.datazone.model.FormInput.builder()
                                      .formName(form.formName())
                                      .typeIdentifier(form.typeName())
                                      .typeRevision(form.typeRevision())
                                      .content(form.content())
                                      .build())
                          .toList()));
    }
    table.updateProperties().set("owner", "new@example.com").commit();

    assertThat(assay("register", "semantic.odometer_statement").out()).contains("new revision");

    ObjectNode asset = newest(id);
    assertThat(asset.path("name").asText()).isEqualTo("Odometer by month");
    assertThat(asset.path("glossaryTerms").toString()).contains(term);
    assertThat(asset.path("glossaryTerms")).hasSize(2);
    assertThat(asset.toString()).contains("new@example.com");
  }

  @Test
  void aTableIsImportedAgainOnlyWhenItsColumnsChange() {
    defined();
    assay("register", "semantic.odometer_statement");
    table.updateSchema().addColumn("first_km", Types.LongType.get()).commit();
    domain.glueTable(
        ARN, "vin:string", "month:date", "last_km:bigint", "country:string", "first_km:bigint");

    Ended again = assay("register", "semantic.odometer_statement");

    assertThat(again.out()).contains("imported", "published");
    assertThat(assay("register", "semantic.odometer_statement").out()).contains("0 changed");
  }

  @Test
  void theFirstListingOfAReviewedTableIsTheStewards() {
    defined();
    table.updateProperties().set("assay.first-publish", "review").commit();

    assertThat(assay("register", "semantic.odometer_statement").out())
        .contains("waits for steward");
    assertThat(assay("register", "semantic.odometer_statement", "--publish").out())
        .contains("published");
    table.updateProperties().set("comment", "Another text.").commit();
    assertThat(assay("register", "semantic.odometer_statement").out())
        .contains("new revision", "published");
  }

  @Test
  void anAnswerThatIsLostMakesNothingTwice() {
    defined();
    for (String operation :
        List.of(
            "CreateEnvironmentProfile",
            "CreateEnvironment",
            "CreateDataSource",
            "StartDataSourceRun",
            "CreateAssetRevision",
            "CreateListingChangeSet")) {
      stub.faults().next(operation, 1, Fault.dropAfterActing());
      Ended broken = assay("register", "semantic.odometer_statement");
      assertThat(broken.code()).as(operation).isEqualTo(5);
      assertThat(broken.err()).contains("DataZone does not answer", "Run it again");
    }

    Ended end = assay("register", "semantic.odometer_statement");

    assertThat(end.code()).isZero();
    assertThat(domain.revisions(assetOf(end.out()))).hasSize(2);
  }

  @Test
  void aRunThatFailsAndATableThatIsNotThereAreSaid() {
    defined();
    domain.failNextRuns(1);
    Ended failed = assay("register", "semantic.odometer_statement");
    assertThat(failed.code()).isEqualTo(5);
    assertThat(failed.err()).contains("failed", "run this again");
    assertThat(assay("register", "semantic.odometer_statement").code()).isZero();

    Ended unknown = assay("register", "semantic.odometer");
    assertThat(unknown.code()).isEqualTo(7);
    assertThat(unknown.err())
        .contains(
            "There is no table semantic.odometer.", "Did you mean 'semantic.odometer_statement'?");
  }

  @Test
  void aFormThatIsNotDefinedCentrallyIsAnErrorThatNamesTheCommand() {
    Ended ended = assay("register", "semantic.odometer_statement");

    assertThat(ended.code()).isEqualTo(4);
    assertThat(ended.err()).contains("TableFacts", "assay governance apply");
  }

  @Test
  void centralDefinitionsAreMadeOnceAndChangedWhenTheyMeanSomethingElse() throws IOException {
    assertThat(assay("governance", "apply").out()).contains("3 made or changed");
    assertThat(assay("governance", "apply").out()).contains("Nothing to do");
    write(
        "governance/glossary.yaml",
        """
        name: Fleet
        owner: office@example.com
        terms: {Odometer: Another meaning., Trip: A drive.}
        """);

    assertThat(assay("governance", "apply").out()).contains("2 made or changed");
    assertThat(assay("governance", "apply").out()).contains("Nothing to do");
  }

  @Test
  void aTableOfRedshiftIsRegisteredBesideOthersOfItsSchema() {
    domain
        .redshiftTable("wh", "sales", "public", "orders", "id:bigint")
        .redshiftTable("wh", "sales", "public", "returns", "id:bigint");
    defined();

    Ended first = assay("register", "--redshift", "sales.public.orders");
    assertThat(first.err()).isEmpty();
    assertThat(first.out()).contains("sales.public.orders", "imported", "published");
    assertThat(assay("register", "--redshift", "sales.public.orders").out())
        .contains("known", "0 changed");
    assertThat(assay("register", "--redshift", "sales.public.returns").out())
        .contains("sales.public.returns", "imported");
    assertThat(assay("register", "--redshift", "sales.orders").code()).isEqualTo(2);
  }

  @Test
  void requestsAreGrantedByThePackageOfTheContractAndOthersLeftToTheSteward() throws IOException {
    defined();
    String asset = assetOf(assay("register", "semantic.odometer_statement").out());
    String listing = domain.publish(asset);
    contract("register");
    String good = domain.subscriptionRequest("register", listing, "a report");
    String strange = domain.subscriptionRequest("stranger", listing, "curious");

    Ended dry = assay("subscriptions", "--dry-run", "--contracts", contracts());
    assertThat(dry.out()).contains("would be granted", "left to the steward");
    assertThat(status(good)).isEqualTo("PENDING");

    Ended ended = assay("subscriptions", "--contracts", contracts());

    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).contains(good, "granted", strange, "no contract about");
    assertThat(status(good)).isEqualTo("ACCEPTED");
    assertThat(status(strange)).isEqualTo("PENDING");
    assertThat(domain.assetFilters(asset))
        .extracting(filter -> filter.path("name").asText())
        .containsExactlyInAnyOrder("assay germany columns", "assay germany rows");
    assertThat(domain.assetFilters(asset).toString())
        .contains("greaterThanOrEqualTo", "\"DE\"", "last_km");
    assertThat(decisions())
        .extracting(one -> one.verdict().name() + " " + one.packageName() + " " + one.decidedBy())
        .containsExactly("INTENDED germany policy", "GRANTED germany policy");
  }

  @Test
  void aPackageThatCannotBeUsedKeepsNobodyElseWaiting() throws IOException {
    defined();
    String asset = assetOf(assay("register", "semantic.odometer_statement").out());
    String listing = domain.publish(asset);
    write(
        "governance/odometer_statement.yaml",
        """
        table: semantic.odometer_statement
        owner: fleet@example.com
        packages:
          wrong: {level: filtered, columns: [nowhere], approval: auto}
          germany: {level: filtered, columns: [vin], approval: auto}
        """);
    contract("register");
    write(
        "contracts/other.yaml",
        """
        name: other
        consumer: Others
        table: semantic.odometer_statement
        package: wrong
        project: other
        """);
    String wrong = domain.subscriptionRequest("other", listing, "first");
    String good = domain.subscriptionRequest("register", listing, "second");

    Ended ended = assay("subscriptions", "--contracts", contracts());

    assertThat(ended.code()).isEqualTo(4);
    assertThat(ended.out()).contains("DataZone does not take filter 'assay wrong columns'");
    assertThat(status(wrong)).isEqualTo("PENDING");
    assertThat(status(good)).isEqualTo("ACCEPTED");
  }

  @Test
  void theStewardDecidesAboutTheRest() {
    defined();
    String asset = assetOf(assay("register", "semantic.odometer_statement").out());
    String listing = domain.publish(asset);
    String one = domain.subscriptionRequest("stranger", listing, "curious");
    String two = domain.subscriptionRequest("other", listing, "bored");

    Ended typo =
        assay("subscriptions", "approve", one, "--package", "everthing", "--reason", "asked");
    assertThat(typo.code()).isEqualTo(2);
    assertThat(typo.err()).contains("Did you mean 'everything'?");
    assertThat(
            assay("subscriptions", "approve", one, "--package", "everything", "--reason", "asked")
                .out())
        .contains("Granted");
    assertThat(assay("subscriptions", "reject", two, "--reason", "no need").code()).isZero();

    assertThat(status(one)).isEqualTo("ACCEPTED");
    assertThat(status(two)).isEqualTo("REJECTED");
    assertThat(assay("subscriptions").out()).contains("No request is pending");
    assertThat(decisions())
        .extracting(decision -> decision.verdict().name())
        .containsExactly("INTENDED", "GRANTED", "REJECTED");
  }

  @Test
  void aGrantWhoseAnswerWasLostIsReadBack() throws IOException {
    defined();
    String asset = assetOf(assay("register", "semantic.odometer_statement").out());
    contract("register");
    String request = domain.subscriptionRequest("register", domain.publish(asset), "a report");
    stub.faults().next("AcceptSubscriptionRequest", 1, Fault.dropAfterActing());

    assertThat(assay("subscriptions", "--contracts", contracts()).code()).isEqualTo(5);
    assertThat(assay("subscriptions", "--contracts", contracts()).out())
        .contains("No request is pending");

    assertThat(decisions())
        .extracting(decision -> decision.request() + " " + decision.verdict())
        .containsExactly(request + " INTENDED", request + " GRANTED");
  }

  private void defined() {
    assertThat(assay("governance", "apply").err()).isEmpty();
  }

  private void contract(String project) throws IOException {
    write(
        "contracts/register.yaml",
        """
        name: mileage
        consumer: The register
        table: semantic.odometer_statement
        package: germany
        project: %s
        """
            .formatted(project));
  }

  private String contracts() {
    return folder.resolve("contracts").toString();
  }

  private String status(String request) {
    return domain.subscriptionRequest(request).path("status").asText();
  }

  private List<RecordedDecision> decisions() {
    return new IcebergDecisions(catalog()).read();
  }

  private ObjectNode newest(String asset) {
    List<ObjectNode> revisions = domain.revisions(asset);
    return revisions.get(revisions.size() - 1);
  }

  private static String assetOf(String out) {
    return out.lines()
        .filter(line -> line.contains("odometer_statement"))
        .map(line -> line.trim().split("\\s+")[1])
        .findFirst()
        .orElseThrow();
  }

  /** Requests that change something. */
  private int writes() {
    return (int)
        requests.all().stream()
            .filter(one -> !one.modelled().operation().matches("(Get|List|Search).*"))
            .count();
  }

  private Catalog catalog() {
    return LakeCatalog.open(
            ProfileReader.load(folder.resolve("profile.yaml").toString(), folder.resolve("home")))
        .iceberg();
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Ended assay(String... arguments) {
    java.util.ArrayList<String> all = new java.util.ArrayList<>(List.of(arguments));
    all.addAll(
        List.of(
            "--home",
            folder.resolve("home").toString(),
            "--profile",
            folder.resolve("profile.yaml").toString(),
            "--governance",
            folder.resolve("governance").toString(),
            "--poll",
            "10"));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(all.toArray(String[]::new));
    return new Ended(code, out.toString(), err.toString());
  }
}
