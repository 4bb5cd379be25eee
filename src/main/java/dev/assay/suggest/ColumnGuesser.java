package dev.assay.suggest;

import java.text.Normalizer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Guesses a column's type, format and role from its name and a sample of its values. */
public final class ColumnGuesser {
  private static final int FEW_VALUES = 12;
  private static final int ENOUGH_ROWS = 20;
  private static final List<String> DATE_FORMATS =
      List.of("dd.MM.yyyy", "dd/MM/yyyy", "MM/dd/yyyy", "yyyy/MM/dd", "dd-MM-yyyy", "yyyyMMdd");
  private static final List<String> TIMESTAMP_FORMATS =
      List.of("dd.MM.yyyy HH:mm:ss", "dd.MM.yyyy HH:mm", "MM/dd/yyyy HH:mm:ss", "MM/dd/yyyy HH:mm");
  private static final List<String> BOOLEANS =
      List.of("Y/N", "y/n", "yes/no", "Yes/No", "T/F", "J/N");
  private static final Pattern INTEGER = Pattern.compile("[+-]?(0|[1-9]\\d*)");
  private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d+\\.\\d+|[+-]?(0|[1-9]\\d*)");
  private static final Pattern EUROPEAN =
      Pattern.compile("[+-]?(\\d{1,3}(\\.\\d{3})+|\\d+)(,\\d+)?");
  private static final Pattern GROUPED =
      Pattern.compile("[+-]?(\\d{1,3}(,\\d{3})+|\\d+)(\\.\\d+)?");
  private static final Pattern FLOATING =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[A-Za-z]{2,}");
  private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 ()/-]{7,}");
  private static final Map<String, Pattern> PERSONAL_NAMES = personalNames();

  private ColumnGuesser() {}

  /**
   * Guesses.
   *
   * @param values a sample, NULL where a value is missing
   */
  public static ColumnGuess guess(String source, List<@Nullable String> values) {
    List<String> present =
        values.stream().filter(Objects::nonNull).map(Objects::requireNonNull).toList();
    Typed typed = type(present);
    Set<String> distinct = new HashSet<>(present);
    Optional<String> personal = personal(source, present);
    boolean few = present.size() >= ENOUGH_ROWS && distinct.size() <= FEW_VALUES;
    return new ColumnGuess(
        source,
        plainName(source),
        typed.type,
        typed.format,
        present.size() == values.size() && !values.isEmpty(),
        distinct.size() == present.size() && !present.isEmpty(),
        personal,
        few && personal.isEmpty() && typed.type.equals("string")
            ? List.copyOf(new TreeSet<>(distinct))
            : List.of());
  }

  /** A name for a column or table: lower case letters, digits and underscores. */
  public static String plainName(String name) {
    String plain =
        Normalizer.normalize(
                name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                    .toLowerCase(Locale.ROOT)
                    .replace("ä", "ae")
                    .replace("ö", "oe")
                    .replace("ü", "ue")
                    .replace("ß", "ss"),
                // é is an e with a mark, and marks go
                Normalizer.Form.NFD)
            .replaceAll("\\p{M}+", "")
            .replaceAll("[^a-z0-9]+", "_")
            .replaceAll("^_+|_+$", "");
    if (plain.isEmpty()) {
      // written in letters of another alphabet
      return "unnamed";
    }
    return Character.isLetter(plain.charAt(0)) ? plain : "c_" + plain;
  }

  private record Typed(String type, Optional<String> format) {
    static Typed plain(String type) {
      return new Typed(type, Optional.empty());
    }
  }

  private static Typed type(List<String> values) {
    // 00123 is a code and no number
    if (values.isEmpty() || values.stream().anyMatch(value -> value.matches("0\\d+"))) {
      return Typed.plain("string");
    }
    if (all(values, INTEGER.asMatchPredicate())) {
      return Typed.plain(longest(values) < 10 ? "int" : longest(values) < 19 ? "bigint" : "string");
    }
    if (all(values, value -> value.equals("true") || value.equals("false"))) {
      return Typed.plain("boolean");
    }
    for (String words : BOOLEANS) {
      if (all(values, List.of(words.split("/"))::contains) && new HashSet<>(values).size() == 2) {
        return new Typed("boolean", Optional.of(words));
      }
    }
    return numberOrTime(values);
  }

  private static Typed numberOrTime(List<String> values) {
    if (all(values, value -> isDate(value, "yyyy-MM-dd"))) {
      return Typed.plain("date");
    }
    for (String format : DATE_FORMATS) {
      if (all(values, value -> isDate(value, format))) {
        return new Typed("date", Optional.of(format));
      }
    }
    if (all(values, value -> value.matches("\\d{4}-\\d{2}-\\d{2}[ T]\\d{2}:\\d{2}.*"))) {
      return Typed.plain("timestamp");
    }
    for (String format : TIMESTAMP_FORMATS) {
      if (all(values, value -> isTimestamp(value, format))) {
        return new Typed("timestamp", Optional.of(format));
      }
    }
    if (all(values, DECIMAL.asMatchPredicate())) {
      return new Typed(decimal(values, '.'), Optional.empty());
    }
    if (all(values, EUROPEAN.asMatchPredicate()) && any(values, ",")) {
      return new Typed(decimal(values, ','), Optional.of("1.234,56"));
    }
    if (all(values, GROUPED.asMatchPredicate()) && any(values, ",")) {
      return new Typed(decimal(values, '.'), Optional.of("1,234.56"));
    }
    return Typed.plain(all(values, FLOATING.asMatchPredicate()) ? "double" : "string");
  }

  private static String decimal(List<String> values, char point) {
    int scale =
        values.stream()
            .mapToInt(
                value ->
                    value.indexOf(point) < 0 ? 0 : value.length() - value.lastIndexOf(point) - 1)
            .max()
            .orElse(0);
    int digits =
        values.stream().mapToInt(value -> value.replaceAll("\\D", "").length()).max().orElse(1);
    return scale > 8
        ? "double"
        : "decimal(%d,%d)".formatted(Math.min(38, Math.max(10, digits + 4)), scale);
  }

  /** All but one in fifty: a few wrong values do not change what a column is for. */
  private static boolean all(List<String> values, Predicate<String> test) {
    long others = values.stream().filter(value -> !test.test(value.strip())).count();
    return others * 50 <= values.size();
  }

  private static boolean any(List<String> values, String part) {
    return values.stream().anyMatch(value -> value.contains(part));
  }

  private static int longest(List<String> values) {
    return values.stream().mapToInt(String::length).max().orElse(0);
  }

  private static boolean isDate(String value, String format) {
    try {
      int year = LocalDate.parse(value, strict(format)).getYear();
      return year > 1800 && year < 2200;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static boolean isTimestamp(String value, String format) {
    try {
      return LocalDateTime.parse(value, strict(format)).getYear() > 1800;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static DateTimeFormatter strict(String format) {
    return DateTimeFormatter.ofPattern(format.replace("yyyy", "uuuu"), Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  private static Optional<String> personal(String source, List<String> values) {
    String name = plainName(source);
    for (Map.Entry<String, Pattern> kind : PERSONAL_NAMES.entrySet()) {
      if (kind.getValue().matcher(name).find()) {
        return Optional.of(kind.getKey());
      }
    }
    if (mostly(values, EMAIL)) {
      return Optional.of("e-mail");
    }
    return mostly(values, PHONE) && !all(values, INTEGER.asMatchPredicate()) && !anyDate(values)
        ? Optional.of("phone")
        : Optional.empty();
  }

  private static boolean anyDate(List<String> values) {
    return values.stream().anyMatch(value -> value.matches("\\d{2,4}[-./]\\d{2}[-./]\\d{2,4}.*"));
  }

  private static boolean mostly(List<String> values, Pattern pattern) {
    long hits = values.stream().filter(pattern.asMatchPredicate()).count();
    return !values.isEmpty() && hits * 2 > values.size();
  }

  private static Map<String, Pattern> personalNames() {
    Map<String, Pattern> names = new LinkedHashMap<>();
    names.put("e-mail", Pattern.compile("e?mail"));
    names.put("phone", Pattern.compile("phone|mobile|(^|_)tel(_|$)|fax"));
    names.put("birth date", Pattern.compile("birth|(^|_)dob(_|$)"));
    names.put("identity number", Pattern.compile("ssn|national_?id|passport|tax_id"));
    names.put("bank or card", Pattern.compile("iban|card_?n|credit_?card"));
    names.put("address", Pattern.compile("street|(^|_)address|post_?code|(^|_)zip"));
    names.put("name", Pattern.compile("(first|last|sur|full|owner|customer|person|contact)_?name"));
    names.put("login", Pattern.compile("login|user_?name"));
    names.put("plate", Pattern.compile("(licen[cs]e_?)?plate"));
    return names;
  }
}
