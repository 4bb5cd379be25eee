package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks a document against a shape: required and unknown members, types, enumerations, patterns,
 * bounds and unions.
 *
 * <p>Patterns must match the whole text, although the models say it of some only with {@code ^} and
 * {@code $}. Lengths of text are counted in code points, those of blobs in bytes. A null member is
 * an absent one.
 */
final class ShapeChecker {
  private static final int SHOWN = 60;
  private static final Set<String> NUMBERS_AS_TEXT = Set.of("NaN", "Infinity", "-Infinity");

  private final String operation;
  private final List<Violation> found = new ArrayList<>();

  ShapeChecker(String operation) {
    this.operation = operation;
  }

  List<Violation> found() {
    return List.copyOf(found);
  }

  void report(String path, String problem) {
    found.add(new Violation(operation, path, problem));
  }

  void check(String path, Shape shape, JsonNode value) {
    if (shape.isDocument()) {
      return;
    }
    switch (shape.type()) {
      case "structure" -> checkStructure(path, shape, value);
      case "list" -> checkList(path, shape, value);
      case "map" -> checkMap(path, shape, value);
      case "string", "character" -> checkText(path, shape, value);
      case "blob" -> checkBlob(path, shape, value);
      case "integer" ->
          checkNumber(path, shape, value, value.isIntegralNumber() && value.canConvertToInt());
      case "long" ->
          checkNumber(path, shape, value, value.isIntegralNumber() && value.canConvertToLong());
      case "float", "double" -> checkNumber(path, shape, value, value.isNumber());
      case "boolean" -> isOfType(path, shape, value, value.isBoolean());
      case "timestamp" -> isOfType(path, shape, value, WireText.isTimestamp(shape, value));
      default ->
          report(path, "has the type %s, which this check does not know".formatted(shape.type()));
    }
  }

  private void checkStructure(String path, Shape shape, JsonNode value) {
    if (!isOfType(path, shape, value, value.isObject())) {
      return;
    }
    Map<String, Shape> byWireName = new LinkedHashMap<>();
    shape.members().values().forEach(member -> byWireName.put(member.wireName(), member));
    int set = 0;
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      if (!field.getValue().isNull()) {
        set++;
        Shape member = byWireName.get(field.getKey());
        if (member == null) {
          report(below(path, field.getKey()), "is not a member of " + typeName(shape));
        } else {
          check(below(path, field.getKey()), member, field.getValue());
        }
      }
    }
    for (String required : shape.required()) {
      String name = shape.members().get(required).wireName();
      if (value.path(name).isMissingNode() || value.path(name).isNull()) {
        report(below(path, name), "is required");
      }
    }
    if (shape.isUnion() && set != 1) {
      report(path, "is a union and must have exactly one member but has " + set);
    }
  }

  private void checkList(String path, Shape shape, JsonNode value) {
    if (!isOfType(path, shape, value, value.isArray())) {
      return;
    }
    checkBounds(path, shape, BigDecimal.valueOf(value.size()), "elements");
    for (int i = 0; i < value.size(); i++) {
      check("%s[%d]".formatted(path, i), shape.part("member"), value.get(i));
    }
  }

  private void checkMap(String path, Shape shape, JsonNode value) {
    if (!isOfType(path, shape, value, value.isObject())) {
      return;
    }
    checkBounds(path, shape, BigDecimal.valueOf(value.size()), "entries");
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      String place = "%s{%s}".formatted(path, shown(entry.getKey()));
      checkContent(place + " key", shape.part("key"), entry.getKey());
      check(place, shape.part("value"), entry.getValue());
    }
  }

  private void checkText(String path, Shape shape, JsonNode value) {
    if (isOfType(path, shape, value, value.isTextual())) {
      checkContent(path, shape, value.asText());
    }
  }

  private void checkContent(String path, Shape shape, String text) {
    List<String> enumeration = shape.enumeration();
    if (!enumeration.isEmpty() && !enumeration.contains(text)) {
      report(path, "is '%s'; expected one of %s".formatted(shown(text), enumeration));
    }
    boolean withinBounds =
        checkBounds(
            path, shape, BigDecimal.valueOf(text.codePointCount(0, text.length())), "characters");
    // a text that is far too long could keep a pattern busy for ever, and is wrong already
    if (withinBounds
        && shape.pattern().isPresent()
        && !Pattern.matches(shape.pattern().get(), text)) {
      report(
          path, "is '%s', which does not match %s".formatted(shown(text), shape.pattern().get()));
    }
  }

  private void checkBlob(String path, Shape shape, JsonNode value) {
    if (!isOfType(path, shape, value, value.isTextual())) {
      return;
    }
    String text = value.asText();
    try {
      if (text.length() % 4 != 0) {
        throw new IllegalArgumentException("padding is missing");
      }
      byte[] bytes = Base64.getDecoder().decode(text);
      checkBounds(path, shape, BigDecimal.valueOf(bytes.length), "bytes");
    } catch (IllegalArgumentException e) {
      report(path, "is not base64: " + e.getMessage());
    }
  }

  private void checkNumber(String path, Shape shape, JsonNode value, boolean fits) {
    boolean named = value.isTextual() && NUMBERS_AS_TEXT.contains(value.asText());
    boolean nameable = shape.type().equals("float") || shape.type().equals("double");
    if (isOfType(path, shape, value, fits || (named && nameable)) && value.isNumber()) {
      checkBounds(path, shape, value.decimalValue(), "");
    }
  }

  private boolean checkBounds(String path, Shape shape, BigDecimal size, String unit) {
    String is = unit.isEmpty() ? "is " + size : "has %s %s".formatted(size, unit);
    if (shape.bound("min").filter(min -> size.compareTo(min) < 0).isPresent()) {
      report(path, "%s; at least %s".formatted(is, shape.bound("min").get()));
      return false;
    }
    if (shape.bound("max").filter(max -> size.compareTo(max) > 0).isPresent()) {
      report(path, "%s; at most %s".formatted(is, shape.bound("max").get()));
      return false;
    }
    return true;
  }

  private boolean isOfType(String path, Shape shape, JsonNode value, boolean fits) {
    if (!fits) {
      report(path, "is %s; expected %s".formatted(shown(value.toString()), typeName(shape)));
    }
    return fits;
  }

  private static String typeName(Shape shape) {
    return "%s %s".formatted(shape.type(), shape.reference().path("shape").asText());
  }

  private static String below(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static String shown(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
