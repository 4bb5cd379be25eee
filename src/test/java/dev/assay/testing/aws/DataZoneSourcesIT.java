package dev.assay.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.datazone.DataZoneClient;
import software.amazon.awssdk.services.datazone.model.ConflictException;
import software.amazon.awssdk.services.datazone.model.DataSourceConfigurationInput;
import software.amazon.awssdk.services.datazone.model.DataSourceRunActivity;
import software.amazon.awssdk.services.datazone.model.FilterExpression;
import software.amazon.awssdk.services.datazone.model.GetDataSourceRunResponse;
import software.amazon.awssdk.services.datazone.model.GetEnvironmentBlueprintConfigurationResponse;
import software.amazon.awssdk.services.datazone.model.RedshiftStorage;
import software.amazon.awssdk.services.datazone.model.ResourceNotFoundException;
import software.amazon.awssdk.services.datazone.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.datazone.model.ValidationException;

/** The real client registers tables in the stub: blueprint, environment, data source, runs. */
class DataZoneSourcesIT {
  private static final String DOMAIN = "dzd_x";
  private static final String SILVER = "arn:aws:glue:us-east-1:123456789012:table/silver/";

  @RegisterExtension final RecordedRequests requests = new RecordedRequests();

  private final MovableClock clock = new MovableClock();
  private DataZoneStub stub;
  private DataZoneDomain domain;
  private DataZoneClient client;

  @BeforeEach
  void start() throws IOException {
    stub = DataZoneStub.start(requests, clock);
    domain = stub.domain(DOMAIN);
    client = TestClients.patchingAt(stub.endpoint(), DataZoneClient.builder());
  }

  @AfterEach
  void stop() {
    client.close();
    stub.close();
  }

  @Test
  void aConfigurationThatIsPutReplacesTheWhole() {
    String blueprint = blueprint();
    assertThatThrownBy(() -> configuration(blueprint))
        .isInstanceOf(ResourceNotFoundException.class);
    client.putEnvironmentBlueprintConfiguration(
        r ->
            r.domainIdentifier(DOMAIN)
                .environmentBlueprintIdentifier(blueprint)
                .enabledRegions("us-east-1", "eu-west-1")
                .manageAccessRoleArn("arn:aws:iam::123456789012:role/access")
                .regionalParameters(Map.of("us-east-1", Map.of("S3Location", "s3://a"))));
    assertThat(configuration(blueprint).regionalParameters()).containsKey("us-east-1");

    client.putEnvironmentBlueprintConfiguration(
        r ->
            r.domainIdentifier(DOMAIN)
                .environmentBlueprintIdentifier(blueprint)
                .enabledRegions("us-east-1"));

    assertThat(configuration(blueprint).enabledRegions()).containsExactly("us-east-1");
    assertThat(configuration(blueprint).regionalParameters()).isEmpty();
    assertThat(configuration(blueprint).manageAccessRoleArn()).isNull();
  }

  @Test
  void makesEnvironmentsThatAreActiveLaterOrFail() {
    String profile = profile();
    String environment = environment("env", profile);

    assertThat(
            client
                .listEnvironmentProfiles(r -> r.domainIdentifier(DOMAIN).name("lake"))
                .items()
                .get(0)
                .id())
        .isEqualTo(profile);
    assertThatThrownBy(() -> environment("env", profile)).isInstanceOf(ConflictException.class);
    assertThatThrownBy(() -> environment("other", "none"))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> source("early", environment)).isInstanceOf(ValidationException.class);
    assertThat(status(environment)).isEqualTo("ACTIVE");
    domain.failNextEnvironments(1);
    assertThat(status(environment("bad", profile))).isEqualTo("CREATE_FAILED");
    assertThat(
            client
                .listEnvironments(
                    r -> r.domainIdentifier(DOMAIN).projectIdentifier("p1").status("ACTIVE"))
                .items())
        .extracting(each -> each.id())
        .containsExactly(environment);
  }

  @Test
  void aRunMakesAssetsOfTheTablesThatAreIncluded() {
    domain
        .glueTable(SILVER + "orders", "order_id:bigint")
        .glueTable(SILVER + "orders_tmp", "order_id")
        .glueTable("arn:aws:glue:us-east-1:123456789012:table/raw/orders", "order_id");
    String source = readySource();

    String run = run(source, "t1");
    assertThat(client.search(r -> r.domainIdentifier(DOMAIN).searchScope("ASSET")).items())
        .isEmpty();
    assertThat(run(source, "t1")).isEqualTo(run);
    assertThatThrownBy(() -> run(source, "t2")).isInstanceOf(ConflictException.class);
    assertThat(described(run).statusAsString()).isEqualTo("RUNNING");
    assertThat(described(run).statusAsString()).isEqualTo("SUCCESS");

    assertThat(described(run).runStatisticsForAssets().added()).isEqualTo(1);
    DataSourceRunActivity activity = activities(run).get(0);
    assertThat(activity)
        .extracting(a -> a.database(), a -> a.technicalName(), a -> a.dataAssetStatusAsString())
        .containsExactly("silver", "orders", "SUCCEEDED_CREATED");
    assertThat(
            client
                .getAsset(r -> r.domainIdentifier(DOMAIN).identifier(activity.dataAssetId()))
                .name())
        .isEqualTo("orders");
  }

  @Test
  void aLaterRunChangesWhatChangedAndKeepsTheRest() {
    domain.progress(Progress.atOnce());
    domain.glueTable(SILVER + "orders", "order_id").glueTable(SILVER + "returns", "id");
    String source = readySource();
    String asset = activities(run(source, "t1")).get(0).dataAssetId();

    domain.glueTable(SILVER + "orders", "order_id", "total");
    String second = run(source, "t2");

    assertThat(activities(second))
        .extracting(a -> a.technicalName(), a -> a.dataAssetStatusAsString())
        .containsExactly(tuple("orders", "SUCCEEDED_UPDATED"), tuple("returns", "UNCHANGED"));
    assertThat(domain.revisions(asset)).hasSize(2);
    assertThat(domain.runs(source)).isEqualTo(2);
  }

  @Test
  void aRunFindsTheTablesOfASchemaInRedshift() {
    domain
        .progress(Progress.atOnce())
        .redshiftTable("wh", "sales", "public", "orders", "order_id:integer")
        .redshiftTable("wh", "sales", "staging", "orders", "order_id")
        .redshiftTable("other", "sales", "public", "orders", "order_id")
        .glueTable(SILVER + "orders", "order_id");
    String source =
        client
            .createDataSource(
                r ->
                    r.domainIdentifier(DOMAIN)
                        .name("warehouse")
                        .projectIdentifier("p1")
                        .connectionIdentifier("c1")
                        .type("REDSHIFT")
                        .configuration(
                            DataSourceConfigurationInput.fromRedshiftRunConfiguration(
                                c ->
                                    c.redshiftStorage(
                                            RedshiftStorage.fromRedshiftClusterSource(
                                                s -> s.clusterName("wh")))
                                        .relationalFilterConfigurations(
                                            f -> f.databaseName("sales").schemaName("public")))))
            .id();

    List<DataSourceRunActivity> activities = activities(run(source, "t1"));

    assertThat(activities)
        .extracting(a -> a.technicalName(), a -> a.dataAssetStatusAsString())
        .containsExactly(tuple("orders", "SUCCEEDED_CREATED"));
    assertThat(
            client
                .getAsset(
                    r -> r.domainIdentifier(DOMAIN).identifier(activities.get(0).dataAssetId()))
                .formsOutput()
                .get(0)
                .content())
        .contains("\"schemaName\":\"public\"");
    assertThatThrownBy(
            () ->
                client.updateDataSource(
                    r ->
                        r.domainIdentifier(DOMAIN)
                            .identifier(source)
                            .configuration(configuration("INCLUDE", "*"))))
        .isInstanceOf(ValidationException.class);
  }

  @Test
  void runsAtMost25TimesADay() {
    domain.progress(Progress.atOnce());
    String source = readySource();
    for (int i = 0; i < 25; i++) {
      run(source, "t" + i);
    }

    assertThatThrownBy(() -> run(source, "t25"))
        .isInstanceOfSatisfying(
            ServiceQuotaExceededException.class, e -> assertThat(e.statusCode()).isEqualTo(402));
    clock.move(Duration.ofDays(1));
    run(source, "t25");
    assertThat(
            client
                .listDataSourceRunsPaginator(
                    r -> r.domainIdentifier(DOMAIN).dataSourceIdentifier(source).maxResults(10))
                .items())
        .hasSize(26);
  }

  @Test
  void aRunFailsIfTheTestSaysSo() {
    domain.progress(Progress.atOnce()).failNextRuns(1).glueTable(SILVER + "orders", "order_id");
    String source = readySource();

    String run = run(source, "t1");

    assertThat(described(run).statusAsString()).isEqualTo("FAILED");
    assertThat(described(run).errorMessage().errorDetail()).contains("planned");
    assertThat(activities(run)).isEmpty();
  }

  @Test
  void keepsDataSourcesApartByNameAndFindsThem() {
    String source = readySource();

    assertThatThrownBy(() -> source("orders-ds", environment()))
        .isInstanceOf(ConflictException.class);
    client.updateDataSource(
        r ->
            r.domainIdentifier(DOMAIN)
                .identifier(source)
                .configuration(configuration("INCLUDE", "returns")));
    assertThat(
            client
                .listDataSources(
                    r -> r.domainIdentifier(DOMAIN).projectIdentifier("p1").name("orders-ds"))
                .items())
        .extracting(each -> each.dataSourceId(), each -> each.statusAsString())
        .containsExactly(tuple(source, "READY"));
    assertThat(
            client
                .getDataSource(r -> r.domainIdentifier(DOMAIN).identifier(source))
                .configuration()
                .glueRunConfiguration()
                .relationalFilterConfigurations()
                .get(0)
                .filterExpressions())
        .extracting(FilterExpression::expression)
        .containsExactly("returns");
  }

  private String blueprint() {
    return client
        .listEnvironmentBlueprints(
            r -> r.domainIdentifier(DOMAIN).name("DefaultDataLake").managed(true))
        .items()
        .get(0)
        .id();
  }

  private GetEnvironmentBlueprintConfigurationResponse configuration(String blueprint) {
    return client.getEnvironmentBlueprintConfiguration(
        r -> r.domainIdentifier(DOMAIN).environmentBlueprintIdentifier(blueprint));
  }

  private String profile() {
    String blueprint = blueprint();
    return client
        .createEnvironmentProfile(
            r ->
                r.domainIdentifier(DOMAIN)
                    .name("lake")
                    .projectIdentifier("p1")
                    .environmentBlueprintIdentifier(blueprint))
        .id();
  }

  private String environment(String name, String profile) {
    return client
        .createEnvironment(
            r ->
                r.domainIdentifier(DOMAIN)
                    .name(name)
                    .projectIdentifier("p1")
                    .environmentProfileIdentifier(profile))
        .id();
  }

  private String environment() {
    return client
        .listEnvironments(r -> r.domainIdentifier(DOMAIN).projectIdentifier("p1"))
        .items()
        .get(0)
        .id();
  }

  private String status(String environment) {
    return client
        .getEnvironment(r -> r.domainIdentifier(DOMAIN).identifier(environment))
        .statusAsString();
  }

  private String readySource() {
    String environment = environment("env", profile());
    assertThat(status(environment)).isEqualTo("ACTIVE");
    String source = source("orders-ds", environment);
    assertThat(
            client
                .getDataSource(r -> r.domainIdentifier(DOMAIN).identifier(source))
                .statusAsString())
        .isEqualTo("READY");
    return source;
  }

  private String source(String name, String environment) {
    return client
        .createDataSource(
            r ->
                r.domainIdentifier(DOMAIN)
                    .name(name)
                    .projectIdentifier("p1")
                    .environmentIdentifier(environment)
                    .type("GLUE")
                    .configuration(configuration("EXCLUDE", "*_tmp"))
                    .publishOnImport(false))
        .id();
  }

  private String run(String source, String token) {
    return client
        .startDataSourceRun(
            r -> r.domainIdentifier(DOMAIN).dataSourceIdentifier(source).clientToken(token))
        .id();
  }

  private GetDataSourceRunResponse described(String run) {
    return client.getDataSourceRun(r -> r.domainIdentifier(DOMAIN).identifier(run));
  }

  private List<DataSourceRunActivity> activities(String run) {
    return client
        .listDataSourceRunActivities(r -> r.domainIdentifier(DOMAIN).identifier(run))
        .items();
  }

  private static DataSourceConfigurationInput configuration(String type, String expression) {
    return DataSourceConfigurationInput.fromGlueRunConfiguration(
        glue ->
            glue.relationalFilterConfigurations(
                filter ->
                    filter
                        .databaseName("silver")
                        .filterExpressions(
                            FilterExpression.builder().type(type).expression(expression).build())));
  }
}
