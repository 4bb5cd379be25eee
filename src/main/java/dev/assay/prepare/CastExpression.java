package dev.assay.prepare;

import dev.assay.model.Sql;
import dev.assay.model.job.ColumnSpec;
import java.util.List;

/**
 * The SQL that reads a text as a declared type of one value, or gives NULL. Nothing is rounded, cut
 * or guessed: a fraction is not an integer, a third decimal does not fit two, 30 February is no
 * date.
 */
final class CastExpression {
  private final ColumnSpec column;
  private final String source;
  private final String trimmed;

  CastExpression(ColumnSpec column) {
    this.column = column;
    this.source = Sql.column(column.name());
    this.trimmed = "trim(CAST(%s AS STRING))".formatted(source);
  }

  String sql() {
    String type = column.type();
    if (type.equals("string")) {
      return "CAST(%s AS STRING)".formatted(source);
    }
    if (type.startsWith("decimal")) {
      return decimal(plainNumber());
    }
    return switch (type) {
      case "date" -> date();
      case "timestamp" -> timestamp();
      case "boolean" -> bool();
      case "tinyint", "smallint", "int", "bigint" -> integer(plainNumber());
      case "float", "double" -> floating(plainNumber());
      case "binary" -> "CAST(%s AS BINARY)".formatted(source);
      default -> throw new IllegalArgumentException(type + " is not a type of one value");
    };
  }

  private String integer(String text) {
    return "CASE WHEN %s RLIKE '^[+-]?[0-9]+$' THEN try_cast(%s AS %s) END"
        .formatted(text, text, column.type());
  }

  /** Exact or not at all: the cast alone would round. */
  private String decimal(String text) {
    String cast = "try_cast(%s AS %s)".formatted(text, column.type());
    int scale = Integer.parseInt(column.type().replaceAll(".*,\\s*(\\d+)\\)", "$1"));
    String fits =
        "%s RLIKE '^[+-]?([0-9]+([.][0-9]{0,%d}0*)?|[.][0-9]{1,%d}0*)$'"
            .formatted(text, scale, Math.max(scale, 1));
    String scientific = "%s RLIKE '^[+-]?[0-9.]+[eE][+-]?[0-9]+$'".formatted(text);
    String same = "%s = try_cast(%s AS DECIMAL(38,18))".formatted(cast, text);
    return "CASE WHEN %s OR (%s AND %s) THEN %s END".formatted(fits, scientific, same, cast);
  }

  private String date() {
    String pattern = column.format().orElse("yyyy-MM-dd");
    String day = "CAST(try_to_timestamp(%s, %s) AS DATE)".formatted(trimmed, Sql.text(pattern));
    if (column.format().isEmpty()) {
      // a date column may come with a time of midnight
      day =
          "CASE WHEN %s RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T]00:00(:00([.]0+)?)?)?$' THEN try_to_timestamp(substr(%s, 1, 10), 'yyyy-MM-dd') END"
              .formatted(trimmed, trimmed);
      day = "CAST((%s) AS DATE)".formatted(day);
    }
    return inRange(day, "DATE");
  }

  private String timestamp() {
    String value =
        column
            .format()
            .map(pattern -> "try_to_timestamp(%s, %s)".formatted(trimmed, Sql.text(pattern)))
            .orElse(
                "CASE WHEN %s RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T].*)?$' THEN try_cast(%s AS TIMESTAMP) END"
                    .formatted(trimmed, trimmed));
    return inRange(value, "TIMESTAMP");
  }

  /** Years that every reader of the tables knows: 1 to 9999. */
  private static String inRange(String value, String type) {
    return "CASE WHEN (%s) BETWEEN %s'0001-01-01' AND %s'9999-12-31' THEN (%s) END"
        .formatted(value, type, type, value);
  }

  private String bool() {
    List<String> words =
        column.format().map(format -> List.of(format.split("/", 2))).orElse(List.of());
    if (words.size() == 2) {
      return "CASE WHEN %s = %s THEN true WHEN %s = %s THEN false END"
          .formatted(trimmed, Sql.text(words.get(0)), trimmed, Sql.text(words.get(1)));
    }
    return "CASE WHEN lower(%s) IN ('true', '1') THEN true WHEN lower(%s) IN ('false', '0') THEN false END"
        .formatted(trimmed, trimmed);
  }

  /** Only what is written as a number; one too large for the type is none. */
  private String floating(String text) {
    String cast = "try_cast(%s AS %s)".formatted(text, column.type());
    return "CASE WHEN %s RLIKE '^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$' AND abs(%s) < double('Infinity') THEN %s WHEN lower(%s) IN ('nan', 'infinity', '-infinity') THEN %s END"
        .formatted(text, cast, cast, text, cast);
  }

  /** The text with grouping marks taken out and a point for the decimals, if it is written so. */
  private String plainNumber() {
    String example = column.format().orElse("");
    int comma = example.lastIndexOf(',');
    int point = example.lastIndexOf('.');
    if (comma > point && comma >= 0) {
      return grouped("[.]", ",", "translate(translate(%s, '.', ''), ',', '.')");
    }
    if (point > comma && comma >= 0) {
      return grouped(",", "[.]", "translate(%s, ',', '')");
    }
    return trimmed;
  }

  private String grouped(String group, String decimal, String plain) {
    return "(CASE WHEN %s RLIKE '^[+-]?([0-9]{1,3}(%s[0-9]{3})+|[0-9]+)(%s[0-9]*)?$' THEN %s END)"
        .formatted(trimmed, group, decimal, plain.formatted(trimmed));
  }
}
