package dev.assay.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.datazone.DataZoneClient;
import software.amazon.awssdk.services.datazone.model.ConflictException;
import software.amazon.awssdk.services.datazone.model.DataZoneException;
import software.amazon.awssdk.services.datazone.model.GetFormTypeResponse;
import software.amazon.awssdk.services.datazone.model.InternalServerException;
import software.amazon.awssdk.services.datazone.model.ListTimeSeriesDataPointsResponse;
import software.amazon.awssdk.services.datazone.model.PostTimeSeriesDataPointsResponse;
import software.amazon.awssdk.services.datazone.model.ResourceNotFoundException;
import software.amazon.awssdk.services.datazone.model.ThrottlingException;
import software.amazon.awssdk.services.datazone.model.TimeSeriesDataPointFormInput;
import software.amazon.awssdk.services.datazone.model.TimeSeriesDataPointFormOutput;
import software.amazon.awssdk.services.datazone.model.TimeSeriesDataPointSummaryFormOutput;
import software.amazon.awssdk.services.datazone.model.TimeSeriesEntityType;
import software.amazon.awssdk.services.datazone.model.ValidationException;

/** The real client against the stub's points, with the faults that a delivery has to survive. */
class DataZonePointsIT {
  private static final String DOMAIN = "dzd_x";
  private static final String TYPE = "amazon.datazone.DataQualityResultFormType";
  private static final Instant NIGHT = Instant.parse("2026-11-21T03:00:00Z");

  @RegisterExtension final RecordedRequests requests = new RecordedRequests();

  private final MovableClock clock = new MovableClock();
  private DataZoneStub stub;
  private DataZoneDomain domain;
  private DataZoneClient client;
  private String asset = "";

  @BeforeEach
  void start() throws IOException {
    stub = DataZoneStub.start(requests, clock);
    domain = stub.domain(DOMAIN);
    asset =
        domain.glueAsset(
            "project1", "arn:aws:glue:us-east-1:123456789012:table/silver/orders", "order_id");
    client = TestClients.onceAt(stub.endpoint(), DataZoneClient.builder());
  }

  @AfterEach
  void stop() {
    client.close();
    stub.close();
  }

  @Test
  void keepsOnePointForEachFormToTheDigit() {
    String content = content("87.50");
    PostTimeSeriesDataPointsResponse answer =
        client.postTimeSeriesDataPoints(
            r ->
                r.domainIdentifier(DOMAIN)
                    .entityIdentifier(asset)
                    .entityType(TimeSeriesEntityType.ASSET)
                    .clientToken("t1")
                    .forms(form("orders", NIGHT, content), form("keys", NIGHT, content("100.0"))));

    assertThat(answer.sdkHttpResponse().statusCode()).isEqualTo(201);
    assertThat(answer.forms())
        .extracting(TimeSeriesDataPointFormOutput::typeRevision)
        .containsExactly("8", "8");
    assertThat(domain.points(asset))
        .extracting(DataZonePoint::id, DataZonePoint::formName, DataZonePoint::token)
        .containsExactly(
            tuple(answer.forms().get(0).id(), "orders", "t1"),
            tuple(answer.forms().get(1).id(), "keys", "t1"));
    assertThat(domain.points(asset).get(0).content()).isEqualTo(content);
    assertThat(get(answer.forms().get(0).id()).content()).isEqualTo(content);
    assertThat(domain.pointsByToken()).isEqualTo(Map.of("t1", 2));
  }

  @Test
  void listsSummariesNewestFirstByPages() {
    for (int day = 0; day < 5; day++) {
      post("t" + day, form("orders", NIGHT.plus(Duration.ofDays(day)), content(day + ".10")));
    }

    ListTimeSeriesDataPointsResponse first = list(NIGHT, NIGHT.plus(Duration.ofDays(3)), 3);
    List<TimeSeriesDataPointSummaryFormOutput> all =
        client
            .listTimeSeriesDataPointsPaginator(
                r ->
                    r.domainIdentifier(DOMAIN)
                        .entityIdentifier(asset)
                        .entityType(TimeSeriesEntityType.ASSET)
                        .formName("orders")
                        .maxResults(2))
            .items()
            .stream()
            .toList();

    assertThat(first.items())
        .extracting(TimeSeriesDataPointSummaryFormOutput::contentSummary)
        .containsExactly(summary("3.10"), summary("2.10"), summary("1.10"));
    assertThat(first.nextToken()).isNotEmpty();
    assertThat(all)
        .extracting(TimeSeriesDataPointSummaryFormOutput::timestamp)
        .containsExactly(
            NIGHT.plus(Duration.ofDays(4)),
            NIGHT.plus(Duration.ofDays(3)),
            NIGHT.plus(Duration.ofDays(2)),
            NIGHT.plus(Duration.ofDays(1)),
            NIGHT);
    assertThatThrownBy(
            () ->
                client.listTimeSeriesDataPoints(
                    r ->
                        r.domainIdentifier(DOMAIN)
                            .entityIdentifier(asset)
                            .entityType("ASSET")
                            .formName("orders")
                            .nextToken("3")))
        .isInstanceOf(ValidationException.class);
  }

  @Test
  void showsTheLatestPointOfEachFormOnTheAsset() {
    post("t1", form("orders", NIGHT.plusSeconds(60), content("2.0")));
    post("t2", form("orders", NIGHT, content("1.0")));

    assertThat(
            client
                .getAsset(r -> r.domainIdentifier(DOMAIN).identifier(asset))
                .latestTimeSeriesDataPointFormsOutput())
        .extracting(TimeSeriesDataPointSummaryFormOutput::contentSummary)
        .containsExactly(summary("2.0"));
  }

  @Test
  void answersARepeatedTokenFromMemoryUntilItForgets() {
    stub.forgetTokensAfter(Duration.ofMinutes(5));
    String id = post("t1", form("orders", NIGHT, content("1.0"))).forms().get(0).id();
    clock.move(Duration.ofSeconds(299));
    assertThat(post("t1", form("orders", NIGHT, content("1.0"))).forms().get(0).id()).isEqualTo(id);
    assertThatThrownBy(() -> post("t1", form("orders", NIGHT, content("2.0"))))
        .isInstanceOf(ConflictException.class);
    assertThat(domain.repeatsByToken()).isEqualTo(1);
    assertThat(domain.pointCounts()).hasSize(1).containsValue(1);

    clock.move(Duration.ofSeconds(1));
    post("t1", form("orders", NIGHT, content("1.0")));

    assertThat(domain.pointCounts()).hasSize(1).containsValue(2);
  }

  @Test
  void remembersNoTokenForNoTime() {
    stub.forgetTokensAfter(Duration.ZERO);
    post("t1", form("orders", NIGHT, content("1.0")));
    post("t1", form("orders", NIGHT, content("1.0")));

    assertThat(domain.points(asset)).hasSize(2);
    assertThat(domain.repeatsByToken()).isZero();
  }

  @Test
  void refusesWhatTheFormDoesNotHave() {
    Map<String, String> wrong =
        Map.of(
            "not json",
            "is not JSON",
            "{\"evaluationsCount\":1}",
            ".passingPercentage: is missing",
            content("100.01"),
            ".passingPercentage: is not between 0 and 100",
            "{\"evaluationsCount\":1,\"passingPercentage\":1,\"score\":1}",
            ".score: is not defined",
            evaluation("\"status\":\"UNKNOWN\""),
            ".evaluations[0].status: is not PASS or FAIL",
            evaluation("\"status\":\"PASS\",\"details\":{\"a\":1}"),
            ".details.a: is missing");
    wrong.forEach(
        (content, problem) ->
            assertThatThrownBy(() -> post("t1", form("orders", NIGHT, content)))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining(problem));
    assertThatThrownBy(
            () ->
                post(
                    "t1",
                    form("orders", NIGHT, content("1")).toBuilder().typeRevision("7").build()))
        .hasMessageContaining(
            "expected amazon.datazone.DataQualityResultFormType@8 but was provided");
    // one bad form and nothing of the request is there
    assertThatThrownBy(
            () -> post("t1", form("orders", NIGHT, content("1")), form("keys", NIGHT, "{}")))
        .isInstanceOf(ValidationException.class);
    assertThat(domain.points(asset)).isEmpty();
  }

  @Test
  void refusesAndReportsWhatTheModelDoesNotTake() {
    assertThatThrownBy(() -> post("a b", form("orders", NIGHT, "x".repeat(500_001))))
        .isInstanceOf(ValidationException.class)
        .hasMessageContaining("clientToken is 'a b'");
    assertThat(requests.takeViolations())
        .extracting(Violation::path)
        .containsExactlyInAnyOrder("clientToken", "forms[0].content");
  }

  @Test
  void knowsItsDomainsAssetsAndForms() {
    assertThatThrownBy(
            () -> client.getAsset(r -> r.domainIdentifier("dzd_other").identifier(asset)))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("Domain dzd_other");
    assertThatThrownBy(() -> client.getAsset(r -> r.domainIdentifier(DOMAIN).identifier("none")))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThatThrownBy(() -> get("none")).isInstanceOf(ResourceNotFoundException.class);
    GetFormTypeResponse form =
        client.getFormType(r -> r.domainIdentifier(DOMAIN).formTypeIdentifier(TYPE));
    assertThat(form.revision()).isEqualTo("8");
    assertThat(form.model().smithy()).contains("passingPercentage");
    assertThatThrownBy(
            () ->
                client.getFormType(
                    r -> r.domainIdentifier(DOMAIN).formTypeIdentifier(TYPE).revision("7")))
        .isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void deletesAWholeSeries() {
    post("t1", form("orders", NIGHT, content("1.0")), form("keys", NIGHT, content("1.0")));

    client.deleteTimeSeriesDataPoints(
        r ->
            r.domainIdentifier(DOMAIN)
                .entityIdentifier(asset)
                .entityType("ASSET")
                .formName("orders"));

    assertThat(domain.points(asset)).extracting(DataZonePoint::formName).containsExactly("keys");
  }

  @Test
  void goesWrongAsPlanned() {
    stub.faults().next(1, Fault.dropBeforeActing());
    stub.faults().next(1, Fault.throttled());
    stub.faults().next(1, Fault.html());
    stub.faults().next(1, Fault.internalError().afterActing());
    stub.faults().next(1, Fault.dropAfterActing());

    assertThatThrownBy(() -> post("t1")).isInstanceOf(SdkClientException.class);
    assertThatThrownBy(() -> post("t2"))
        .isInstanceOfSatisfying(
            ThrottlingException.class, e -> assertThat(e.statusCode()).isEqualTo(429));
    assertThatThrownBy(() -> post("t3"))
        .isInstanceOfSatisfying(
            SdkServiceException.class, e -> assertThat(e.statusCode()).isEqualTo(500));
    assertThat(domain.points(asset)).isEmpty();
    assertThatThrownBy(() -> post("t4")).isInstanceOf(InternalServerException.class);
    assertThatThrownBy(() -> post("t5")).isInstanceOf(SdkClientException.class);
    assertThat(domain.pointsByToken()).isEqualTo(Map.of("t4", 1, "t5", 1));
    // what was lost on the way back is not there twice after a repetition
    post("t5");
    assertThat(domain.pointsByToken()).isEqualTo(Map.of("t4", 1, "t5", 1));
    assertThat(stub.faults().happened()).hasSize(5);
  }

  @Test
  void answersLate() {
    stub.faults().next(1, Fault.slow(Duration.ofMillis(150)));
    long begun = System.nanoTime();

    assertThat(post("t1").forms()).hasSize(1);

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(149));
  }

  @Test
  void goesWrongByChanceAndTheSameWayForTheSameSeed() {
    List<Boolean> once = byChance(7);
    List<Boolean> again = byChance(7);

    assertThat(again).isEqualTo(once).contains(true, false);
    assertThat(byChance(8)).isNotEqualTo(once);
    stub.faults().none();
    post("last");
    assertThat(domain.pointCounts()).containsValue(domain.points(asset).size());
  }

  @Test
  void repeatsByTokenAsOftenAsTheClientDoes() {
    stub.faults().next(2, Fault.dropAfterActing());
    try (DataZoneClient patient = TestClients.at(stub.endpoint(), DataZoneClient.builder())) {
      patient.postTimeSeriesDataPoints(
          r ->
              r.domainIdentifier(DOMAIN)
                  .entityIdentifier(asset)
                  .entityType("ASSET")
                  .forms(form("orders", NIGHT, content("1.0"))));
    }

    assertThat(domain.points(asset)).hasSize(1);
    assertThat(domain.repeatsByToken()).isEqualTo(2);
  }

  @Test
  void reportsWhatItDoesNotHave() {
    assertThatThrownBy(
            () -> client.getDataProduct(r -> r.domainIdentifier(DOMAIN).identifier("p1")))
        .isInstanceOf(DataZoneException.class);
    assertThat(requests.takeViolations())
        .containsExactly(new Violation("GetDataProduct", "", "is not an operation of the stub"));
  }

  private List<Boolean> byChance(long seed) {
    stub.faults().random(seed, 0.5, Fault.throttled(), Fault.internalError().afterActing());
    return java.util.stream.IntStream.range(0, 12)
        .mapToObj(
            i -> {
              try {
                post("s%d-%d".formatted(seed, i));
                return true;
              } catch (DataZoneException e) {
                return false;
              }
            })
        .toList();
  }

  private PostTimeSeriesDataPointsResponse post(String token) {
    return post(token, form("orders", NIGHT, content("1.0")));
  }

  private PostTimeSeriesDataPointsResponse post(
      String token, TimeSeriesDataPointFormInput... forms) {
    return client.postTimeSeriesDataPoints(
        r ->
            r.domainIdentifier(DOMAIN)
                .entityIdentifier(asset)
                .entityType(TimeSeriesEntityType.ASSET)
                .clientToken(token)
                .forms(forms));
  }

  private ListTimeSeriesDataPointsResponse list(Instant from, Instant to, int most) {
    return client.listTimeSeriesDataPoints(
        r ->
            r.domainIdentifier(DOMAIN)
                .entityIdentifier(asset)
                .entityType(TimeSeriesEntityType.ASSET)
                .formName("orders")
                .startedAt(from)
                .endedAt(to)
                .maxResults(most));
  }

  private TimeSeriesDataPointFormOutput get(String id) {
    return client
        .getTimeSeriesDataPoint(
            r ->
                r.domainIdentifier(DOMAIN)
                    .entityIdentifier(asset)
                    .entityType(TimeSeriesEntityType.ASSET)
                    .formName("orders")
                    .identifier(id))
        .form();
  }

  private static TimeSeriesDataPointFormInput form(String name, Instant time, String content) {
    return TimeSeriesDataPointFormInput.builder()
        .formName(name)
        .typeIdentifier(TYPE)
        .timestamp(time)
        .content(content)
        .build();
  }

  private static String content(String percentage) {
    return "{\"evaluationsCount\":1,\"passingPercentage\":%s,\"evaluations\":[{\"description\":\"d\",\"types\":[\"Completeness\"],\"applicableFields\":[\"order_id\"],\"status\":\"PASS\",\"details\":{}}]}"
        .formatted(percentage);
  }

  private static String summary(String percentage) {
    return "{\"evaluationsCount\":1,\"passingPercentage\":%s}".formatted(percentage);
  }

  private static String evaluation(String members) {
    return "{\"evaluationsCount\":1,\"passingPercentage\":1,\"evaluations\":[{%s}]}"
        .formatted(members);
  }
}
