package dev.assay.jobs;

import dev.assay.model.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The types a column may be declared with. */
final class SqlType {
  private static final List<String> SIMPLE =
      List.of(
          "string",
          "boolean",
          "tinyint",
          "smallint",
          "int",
          "bigint",
          "float",
          "double",
          "date",
          "timestamp",
          "binary");
  private static final Pattern DECIMAL =
      Pattern.compile("decimal\\(([1-9]|[12]\\d|3[0-8]),\\s*(\\d|[12]\\d|3[0-8])\\)");
  private static final Pattern NESTED = Pattern.compile("(array|map|struct)<.+>");

  private SqlType() {}

  /**
   * The type in its usual spelling.
   *
   * @throws IllegalArgumentException if it is none
   */
  static String check(String text) {
    String type = text.trim().toLowerCase(Locale.ROOT);
    if (SIMPLE.contains(type) || DECIMAL.matcher(type).matches()) {
      return type;
    }
    if (NESTED.matcher(type).matches()) {
      // names of fields are compared letter for letter with those in the data
      return text.trim();
    }
    throw new IllegalArgumentException(
        "'%s' is not a type. %s Decimals are written decimal(10,2)"
            .formatted(text, Nearest.suggestion(type, SIMPLE)));
  }
}
