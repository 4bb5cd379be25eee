package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The query protocol: a form with the operation as {@code Action} and members flattened to dotted
 * names.
 */
final class QueryProtocol implements RequestProtocol {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final Map<String, Operation> operations;
  private final String version;

  QueryProtocol(Map<String, Operation> operations, String version) {
    this.operations = operations;
    this.version = version;
  }

  @Override
  public ModelledRequest read(RecordedRequest request) {
    Map<String, List<String>> form = request.form();
    String action = String.join(",", form.getOrDefault("Action", List.of()));
    Operation operation = operations.get(action);
    if (operation == null) {
      return RequestProtocol.unknown("the service has no operation '%s'".formatted(action));
    }
    ShapeChecker checker = new ShapeChecker(operation.name());
    if (!request.method().equals("POST") || !request.contentType().equals(FORM)) {
      checker.report(
          "",
          "is %s with the content type '%s'; expected POST with '%s'"
              .formatted(request.method(), request.contentType(), FORM));
    }
    if (!form.getOrDefault("Version", List.of()).equals(List.of(version))) {
      checker.report("Version", "is %s; expected %s".formatted(form.get("Version"), version));
    }
    Fields fields = new Fields(form);
    JsonNode read =
        operation
            .input()
            .<JsonNode>map(shape -> fields.structure(shape, ""))
            .orElseGet(JSON::createObjectNode);
    ObjectNode input = read instanceof ObjectNode object ? object : JSON.createObjectNode();
    operation.input().ifPresent(shape -> checker.check("", shape, input));
    for (Map.Entry<String, List<String>> field : form.entrySet()) {
      if (!fields.taken.contains(field.getKey())) {
        checker.report(field.getKey(), "is not a parameter of " + operation.name());
      } else if (field.getValue().size() > 1) {
        checker.report(field.getKey(), "occurs %d times".formatted(field.getValue().size()));
      }
    }
    return new ModelledRequest(operation.name(), input, checker.found());
  }

  /** The fields of a form, put back into the tree they were flattened from. */
  private static final class Fields {
    private final Map<String, List<String>> form;
    private final Set<String> taken = new HashSet<>(Set.of("Action", "Version"));

    Fields(Map<String, List<String>> form) {
      this.form = form;
    }

    ObjectNode structure(Shape shape, String prefix) {
      ObjectNode object = JSON.createObjectNode();
      for (Shape member : shape.members().values()) {
        String name = prefix + member.wireName();
        if (isThere(name)) {
          object.set(member.wireName(), value(member, name));
        }
      }
      return object;
    }

    private JsonNode value(Shape shape, String name) {
      if (form.containsKey(name) && isContainer(shape)) {
        // an empty list or map is written as its name alone
        taken.add(name);
        String text = form.get(name).get(0);
        return text.isEmpty() && shape.type().equals("list")
            ? JSON.createArrayNode()
            : text.isEmpty() ? JSON.createObjectNode() : TextNode.valueOf(text);
      }
      return switch (shape.type()) {
        case "structure" -> structure(shape, name + ".");
        case "list" -> list(shape, name);
        case "map" -> map(shape, name);
        default -> {
          taken.add(name);
          yield form.containsKey(name)
              ? WireText.toJson(shape, form.get(name).get(0), WireText.ISO)
              : JSON.nullNode();
        }
      };
    }

    private ArrayNode list(Shape shape, String name) {
      Shape element = shape.part("member");
      String prefix =
          shape.isFlattened()
              ? name + "."
              : name + "." + element.locationName().orElse("member") + ".";
      ArrayNode list = JSON.createArrayNode();
      for (int i = 1; isThere(prefix + i); i++) {
        list.add(value(element, prefix + i));
      }
      return list;
    }

    private ObjectNode map(Shape shape, String name) {
      String prefix = shape.isFlattened() ? name + "." : name + ".entry.";
      String key = shape.part("key").locationName().orElse("key");
      String value = shape.part("value").locationName().orElse("value");
      ObjectNode map = JSON.createObjectNode();
      for (int i = 1; form.containsKey(prefix + i + "." + key); i++) {
        String keyName = prefix + i + "." + key;
        taken.add(keyName);
        map.set(form.get(keyName).get(0), value(shape.part("value"), prefix + i + "." + value));
      }
      return map;
    }

    private boolean isThere(String name) {
      return form.containsKey(name)
          || form.keySet().stream().anyMatch(field -> field.startsWith(name + "."));
    }

    private static boolean isContainer(Shape shape) {
      return Set.of("structure", "list", "map").contains(shape.type());
    }
  }
}
