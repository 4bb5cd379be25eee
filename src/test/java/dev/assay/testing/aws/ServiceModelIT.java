package dev.assay.testing.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Good and bad requests of each protocol, and of each kind of constraint. */
@Tag("long")
class ServiceModelIT {
  private static final String POINTS =
      "/v2/domains/dzd_abc/entities/ASSET/asset1/time-series-data-points";
  private static final String POINT =
      """
      {"clientToken": "t-1", "forms": [{"formName": "orders", "typeIdentifier": "amazon.datazone.DataQualityResultFormType",
        "timestamp": 1795233600.5, "content": "%s"}]}
      """;
  private static final String ROLE = "arn:aws:iam::123456789012:role/comprehend";
  private static final String JOB =
      """
      {"InputDataConfig": {"S3Uri": "s3://bucket/in/", "InputFormat": "%s"},
       "OutputDataConfig": {"S3Uri": "s3://bucket/out/"}, "DataAccessRoleArn": "%s", "ClientRequestToken": "%s"}
      """;

  // --- REST with JSON

  @Test
  void takesAGoodRestRequestAndReadsAllItsMembers() {
    ModelledRequest read =
        ServiceModel.of("datazone").read(rest("POST", POINTS, POINT.formatted("{}")));

    assertThat(read.violations()).isEmpty();
    assertThat(read.operation()).isEqualTo("PostTimeSeriesDataPoints");
    assertThat(read.text("domainIdentifier")).isEqualTo("dzd_abc");
    assertThat(read.text("entityType")).isEqualTo("ASSET");
    assertThat(read.input().at("/forms/0/formName").asText()).isEqualTo("orders");
  }

  @Test
  void findsWhatIsWrongInThePath() {
    String target = "/v2/domains/dzd.abc/entities/TABLE/a%20b/time-series-data-points";

    assertThat(problems("datazone", rest("POST", target, POINT.formatted("{}"))))
        .containsExactlyInAnyOrder(
            "PostTimeSeriesDataPoints: domainIdentifier is 'dzd.abc', which does not match dzd[-_][a-zA-Z0-9_-]{1,36}",
            "PostTimeSeriesDataPoints: entityType is 'TABLE'; expected one of [ASSET, LISTING]",
            "PostTimeSeriesDataPoints: entityIdentifier is 'a b', which does not match [a-zA-Z0-9_-]{1,36}");
  }

  @ParameterizedTest
  @CsvSource({"500000, 0", "500001, 1"})
  void countsTheCharactersOfAContent(int length, int violations) {
    // two of UTF-16 are one character
    String content = "😀" + "x".repeat(length - 1);

    List<String> problems = problems("datazone", rest("POST", POINTS, POINT.formatted(content)));

    assertThat(problems).hasSize(violations);
    assertThat(String.join("", problems))
        .isEqualTo(
            violations == 0
                ? ""
                : "PostTimeSeriesDataPoints: forms[0].content has 500001 characters; at most 500000");
  }

  @Test
  void readsABodyThatIsABlobAndATokenInAHeader() {
    ModelledRequest read =
        ServiceModel.of("datazone")
            .read(lineage(Map.of("client-token", List.of("run-1")), "{\"run\": {}}"));

    assertThat(read.violations()).isEmpty();
    assertThat(read.operation()).isEqualTo("PostLineageEvent");
    assertThat(read.text("clientToken")).isEqualTo("run-1");
    assertThat(Base64.getDecoder().decode(read.text("event")))
        .asString()
        .isEqualTo("{\"run\": {}}");
  }

  @Test
  void checksTheTokenInAHeader() {
    assertThat(problems("datazone", lineage(Map.of("Client-Token", List.of("a b")), "{}")))
        .containsExactly(
            "PostLineageEvent: clientToken is 'a b', which does not match [\\x21-\\x7E]+");
    assertThat(
            problems(
                "datazone",
                rest("POST", "/v2/domains/dzd-abc/lineage/events?clientToken=run-1", "{}")))
        .containsExactly("PostLineageEvent: has the unknown query parameter 'clientToken'");
  }

  @Test
  void checksABodyThatIsABlob() {
    assertThat(problems("datazone", lineage(Map.of(), "x".repeat(300_001))))
        .containsExactly("PostLineageEvent: event has 300001 bytes; at most 300000");
    assertThat(problems("datazone", lineage(Map.of(), "")))
        .containsExactly("PostLineageEvent: event is required");
  }

  @Test
  void checksTheQuery() {
    assertThat(
            problems(
                "datazone",
                rest(
                    "GET",
                    POINTS + "?formName=a&maxResults=25&startedAt=2026-11-21T03%3A00%3A00Z",
                    "")))
        .isEmpty();
    assertThat(
            problems(
                "datazone", rest("GET", POINTS + "?maxResults=51&startedAt=1795233600&page=2", "")))
        .containsExactlyInAnyOrder(
            "ListTimeSeriesDataPoints: formName is required",
            "ListTimeSeriesDataPoints: maxResults is 51; at most 50",
            "ListTimeSeriesDataPoints: startedAt is \"1795233600\"; expected timestamp Timestamp",
            "ListTimeSeriesDataPoints: has the unknown query parameter 'page'");
  }

  @Test
  void findsNoOperationForAnotherPathOrMethod() {
    assertThat(problems("datazone", rest("PUT", POINTS, "{}")))
        .containsExactly("unknown operation: the service has no operation PUT " + POINTS);
    assertThat(problems("datazone", rest("GET", "/v3/domains", "")))
        .containsExactly("unknown operation: the service has no operation GET /v3/domains");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'filter': {'attribute': 'typeName', 'value': 'x'}} | ",
        "{'and': [{'or': [{'filter': {'attribute': 'typeName', 'value': 'x'}}]}]} | ",
        "{} | filters is a union and must have exactly one member but has 0",
        "{'and': [{'filter': {'attribute': 'a'}}], 'or': [{'filter': {'attribute': 'b'}}]} | filters is a union and must have exactly one member but has 2",
        "{'and': [{'filter': {'attribute': 'a'}, 'or': [{'filter': {'attribute': 'b'}}]}]} | filters.and[0] is a union and must have exactly one member but has 2",
        "{'filter': {'value': 'x'}} | filters.filter.attribute is required",
        "{'not': {}} | filters.not is not a member of structure FilterClause",
      })
  void checksUnions(String filters, String problem) {
    String body = "{'searchScope': 'ASSET', 'filters': %s}".formatted(filters).replace('\'', '"');

    assertThat(problems("datazone", rest("POST", "/v2/domains/dzd_abc/search", body)))
        .isEqualTo(problem == null ? List.of() : List.of("Search: " + problem));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'forms': [} | the body is not JSON: ",
        "'forms' | the body is not a JSON object",
        "[1] | the body is not a JSON object",
        "{'forms': {}} | forms is {}; expected list TimeSeriesDataPointFormInputList",
        "{'forms': [], 'clientToken': 7} | clientToken is 7; expected string ClientToken",
        "{'forms': [], 'clientToken': ''} | clientToken has 0 characters; at least 1",
        "{'forms': null} | forms is required",
        "{'forms': [], 'domainIdentifier': 'dzd_abc'} | domainIdentifier is in the body; it belongs to the uri",
        "{'forms': [{'formName': 'f', 'typeIdentifier': 't', 'timestamp': '2026-11-21T03:00:00Z'}]} | forms[0].timestamp is \"2026-11-21T03:00:00Z\"; expected timestamp Timestamp",
        "{'forms': [{'formName': 'f', 'typeIdentifier': '.t', 'timestamp': 1}]} | forms[0].typeIdentifier is '.t', which does not match (?!\\.)[\\w\\.]*\\w",
      })
  void checksTheBody(String body, String problem) {
    assertThat(problems("datazone", rest("POST", POINTS, body.replace('\'', '"'))))
        .anyMatch(found -> found.startsWith("PostTimeSeriesDataPoints: " + problem));
  }

  @Test
  void checksMembersOfOtherRestServices() {
    assertThat(
            problems(
                "lakeformation",
                rest(
                    "POST",
                    "/CreateDataCellsFilter",
                    """
                    {"TableData": {"TableCatalogId": "1", "DatabaseName": "silver", "TableName": "orders", "Name": "n",
                      "RowFilter": {"FilterExpression": "%s"}, "Columns": []}}
                    """
                        .formatted("x".repeat(2049)))))
        .containsExactlyInAnyOrder(
            "CreateDataCellsFilter: TableData.RowFilter.FilterExpression has 2049 characters; at most 2048",
            "CreateDataCellsFilter: TableData.Columns is not a member of structure DataCellsFilter");
    assertThat(
            problems(
                "emr-serverless",
                rest(
                    "POST",
                    "/applications/app1/jobruns",
                    """
                    {"clientToken": "t", "executionRoleArn": "%s", "jobDriver": {}}
                    """
                        .formatted(ROLE))))
        .containsExactly(
            "StartJobRun: jobDriver is a union and must have exactly one member but has 0");
  }

  // --- awsJson

  @Test
  void takesAGoodJsonRequest() {
    ModelledRequest read =
        ServiceModel.of("comprehend")
            .read(
                json(
                    "Comprehend_20171127.StartDocumentClassificationJob",
                    JOB.formatted("ONE_DOC_PER_LINE", ROLE, "run-1")));

    assertThat(read.violations()).isEmpty();
    assertThat(read.operation()).isEqualTo("StartDocumentClassificationJob");
    assertThat(read.text("ClientRequestToken")).isEqualTo("run-1");
  }

  @Test
  void findsEverythingThatIsWrongWithAJsonRequest() {
    assertThat(
            problems(
                "comprehend",
                json(
                    "Comprehend_20171127.StartDocumentClassificationJob",
                    JOB.formatted("ONE_PER_LINE", "role", "run_1"))))
        .containsExactlyInAnyOrder(
            "StartDocumentClassificationJob: InputDataConfig.InputFormat is 'ONE_PER_LINE'; expected one of [ONE_DOC_PER_FILE, ONE_DOC_PER_LINE]",
            "StartDocumentClassificationJob: DataAccessRoleArn has 4 characters; at least 20",
            "StartDocumentClassificationJob: ClientRequestToken is 'run_1', which does not match ^[a-zA-Z0-9-]+$");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Comprehend.ClassifyDocument | unknown operation: the service has no operation Comprehend.ClassifyDocument",
        "Comprehend_20171127.StopDocumentClassificationJob | unknown operation: the service has no operation Comprehend_20171127.StopDocumentClassificationJob",
      })
  void findsNoOperationForAnotherTarget(String target, String problem) {
    assertThat(problems("comprehend", json(target, "{}"))).containsExactly(problem);
  }

  @Test
  void checksTheFrameOfAJsonRequest() {
    RecordedRequest request =
        request(
            "GET",
            "/x",
            Map.of(
                "X-Amz-Target", List.of("Comprehend_20171127.DetectPiiEntities"),
                "Content-Type", List.of("application/json")),
            "{\"Text\": \"a\", \"LanguageCode\": \"en\"}");

    assertThat(problems("comprehend", request))
        .containsExactly(
            "DetectPiiEntities: is GET /x; expected POST /",
            "DetectPiiEntities: has the content type 'application/json'; expected 'application/x-amz-json-1.1'");
    assertThat(problems("comprehend", rest("POST", "/", "{}")))
        .containsExactly("unknown operation: the header X-Amz-Target is missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'Bytes': 'aGVsbG8=' | ",
        "'Bytes': 'aGVsbG8' | Bytes is not base64: padding is missing",
        "'Bytes': '****' | Bytes is not base64: Illegal base64 character 2a",
        "'Bytes': '' | Bytes has 0 bytes; at least 1",
        "'Text': '' | Text has 0 characters; at least 1",
        "'DocumentReaderConfig': {'DocumentReadAction': 'TEXTRACT_ANALYZE_DOCUMENT', 'FeatureTypes': []} | DocumentReaderConfig.FeatureTypes has 0 elements; at least 1",
        "'DocumentReaderConfig': {'DocumentReadAction': 'TEXTRACT_ANALYZE_DOCUMENT', 'FeatureTypes': ['TABLES', 'X']} | DocumentReaderConfig.FeatureTypes[1] is 'X'; expected one of [TABLES, FORMS]",
      })
  void checksBlobsAndLists(String member, String problem) {
    String arn = "arn:aws:comprehend:us-east-1:123456789012:document-classifier-endpoint/e1";
    String body = "{'EndpointArn': '%s', %s}".formatted(arn, member).replace('\'', '"');

    assertThat(problems("comprehend", json("Comprehend_20171127.ClassifyDocument", body)))
        .isEqualTo(problem == null ? List.of() : List.of("ClassifyDocument: " + problem));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | is 0; at least 1",
        "501 | is 501; at most 500",
        "1.5 | is 1.5; expected integer MaxResultsInteger",
        "true | is true; expected integer MaxResultsInteger",
        "99999999999 | is 99999999999; expected integer MaxResultsInteger",
      })
  void checksNumbers(String number, String problem) {
    assertThat(
            problems(
                "comprehend",
                json(
                    "Comprehend_20171127.ListDocumentClassificationJobs",
                    "{\"MaxResults\": %s}".formatted(number))))
        .containsExactly("ListDocumentClassificationJobs: MaxResults " + problem);
  }

  @Test
  void checksMapsWithTheirKeysAndValues() {
    String five = context(5);

    assertThat(problems("pinpoint-sms-voice-v2", sms(five))).isEmpty();
    assertThat(problems("pinpoint-sms-voice-v2", sms(context(6))))
        .containsExactly("SendTextMessage: Context has 6 entries; at most 5");
    assertThat(problems("pinpoint-sms-voice-v2", sms("\"a b\": \" padded\"")))
        .containsExactlyInAnyOrder(
            "SendTextMessage: Context{a b} key is 'a b', which does not match \\S+",
            "SendTextMessage: Context{a b} is ' padded', which does not match (?!\\s)^[\\s\\S]+(?<!\\s)");
  }

  // --- query

  @Test
  void takesAGoodQueryRequestWithItsMapsAndLists() {
    ModelledRequest read =
        ServiceModel.of("sns")
            .read(
                form(
                    "Action=Publish&Version=2010-03-31&TopicArn=arn%3Aaws%3Asns%3Aus-east-1%3A123456789012%3At&Message=a%20b"
                        + "&MessageAttributes.entry.1.Name=state&MessageAttributes.entry.1.Value.DataType=String"
                        + "&MessageAttributes.entry.1.Value.StringValue=FAILED"));

    assertThat(read.violations()).isEmpty();
    assertThat(read.text("Message")).isEqualTo("a b");
    assertThat(read.input().at("/MessageAttributes/state/StringValue").asText())
        .isEqualTo("FAILED");
    assertThat(
            problems(
                "sns",
                form(
                    "Action=PublishBatch&Version=2010-03-31&TopicArn=t"
                        + "&PublishBatchRequestEntries.member.1.Id=1&PublishBatchRequestEntries.member.1.Message=m"
                        + "&PublishBatchRequestEntries.member.2.Id=2&PublishBatchRequestEntries.member.2.Message=n")))
        .isEmpty();
  }

  @Test
  void findsWhatIsWrongWithAQueryRequest() {
    assertThat(
            problems(
                "sns",
                form(
                    "Action=Publish&Version=2011-03-31&Topic=t&TopicArn=a&TopicArn=b"
                        + "&MessageAttributes.entry.1.Name=state&MessageAttributes.entry.1.Value.StringValue=FAILED"
                        + "&MessageAttributes.entry.1.Value.BinaryValue=***"
                        + "&MessageAttributes.entry.3.Name=late&MessageAttributes.entry.3.Value.DataType=String")))
        .containsExactlyInAnyOrder(
            "Publish: Version is [2011-03-31]; expected 2010-03-31",
            "Publish: Message is required",
            "Publish: MessageAttributes{state}.DataType is required",
            "Publish: MessageAttributes{state}.BinaryValue is not base64: padding is missing",
            "Publish: Topic is not a parameter of Publish",
            "Publish: TopicArn occurs 2 times",
            "Publish: MessageAttributes.entry.3.Name is not a parameter of Publish",
            "Publish: MessageAttributes.entry.3.Value.DataType is not a parameter of Publish");
    assertThat(problems("sns", form("Action=Send")))
        .containsExactly("unknown operation: the service has no operation 'Send'");
  }

  // --- all

  @ParameterizedTest
  @ValueSource(
      strings = {
        "datazone",
        "comprehend",
        "sns",
        "glue",
        "lakeformation",
        "sesv2",
        "pinpoint-sms-voice-v2",
        "emr-serverless",
        "emr",
        "kms",
        "sts",
        "secretsmanager"
      })
  void readsTheModelOfEachServiceInUse(String service) {
    assertThat(ServiceModel.of(service).uncheckablePatterns()).isEmpty();
  }

  private static String context(int pairs) {
    return IntStream.range(0, pairs)
        .mapToObj("\"k%d\": \"v\""::formatted)
        .collect(Collectors.joining(", "));
  }

  private static List<String> problems(String service, RecordedRequest request) {
    return ServiceModel.of(service).violations(request).stream().map(Violation::toString).toList();
  }

  private static RecordedRequest sms(String context) {
    return request(
        "POST",
        "/",
        Map.of(
            "x-amz-target", List.of("PinpointSMSVoiceV2.SendTextMessage"),
            "content-type", List.of("application/x-amz-json-1.0")),
        "{\"DestinationPhoneNumber\": \"+4915112345678\", \"Context\": {%s}}".formatted(context));
  }

  private static RecordedRequest lineage(Map<String, List<String>> headers, String body) {
    return request("POST", "/v2/domains/dzd-abc/lineage/events", headers, body);
  }

  private static RecordedRequest rest(String method, String target, String body) {
    return request(method, target, Map.of("Content-Type", List.of("application/json")), body);
  }

  private static RecordedRequest json(String target, String body) {
    return request(
        "POST",
        "/",
        Map.of(
            "X-Amz-Target", List.of(target),
            "Content-Type", List.of("application/x-amz-json-1.1")),
        body);
  }

  private static RecordedRequest form(String body) {
    return request(
        "POST",
        "/",
        Map.of("Content-Type", List.of("application/x-www-form-urlencoded; charset=utf-8")),
        body);
  }

  private static RecordedRequest request(
      String method, String target, Map<String, List<String>> headers, String body) {
    return new RecordedRequest(method, target, headers, body.getBytes(StandardCharsets.UTF_8));
  }
}
