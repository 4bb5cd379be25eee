package dev.assay.rules.evaluate;

import dev.assay.rules.evaluate.GeneratedTable.Column;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;

/**
 * A condition on the values of a column, as DQDL and as SQL that is true for the rows that meet it.
 * The reference: a NULL fails every condition but {@code !=} and {@code not in}.
 */
record ValueCondition(String text, String sql) {
  private static final List<String> PATTERNS =
      List.of("[a-z]+", "a|b", ".*", "[A-Za-z ]*", "[0-9]{1,2}", "\\d+", "a.?", "(a|b)+", "[^a]*");
  private static final List<String> COMPARISONS = List.of("=", "!=", "<", "<=", ">", ">=");

  static ValueCondition random(GeneratedTable table, Column column, Random random, Instant now) {
    if (random.nextInt(12) == 0) {
      return random.nextBoolean()
          ? new ValueCondition("= NULL", column.sql() + " IS NULL")
          : new ValueCondition("!= NULL", column.sql() + " IS NOT NULL");
    }
    if (column.whole()) {
      return new Writer(column, random).whole(table);
    }
    return switch (column.type()) {
      case "float", "double" -> new Writer(column, random).floating(table);
      case "date" -> new Writer(column, random).date(table, now);
      case "timestamp" -> new Writer(column, random).timestamp(now);
      case "boolean" -> new Writer(column, random).truth();
      default ->
          column.role().equals("digits") || column.role().equals("code") && random.nextInt(3) == 0
              ? new Writer(column, random).numberInText(table)
              : new Writer(column, random).texts(table);
    };
  }

  private record Writer(Column column, Random random) {
    /** Rounded to the column's digits first, after which nothing can be lost in comparing. */
    ValueCondition whole(GeneratedTable table) {
      String one = wholeOperand(table);
      String other = wholeOperand(table);
      String value = "CAST(%s AS DECIMAL(38,%d))".formatted(column.sql(), column.scale());
      return conditions(
          one,
          other,
          new BigDecimal(one).compareTo(new BigDecimal(other)) <= 0,
          (operator, operand) -> wholeTest(value, operator, new BigDecimal(operand)));
    }

    private String wholeTest(String value, String operator, BigDecimal operand) {
      RoundingMode rounding =
          operator.equals("<") || operator.equals(">=") ? RoundingMode.CEILING : RoundingMode.FLOOR;
      BigDecimal fitting = operand.setScale(column.scale(), rounding);
      if (fitting.compareTo(operand) != 0 && operator.equals("=")) {
        return "false";
      }
      return "%s %s CAST('%s' AS DECIMAL(38,%d))"
          .formatted(value, operator, fitting.toPlainString(), column.scale());
    }

    private String wholeOperand(GeneratedTable table) {
      return switch (random.nextInt(6)) {
        case 0 -> Integer.toString(random.nextInt(9) - 4);
        case 1 -> "2.5";
        case 2 -> "-1000000";
        case 3 -> "0.00001";
        default -> new BigDecimal(table.someValue(column, random, "3")).toPlainString();
      };
    }

    ValueCondition floating(GeneratedTable table) {
      String one = floatingOperand(table);
      String other = floatingOperand(table);
      return conditions(
          one,
          other,
          Double.parseDouble(one) <= Double.parseDouble(other),
          (operator, operand) ->
              "CAST(%s AS DOUBLE) %s CAST('%s' AS DOUBLE)"
                  .formatted(column.sql(), operator, operand));
    }

    private String floatingOperand(GeneratedTable table) {
      double value = Double.parseDouble(table.someValue(column, random, "1.5"));
      return switch (random.nextInt(4)) {
        case 0 -> "0";
        case 1 -> "0.1";
        default -> Double.isFinite(value) ? NumberCondition.plain(value) : "-5";
      };
    }

    /** Text that is no number equals none and lies nowhere. */
    ValueCondition numberInText(GeneratedTable table) {
      String one = Integer.toString(random.nextInt(300));
      String other = column.role().equals("digits") ? table.someValue(column, random, "4") : "12";
      return conditions(
          one,
          other,
          Double.parseDouble(one) <= Double.parseDouble(other),
          (operator, operand) ->
              "try_cast(%s AS DOUBLE) %s CAST(%s AS DOUBLE)"
                  .formatted(column.sql(), operator, operand));
    }

    ValueCondition date(GeneratedTable table, Instant now) {
      LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
      int days = random.nextInt(20);
      boolean relative = random.nextInt(3) == 0;
      String one =
          relative
              ? days == 0 ? "now()" : "(now() - %d days)".formatted(days)
              : "\"%s\"".formatted(table.someValue(column, random, "2026-11-01"));
      String other = "\"1967-05-05\"";
      return conditions(
          other,
          one,
          relative || one.compareTo(other) > 0,
          (operator, operand) ->
              "%s %s CAST('%s' AS DATE)"
                  .formatted(
                      column.sql(),
                      operator,
                      operand.startsWith("\"")
                          ? operand.replace("\"", "")
                          : today.minusDays(days).toString()));
    }

    ValueCondition timestamp(Instant now) {
      int hours = random.nextInt(200);
      boolean relative = random.nextBoolean();
      Instant border =
          relative
              ? now.minus(hours, ChronoUnit.HOURS)
              : now.minus(hours, ChronoUnit.HOURS).truncatedTo(ChronoUnit.DAYS);
      String one = relative ? "(now() - %d hours)".formatted(hours) : "\"%.10s\"".formatted(border);
      return conditions(
          "\"1967-05-05\"",
          one,
          true,
          (operator, operand) ->
              "unix_micros(%s) %s %d"
                  .formatted(
                      column.sql(),
                      operator,
                      ChronoUnit.MICROS.between(
                          Instant.EPOCH,
                          operand.equals(one) ? border : Instant.parse("1967-05-05T00:00:00Z"))));
    }

    ValueCondition truth() {
      boolean wanted = random.nextBoolean();
      String operand = random.nextBoolean() ? Boolean.toString(wanted) : "\"" + wanted + "\"";
      String meets = wanted ? column.sql() : "NOT " + column.sql();
      return random.nextBoolean()
          ? new ValueCondition("= " + operand, "coalesce(%s, false)".formatted(meets))
          : new ValueCondition("!= " + operand, "NOT coalesce(%s, false)".formatted(meets));
    }

    ValueCondition texts(GeneratedTable table) {
      String one = table.someValue(column, random, "x");
      String other = table.someValue(column, random, "y");
      String name = column.sql();
      String members = "(%s, %s)".formatted(RuleText.sql(one), RuleText.sql(other));
      String list = "[%s, %s]".formatted(RuleText.quoted(one), RuleText.quoted(other));
      String pattern = PATTERNS.get(random.nextInt(PATTERNS.size()));
      String matches = "%s RLIKE %s".formatted(name, RuleText.sql("^(?:" + pattern + ")\\z"));
      String blank = "(%1$s <> '' AND %1$s RLIKE '^[ \\\\t\\\\n\\\\r\\\\f]*\\\\z')".formatted(name);
      return switch (random.nextInt(14)) {
        case 0 -> of("= " + RuleText.quoted(one), name + " = " + RuleText.sql(one), false);
        case 1 -> of("!= " + RuleText.quoted(one), name + " <> " + RuleText.sql(one), true);
        case 2, 3 -> of("in " + list, name + " IN " + members, false);
        case 4 -> of("not in " + list, name + " NOT IN " + members, true);
        case 5 -> of("matches " + RuleText.quoted(pattern), matches, false);
        case 6 -> of("not matches " + RuleText.quoted(pattern), "NOT " + matches, false);
        case 7 -> of("= EMPTY", name + " = ''", false);
        case 8 -> of("!= EMPTY", name + " <> ''", true);
        case 9 -> of("= WHITESPACES_ONLY", blank, false);
        case 10 -> of("!= WHITESPACES_ONLY", "NOT " + blank, true);
        case 11 ->
            of(
                "in [NULL, EMPTY, %s]".formatted(RuleText.quoted(one)),
                "%s = '' OR %s = %s".formatted(name, name, RuleText.sql(one)),
                true);
        case 12 ->
            of(
                "not in [NULL, WHITESPACES_ONLY, %s]".formatted(RuleText.quoted(one)),
                "NOT %s AND %s <> %s".formatted(blank, name, RuleText.sql(one)),
                false);
        default ->
            of(
                "not in [EMPTY, %s]".formatted(RuleText.quoted(one)),
                "%s <> '' AND %s <> %s".formatted(name, name, RuleText.sql(one)),
                true);
      };
    }

    private ValueCondition conditions(
        String one, String other, boolean ordered, java.util.function.BinaryOperator<String> test) {
      String low = ordered ? one : other;
      String high = ordered ? other : one;
      String outside = test.apply("<=", low) + " OR " + test.apply(">=", high);
      String neither = "NOT coalesce(%s OR %s, false)";
      return switch (random.nextInt(10)) {
        case 0 ->
            of(
                "between %s and %s".formatted(low, high),
                test.apply(">", low) + " AND " + test.apply("<", high),
                false);
        case 1 -> of("not between %s and %s".formatted(low, high), outside, false);
        case 2 ->
            of(
                "in [%s, %s]".formatted(one, other),
                test.apply("=", one) + " OR " + test.apply("=", other),
                false);
        case 3 ->
            of(
                "not in [%s, %s]".formatted(one, other),
                neither.formatted(test.apply("=", one), test.apply("=", other)),
                true);
        default -> {
          String comparison = COMPARISONS.get(random.nextInt(COMPARISONS.size()));
          yield comparison.equals("!=")
              ? of("!= " + other, "NOT coalesce(%s, false)".formatted(test.apply("=", other)), true)
              : of(comparison + " " + other, test.apply(comparison, other), false);
        }
      };
    }

    private ValueCondition of(String text, String sql, boolean whenNull) {
      return new ValueCondition(
          text,
          "CASE WHEN %s IS NULL THEN %s ELSE coalesce(%s, false) END"
              .formatted(column.sql(), whenNull, sql));
    }
  }
}
