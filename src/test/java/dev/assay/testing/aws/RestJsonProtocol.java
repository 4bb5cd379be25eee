package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * REST with JSON: the operation by method and path, members in path, query, headers and body.
 *
 * <p>Headers that no member names are not looked at, because every client adds some of its own.
 */
final class RestJsonProtocol implements RequestProtocol {
  private final Map<Operation, UriTemplate> templates;

  RestJsonProtocol(Map<String, Operation> operations) {
    this.templates = new LinkedHashMap<>();
    operations.values().forEach(o -> templates.put(o, UriTemplate.of(o.uri())));
  }

  @Override
  public ModelledRequest read(RecordedRequest request) {
    Operation operation = null;
    Map<String, String> labels = Map.of();
    for (Map.Entry<Operation, UriTemplate> entry : templates.entrySet()) {
      Optional<Map<String, String>> match = entry.getValue().match(request);
      if (entry.getKey().method().equals(request.method())
          && match.isPresent()
          && (operation == null
              || templates.get(operation).fixedParts() < entry.getValue().fixedParts())) {
        operation = entry.getKey();
        labels = match.get();
      }
    }
    return operation == null
        ? RequestProtocol.unknown(
            "the service has no operation %s %s".formatted(request.method(), request.path()))
        : new Reading(operation, request, labels).read();
  }

  /** One request being read. */
  private static final class Reading {
    private final Operation operation;
    private final RecordedRequest request;
    private final Map<String, String> labels;
    private final ShapeChecker checker;
    private final Set<String> known = new HashSet<>();

    Reading(Operation operation, RecordedRequest request, Map<String, String> labels) {
      this.operation = operation;
      this.request = request;
      this.labels = labels;
      this.checker = new ShapeChecker(operation.name());
    }

    ModelledRequest read() {
      ObjectNode input = operation.input().flatMap(this::body).orElseGet(JSON::createObjectNode);
      if (operation.input().isEmpty()
          && request.body().length > 0
          && !request.text().equals("{}")) {
        checker.report("", "takes no body");
      }
      operation
          .input()
          .ifPresent(
              shape -> {
                for (Shape member : shape.members().values()) {
                  located(member).ifPresent(value -> input.set(member.name(), value));
                }
                checker.check("", shape, input);
              });
      known.add(UriTemplate.of(operation.uri()).fixedQuery().split("=", 2)[0]);
      for (String parameter : request.query().keySet()) {
        if (!known.contains(parameter)) {
          checker.report("", "has the unknown query parameter '%s'".formatted(parameter));
        }
      }
      return new ModelledRequest(operation.name(), input, checker.found());
    }

    private Optional<ObjectNode> body(Shape shape) {
      if (shape.payload().isPresent()) {
        ObjectNode input = JSON.createObjectNode();
        payload(shape.payload().get())
            .ifPresent(value -> input.set(shape.payload().get().name(), value));
        return Optional.of(input);
      }
      Optional<ObjectNode> read = RequestProtocol.object(request.body(), checker);
      if (request.body().length > 0 && !request.contentType().equals("application/json")) {
        checker.report(
            "",
            "has the content type '%s'; expected 'application/json'"
                .formatted(request.contentType()));
      }
      // a member that belongs elsewhere is not one of the body
      read.ifPresent(
          body ->
              shape.members().values().stream()
                  .filter(member -> member.location().isPresent() && body.has(member.name()))
                  .forEach(
                      member -> {
                        body.remove(member.name());
                        checker.report(
                            member.name(),
                            "is in the body; it belongs to the " + member.location().get());
                      }));
      return read;
    }

    private Optional<JsonNode> payload(Shape member) {
      if (request.body().length == 0) {
        return Optional.empty();
      }
      return switch (member.type()) {
        case "blob" ->
            Optional.of(
                JSON.getNodeFactory().textNode(Base64.getEncoder().encodeToString(request.body())));
        case "string" -> Optional.of(JSON.getNodeFactory().textNode(request.text()));
        default -> RequestProtocol.object(request.body(), checker).map(JsonNode.class::cast);
      };
    }

    private Optional<JsonNode> located(Shape member) {
      String name = member.locationName().orElse(member.name());
      return switch (member.location().orElse("")) {
        case "uri" ->
            Optional.ofNullable(labels.get(name))
                .map(t -> WireText.toJson(member, t, WireText.ISO));
        case "querystring" -> parameter(member, name);
        case "header" -> request.header(name).map(t -> WireText.toJson(member, t, WireText.RFC));
        case "headers" -> Optional.of(headers(name.toLowerCase(Locale.ROOT)));
        default -> Optional.empty();
      };
    }

    private Optional<JsonNode> parameter(Shape member, String name) {
      if (member.type().equals("map")) {
        ObjectNode map = JSON.createObjectNode();
        request.query().forEach((key, values) -> map.put(key, values.get(0)));
        known.addAll(request.query().keySet());
        return Optional.of(map);
      }
      known.add(name);
      List<String> values = request.query().getOrDefault(name, List.of());
      if (values.isEmpty()) {
        return Optional.empty();
      }
      if (member.type().equals("list")) {
        ArrayNode list = JSON.createArrayNode();
        values.forEach(v -> list.add(WireText.toJson(member.part("member"), v, WireText.ISO)));
        return Optional.of(list);
      }
      if (values.size() > 1) {
        checker.report(name, "occurs %d times in the query".formatted(values.size()));
      }
      return Optional.of(WireText.toJson(member, values.get(0), WireText.ISO));
    }

    private ObjectNode headers(String prefix) {
      ObjectNode map = JSON.createObjectNode();
      request
          .headers()
          .forEach(
              (header, values) -> {
                if (header.toLowerCase(Locale.ROOT).startsWith(prefix)) {
                  map.put(header.substring(prefix.length()), values.get(0));
                }
              });
      return map;
    }
  }
}
