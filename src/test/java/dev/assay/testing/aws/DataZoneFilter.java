package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * The filter of a search: a comparison, or all or any of several.
 *
 * <p>Attributes are those that the service documents; another one is refused.
 */
final class DataZoneFilter {
  private static final Map<String, String> MEMBERS =
      Map.of(
          "typeName", "typeIdentifier",
          "owningProjectId", "owningProjectId",
          "name", "name",
          "glossaryTerms", "glossaryTerms",
          "__DataZoneGlossaryTerms", "glossaryTerms",
          "creationTime", "createdAt",
          "lastUpdatedTime", "createdAt",
          "glossaryId", "glossaryId");

  private DataZoneFilter() {}

  static boolean matches(JsonNode clause, ObjectNode document) {
    if (clause.isMissingNode()) {
      return true;
    }
    if (clause.has("and")) {
      return StreamSupport.stream(clause.path("and").spliterator(), false)
          .allMatch(each -> matches(each, document));
    }
    if (clause.has("or")) {
      return StreamSupport.stream(clause.path("or").spliterator(), false)
          .anyMatch(each -> matches(each, document));
    }
    JsonNode filter = clause.path("filter");
    String attribute = filter.path("attribute").asText();
    String member = MEMBERS.get(attribute);
    if (member == null) {
      throw DataZoneErrors.invalid("%s is not an attribute to filter by".formatted(attribute));
    }
    String operator = filter.path("operator").asText("EQ");
    JsonNode actual = document.path(member);
    if (filter.has("intValue")) {
      return actual.isNumber()
          && compares(operator, actual.decimalValue(), filter.path("intValue").decimalValue());
    }
    String value = filter.path("value").asText();
    return actual.isArray()
        ? StreamSupport.stream(actual.spliterator(), false)
            .anyMatch(each -> says(operator, each.asText(), value))
        : says(operator, actual.asText(), value);
  }

  private static boolean says(String operator, String actual, String value) {
    return switch (operator) {
      case "EQ" -> actual.equals(value);
      case "TEXT_SEARCH" ->
          actual.toLowerCase(Locale.ROOT).contains(value.toLowerCase(Locale.ROOT));
      default -> throw DataZoneErrors.invalid("%s does not compare texts".formatted(operator));
    };
  }

  private static boolean compares(String operator, BigDecimal actual, BigDecimal value) {
    int order = actual.compareTo(value);
    return switch (operator) {
      case "LE" -> order <= 0;
      case "LT" -> order < 0;
      case "GE" -> order >= 0;
      case "GT" -> order > 0;
      case "EQ" -> order == 0;
      default -> throw DataZoneErrors.invalid("%s does not compare numbers".formatted(operator));
    };
  }
}
