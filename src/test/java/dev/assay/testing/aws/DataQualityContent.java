package dev.assay.testing.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/**
 * The content of the data quality form: what the service takes, and the summary it makes.
 *
 * <p>The form's bounds are recalled, not published: at most 2000 evaluations, 20 fields and 20
 * types each, a percentage from 0 to 100, PASS or FAIL. Members that the form does not have are
 * refused.
 */
final class DataQualityContent {
  static final String TYPE = "amazon.datazone.DataQualityResultFormType";
  static final String REVISION = "8";

  /** Written for this stub after what is known of the form; not the service's own text. */
  static final String SMITHY =
      """
      $version: "2.0"
      namespace amazon.datazone

      structure DataQualityResultFormType {
          @required
          @range(min: 0, max: 100)
          @timeSeriesSummary
          passingPercentage: Double
          @required
          @timeSeriesSummary
          evaluationsCount: Integer
          evaluations: EvaluationResults
      }

      @length(min: 0, max: 2000)
      list EvaluationResults { member: EvaluationResult }

      structure EvaluationResult {
          description: String
          types: EvaluationTypes
          applicableFields: ApplicableFields
          @required
          status: EvaluationStatus
          details: EvaluationDetails
      }

      @length(min: 0, max: 20)
      list EvaluationTypes { member: String }

      @length(min: 0, max: 20)
      list ApplicableFields { member: String }

      enum EvaluationStatus { PASS, FAIL }

      map EvaluationDetails { key: String, value: String }
      """;

  private static final int EVALUATIONS = 2000;
  private static final int NAMES = 20;
  private static final String PERCENTAGE = "passingPercentage";
  private static final String COUNT = "evaluationsCount";
  private static final String LIST = "evaluations";

  /** Keeps the digits that were sent. */
  private static final ObjectMapper EXACT =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private DataQualityContent() {}

  /** Refuses what the form's model refuses, and gives the two members of a summary. */
  static String summary(String formName, String content) {
    JsonNode read;
    try {
      read = EXACT.readTree(content);
    } catch (JsonProcessingException e) {
      throw invalid(formName, "", "is not JSON");
    }
    if (!(read instanceof ObjectNode form)) {
      throw invalid(formName, "", "is not an object");
    }
    members(formName, "", form, Set.of(PERCENTAGE, COUNT, LIST));
    required(formName, form.path(PERCENTAGE).isNumber(), "." + PERCENTAGE, "number");
    double percentage = form.path(PERCENTAGE).asDouble();
    if (!(percentage >= 0 && percentage <= 100)) {
      throw invalid(formName, "." + PERCENTAGE, "is not between 0 and 100");
    }
    required(formName, form.path(COUNT).canConvertToInt(), "." + COUNT, "integer");
    JsonNode evaluations = form.path(LIST);
    list(formName, "." + LIST, evaluations, EVALUATIONS);
    for (int i = 0; i < evaluations.size(); i++) {
      evaluation(formName, ".%s[%d]".formatted(LIST, i), evaluations.get(i));
    }
    return form.deepCopy().<ObjectNode>retain(PERCENTAGE, COUNT).toString();
  }

  private static void evaluation(String form, String path, JsonNode evaluation) {
    required(form, evaluation.isObject(), path, "object");
    members(
        form,
        path,
        (ObjectNode) evaluation,
        Set.of("description", "types", "applicableFields", "status", "details"));
    if (!Set.of("PASS", "FAIL").contains(evaluation.path("status").asText())) {
      throw invalid(form, path + ".status", "is not PASS or FAIL");
    }
    if (evaluation.has("description")) {
      required(form, evaluation.path("description").isTextual(), path + ".description", "string");
    }
    list(form, path + ".types", evaluation.path("types"), NAMES);
    list(form, path + ".applicableFields", evaluation.path("applicableFields"), NAMES);
    texts(form, path + ".types", evaluation.path("types"));
    texts(form, path + ".applicableFields", evaluation.path("applicableFields"));
    JsonNode details = evaluation.path("details");
    if (!details.isMissingNode()) {
      required(form, details.isObject(), path + ".details", "map");
    }
    for (Map.Entry<String, JsonNode> entry : details.properties()) {
      required(form, entry.getValue().isTextual(), path + ".details." + entry.getKey(), "string");
    }
  }

  private static void members(String form, String path, ObjectNode node, Set<String> known) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw invalid(form, path + "." + name, "is not defined in the form type");
              }
            });
  }

  private static void list(String form, String path, JsonNode list, int atMost) {
    if (list.isMissingNode()) {
      return;
    }
    required(form, list.isArray(), path, "list");
    if (list.size() > atMost) {
      throw invalid(form, path, "has %d elements; at most %d".formatted(list.size(), atMost));
    }
  }

  private static void texts(String form, String path, JsonNode list) {
    for (JsonNode element : list) {
      required(form, element.isTextual(), path, "list of strings");
    }
  }

  private static void required(String form, boolean fits, String path, String type) {
    if (!fits) {
      throw invalid(form, path, "is missing but it is required, or it is not a " + type);
    }
  }

  private static StubError invalid(String form, String path, String problem) {
    return DataZoneErrors.invalid("$.%s%s: %s".formatted(form, path, problem));
  }
}
