package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * An operation of a service model.
 *
 * @param uri the template of its path, with labels in braces, maybe with a fixed query
 * @param status what a good answer has
 * @param errors the codes of the errors it may answer with
 */
record Operation(
    String name,
    String method,
    String uri,
    int status,
    Optional<Shape> input,
    Optional<Shape> output,
    List<String> errors) {
  static Operation of(JsonNode model, String name) {
    JsonNode operation = model.path("operations").path(name);
    JsonNode http = operation.path("http");
    return new Operation(
        name,
        http.path("method").asText("POST"),
        http.path("requestUri").asText("/"),
        http.path("responseCode").asInt(200),
        shape(model, operation.path("input")),
        shape(model, operation.path("output")),
        operation.path("errors").findValuesAsText("shape"));
  }

  private static Optional<Shape> shape(JsonNode model, JsonNode reference) {
    return reference.isMissingNode()
        ? Optional.empty()
        : Optional.of(Shape.of(model.path("shapes"), reference));
  }
}
