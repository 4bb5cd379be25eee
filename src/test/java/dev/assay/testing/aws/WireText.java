package dev.assay.testing.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/**
 * Values that are text on the wire: labels of a path, query parameters, headers, fields of a form.
 *
 * <p>They become what the same value is in a JSON body. A text that is not of its type stays a
 * text, and the check of the shape says so.
 */
final class WireText {
  static final String EPOCH = "unixTimestamp";
  static final String ISO = "iso8601";
  static final String RFC = "rfc822";

  private WireText() {}

  /**
   * @param timestamps how this place of the wire writes points in time unless the shape says
   *     otherwise
   */
  static JsonNode toJson(Shape shape, String text, String timestamps) {
    return switch (shape.type()) {
      case "integer", "long", "float", "double" -> number(text);
      case "boolean" ->
          text.equals("true") || text.equals("false")
              ? BooleanNode.valueOf(Boolean.parseBoolean(text))
              : TextNode.valueOf(text);
      case "timestamp" -> timestamp(shape, text, timestamps);
      default -> TextNode.valueOf(text);
    };
  }

  /** Whether a value in a JSON body is a point in time in the shape's format. */
  static boolean isTimestamp(Shape shape, JsonNode value) {
    String format = shape.timestampFormat().orElse(EPOCH);
    return format.equals(EPOCH)
        ? value.isNumber()
        : value.isTextual() && instant(value.asText(), format).isPresent();
  }

  private static JsonNode number(String text) {
    try {
      BigDecimal number = new BigDecimal(text);
      return number.scale() <= 0
          ? BigIntegerNode.valueOf(number.toBigIntegerExact())
          : DecimalNode.valueOf(number);
    } catch (NumberFormatException e) {
      return TextNode.valueOf(text);
    }
  }

  private static JsonNode timestamp(Shape shape, String text, String timestamps) {
    String format = shape.timestampFormat().orElse(timestamps);
    if (format.equals(EPOCH)) {
      return number(text);
    }
    if (shape.timestampFormat().isPresent()) {
      return TextNode.valueOf(text);
    }
    return instant(text, format)
        .<JsonNode>map(
            instant ->
                DecimalNode.valueOf(BigDecimal.valueOf(instant.toEpochMilli()).movePointLeft(3)))
        .orElse(TextNode.valueOf(text));
  }

  private static Optional<Instant> instant(String text, String format) {
    DateTimeFormatter formatter =
        format.equals(RFC)
            ? DateTimeFormatter.RFC_1123_DATE_TIME
            : DateTimeFormatter.ISO_OFFSET_DATE_TIME;
    try {
      TemporalAccessor parsed = formatter.parse(text);
      return Optional.of(Instant.from(parsed));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
