package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A shape of a service model, seen from the place that refers to it.
 *
 * @param shapes all shapes of the model
 * @param name what the place calls it; the name of the shape where the place has none
 * @param reference what the place says about it: its location, its name on the wire
 */
record Shape(JsonNode shapes, String name, JsonNode reference) {
  static Shape of(JsonNode shapes, JsonNode reference) {
    return new Shape(shapes, reference.path("shape").asText(), reference);
  }

  String type() {
    return definition().path("type").asText();
  }

  /** Members in the order of the model, by their names in the model. */
  Map<String, Shape> members() {
    Map<String, Shape> members = new LinkedHashMap<>();
    definition()
        .path("members")
        .fields()
        .forEachRemaining(
            e -> members.put(e.getKey(), new Shape(shapes, e.getKey(), e.getValue())));
    return members;
  }

  /** What a list is of, or the {@code key} or {@code value} of a map. */
  Shape part(String part) {
    return of(shapes, definition().path(part));
  }

  List<String> required() {
    return texts("required");
  }

  List<String> enumeration() {
    return texts("enum");
  }

  Optional<String> pattern() {
    return text(definition(), "pattern");
  }

  /** {@code min} or {@code max}. */
  Optional<BigDecimal> bound(String bound) {
    JsonNode value = definition().path(bound);
    return value.isNumber() ? Optional.of(value.decimalValue()) : Optional.empty();
  }

  boolean isUnion() {
    return is("union");
  }

  boolean isDocument() {
    return is("document");
  }

  boolean isFlattened() {
    return is("flattened");
  }

  /** {@code uri}, {@code querystring}, {@code header} or {@code headers}; empty for the body. */
  Optional<String> location() {
    return text(reference, "location");
  }

  Optional<String> locationName() {
    return text(reference, "locationName");
  }

  /** The member's name within its document; what lies outside of the body keeps the model's. */
  String wireName() {
    return location().isPresent() ? name : locationName().orElse(name);
  }

  Optional<String> timestampFormat() {
    return text(reference, "timestampFormat").or(() -> text(definition(), "timestampFormat"));
  }

  /** The member that is the whole body. */
  Optional<Shape> payload() {
    return text(definition(), "payload").map(member -> members().get(member));
  }

  private JsonNode definition() {
    return shapes.path(reference.path("shape").asText());
  }

  private boolean is(String trait) {
    return reference.path(trait).asBoolean() || definition().path(trait).asBoolean();
  }

  private List<String> texts(String field) {
    return StreamSupport.stream(definition().path(field).spliterator(), false)
        .map(JsonNode::asText)
        .toList();
  }

  private static Optional<String> text(JsonNode node, String field) {
    return node.path(field).isTextual() ? Optional.of(node.path(field).asText()) : Optional.empty();
  }
}
