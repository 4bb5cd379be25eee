package dev.assay.rules.evaluate;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A small table of every type, from a seed.
 *
 * @param lake whether it is written to the lake, which has no integers of 8 and 16 bits
 */
record GeneratedTable(String name, boolean lake, List<Column> columns, List<Row> rows) {
  /** A column; {@code role} says what values it holds, whatever its name. */
  record Column(String role, String name, String type) {
    String sql() {
      return "`" + name.replace("`", "``") + "`";
    }

    /** As a parameter of a rule. */
    String dqdl() {
      return RuleText.quoted(name);
    }

    boolean number() {
      return whole() || type.equals("float") || type.equals("double");
    }

    /** Whole numbers and decimals. */
    boolean whole() {
      return type.endsWith("int") || type.startsWith("decimal");
    }

    /** Digits after the point. */
    int scale() {
      return type.startsWith("decimal")
          ? Integer.parseInt(type.substring(type.indexOf(',') + 1, type.length() - 1))
          : 0;
    }

    boolean plainName() {
      return name.matches("[A-Za-z_][A-Za-z0-9_]*") && !name.equals("from");
    }
  }

  /** What makes tables different from each other. */
  enum Shape {
    ORDINARY,
    EMPTY,
    NULLS,
    ONE_ROW,
    COMPLETE,
    HOSTILE_NUMBERS,
    ODD_NAMES,
    DUPLICATES
  }

  private static final Map<String, String> ROLES = new LinkedHashMap<>();
  private static final Map<String, String> ODD =
      Map.of(
          "i", "two words",
          "l", "from",
          "d", "größe",
          "s", "back`tick",
          "code", "1st",
          "day", "quo'te",
          "dec", "a.b",
          "b", "UPPER",
          "ts", "dou\"ble");
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          " \t",
          "\n",
          "a",
          "b",
          "ab",
          "a b",
          "A",
          "it's",
          "say \"hi\"",
          "back\\slash",
          "𝄞",
          "𝄞é",
          "NULL",
          "a\n",
          "%",
          "_",
          "null",
          "ä");
  private static final List<String> CODES =
      List.of(
          "1",
          "12",
          " 7 ",
          "-3",
          "3.5",
          "1e3",
          "abc",
          "",
          "2026-11-20",
          "2026-02-30",
          "true",
          "FALSE",
          "99999999999",
          "1969-12-31 23:59:59",
          "NaN",
          "0x1F",
          "+5",
          "1.",
          "t");

  static {
    ROLES.put("ti", "tinyint");
    ROLES.put("si", "smallint");
    ROLES.put("i", "int");
    ROLES.put("l", "bigint");
    ROLES.put("f", "float");
    ROLES.put("d", "double");
    ROLES.put("dec", "decimal(12,2)");
    ROLES.put("w", "decimal(38,4)");
    ROLES.put("s", "string");
    ROLES.put("code", "string");
    ROLES.put("digits", "string");
    ROLES.put("day", "date");
    ROLES.put("ts", "timestamp");
    ROLES.put("b", "boolean");
    ROLES.put("id", "bigint");
    ROLES.put("few", "int");
    ROLES.put("same", "double");
    ROLES.put("none", "string");
    ROLES.put("nonumber", "double");
  }

  static GeneratedTable random(String name, Random random, Shape shape, boolean lake, Instant now) {
    List<Column> columns = new ArrayList<>();
    ROLES.forEach(
        (role, type) -> {
          if (!lake || !(type.equals("tinyint") || type.equals("smallint"))) {
            String called = shape == Shape.ODD_NAMES ? ODD.getOrDefault(role, role) : role;
            columns.add(new Column(role, called, type));
          }
        });
    Map<String, Double> nulls = new LinkedHashMap<>();
    columns.forEach(column -> nulls.put(column.role(), nullShare(shape, random)));
    int count =
        switch (shape) {
          case EMPTY -> 0;
          case ONE_ROW -> 1;
          default -> 2 + random.nextInt(random.nextBoolean() ? 20 : 300);
        };
    List<Row> rows =
        IntStream.range(0, count)
            .mapToObj(
                index ->
                    RowFactory.create(
                        columns.stream()
                            .map(
                                column ->
                                    random.nextDouble() < nulls.getOrDefault(column.role(), 0.0)
                                        ? null
                                        : value(column, random, shape, index, now))
                            .toArray()))
            .toList();
    return new GeneratedTable(name, lake, List.copyOf(columns), rows);
  }

  private static double nullShare(Shape shape, Random random) {
    return switch (shape) {
      case COMPLETE -> 0;
      case NULLS -> random.nextBoolean() ? 1 : 0.5;
      default -> List.of(0.0, 0.0, 0.1, 0.5).get(random.nextInt(4));
    };
  }

  private static Object value(Column column, Random random, Shape shape, int index, Instant now) {
    int spread = shape == Shape.DUPLICATES ? 3 : 60;
    boolean hostile = shape == Shape.HOSTILE_NUMBERS;
    return switch (column.role()) {
      case "ti" -> (byte) (random.nextInt(spread) - spread / 2);
      case "si" -> (short) (random.nextInt(spread * 10) - spread);
      case "i" -> hostile && index == 1 ? Integer.MIN_VALUE : random.nextInt(spread) - spread / 3;
      case "l" ->
          hostile
              ? (Long.MAX_VALUE - random.nextInt(5)) * (random.nextBoolean() ? 1 : -1)
              : (long) random.nextInt(spread * 100);
      case "f" -> hostile ? hostile(random).floatValue() : (random.nextInt(spread * 4) - 20) / 4f;
      case "d" -> hostile ? hostile(random) : (random.nextInt(spread * 4) - 20) / 4.0;
      case "dec" -> BigDecimal.valueOf(random.nextInt(spread * 100) - 300, 2);
      case "w" ->
          hostile
              ? new BigDecimal(BigInteger.TEN.pow(38).subtract(BigInteger.ONE), 4)
              : BigDecimal.valueOf(random.nextInt(spread * 10_000) - 300, 4);
      case "s" -> TEXTS.get(random.nextInt(Math.min(TEXTS.size(), spread)));
      case "code" -> CODES.get(random.nextInt(Math.min(CODES.size(), spread)));
      case "digits" -> Integer.toString(random.nextInt(spread * 20));
      case "day" -> Date.valueOf(day(random, spread, now));
      case "ts" -> Timestamp.from(instant(random, spread, now));
      case "b" -> random.nextInt(3) > 0;
      case "id" -> (long) index;
      case "few" -> random.nextInt(4);
      case "same" -> 0.1;
      default -> null;
    };
  }

  private static Double hostile(Random random) {
    return switch (random.nextInt(7)) {
      case 0 -> Double.NaN;
      case 1 -> -0.0;
      case 2 -> 0.0;
      case 3 -> Double.POSITIVE_INFINITY;
      case 4 -> Double.NEGATIVE_INFINITY;
      default -> (double) random.nextInt(3);
    };
  }

  private static LocalDate day(Random random, int spread, Instant now) {
    return random.nextInt(10) == 0
        ? LocalDate.of(1965, 3, 1 + random.nextInt(9))
        : LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(random.nextInt(spread) / 4);
  }

  private static Instant instant(Random random, int spread, Instant now) {
    if (random.nextInt(10) == 0) {
      return Instant.parse("1969-12-31T23:59:59.999999Z").minusSeconds(random.nextInt(9));
    }
    // half an hour away from every whole hour of age, so that a few seconds decide nothing
    return now.truncatedTo(ChronoUnit.MICROS)
        .minus(30 + 60L * random.nextInt(spread * 4), ChronoUnit.MINUTES);
  }

  boolean has(String role) {
    return columns.stream().anyMatch(column -> column.role().equals(role));
  }

  Column role(String role) {
    return columns.stream().filter(column -> column.role().equals(role)).findFirst().orElseThrow();
  }

  StructType schema() {
    StructType schema = new StructType();
    for (Column column : columns) {
      schema = schema.add(column.name(), DataTypes.StringType.fromDDL(column.type()));
    }
    return schema;
  }

  /** A value of the column as text, or something else if there is none. */
  String someValue(Column column, Random random, String otherwise) {
    if (rows.isEmpty()) {
      return otherwise;
    }
    Object value = rows.get(random.nextInt(rows.size())).get(columns.indexOf(column));
    return value == null ? otherwise : value.toString();
  }
}
