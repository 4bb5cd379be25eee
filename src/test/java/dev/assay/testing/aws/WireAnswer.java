package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A good answer on the wire: members that its shape has in headers, and the rest in the body. */
record WireAnswer(Map<String, String> headers, byte[] body) {
  /**
   * @param members every member by its name, also those of headers; blobs as base64
   */
  static WireAnswer of(Optional<Shape> output, JsonNode members) {
    if (output.isEmpty() || !(members instanceof ObjectNode)) {
      return new WireAnswer(Map.of(), bytes(members));
    }
    ObjectNode rest = members.deepCopy();
    Map<String, String> headers = new LinkedHashMap<>();
    for (Shape member : output.get().members().values()) {
      if (member.location().filter("header"::equals).isPresent() && rest.has(member.name())) {
        JsonNode value = rest.remove(member.name());
        headers.put(member.locationName().orElse(member.name()), text(member, value));
      }
    }
    Optional<Shape> payload = output.get().payload();
    if (payload.isEmpty()) {
      return new WireAnswer(headers, bytes(rest));
    }
    JsonNode whole = rest.path(payload.get().name());
    return new WireAnswer(
        headers,
        payload.get().type().equals("blob")
            ? Base64.getDecoder().decode(whole.asText())
            : bytes(whole));
  }

  private static String text(Shape member, JsonNode value) {
    if (!member.type().equals("timestamp") || !value.isNumber()) {
      return value.asText();
    }
    BigDecimal seconds = value.decimalValue();
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(
        Instant.ofEpochSecond(seconds.longValue()).atOffset(ZoneOffset.UTC));
  }

  private static byte[] bytes(JsonNode node) {
    return node.toString().getBytes(StandardCharsets.UTF_8);
  }
}
