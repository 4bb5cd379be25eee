package dev.assay.rules.evaluate;

import dev.assay.rules.evaluate.GeneratedTable.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * What rules are drawn from: a table's columns, conditions that decide something, and rows to look
 * at.
 */
record RuleDraw(GeneratedTable table, Random random, EarlierRuns history) {
  private static final List<String> COUNTS = List.of("0", "1", "3", "10", "17", "1000");

  /** The rows a rule looks at; {@code text} is empty if these are all. */
  record Where(String text, String sql) {
    String inDqdl() {
      return sql.replace("\\", "\\\\").replace("\"", "\\\"");
    }
  }

  int upTo(int bound) {
    return random.nextInt(bound);
  }

  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  List<String> counts() {
    List<String> counts = new ArrayList<>(COUNTS);
    counts.add(Integer.toString(table.rows().size()));
    counts.add(Integer.toString(table.rows().size()));
    return counts;
  }

  /** On a count, which may be compared with earlier runs. */
  NumberCondition count() {
    return oneIn(6) ? earlier("") : NumberCondition.random(random, counts());
  }

  NumberCondition share() {
    return NumberCondition.share(random);
  }

  NumberCondition number(String... likely) {
    return NumberCondition.random(random, Arrays.asList(likely));
  }

  /** On a number that earlier runs measured too. */
  NumberCondition earlier(String factor) {
    return switch (upTo(5)) {
      case 0 ->
          new NumberCondition(
              "> avg(last(3))" + factor, found -> above(found, history.average(3), factor));
      case 1 ->
          new NumberCondition(
              "<= max(last(5))" + factor, found -> !above(found, history.highest(5), factor));
      case 2 ->
          new NumberCondition(
              "> index(last(3), 2)" + factor, found -> above(found, history.run(2), factor));
      case 3 ->
          new NumberCondition("<= last()" + factor, found -> !above(found, history.run(0), factor));
      default ->
          new NumberCondition(
              "between 0 and avg(last(10))" + factor,
              found -> found > 0 && above(factored(history.average(10), factor), found, ""));
    };
  }

  private static boolean above(double found, double past, String factor) {
    double bound = factored(past, factor);
    return found - bound > 1e-12 * Math.max(Math.abs(found), Math.abs(bound));
  }

  private static double factored(double past, String factor) {
    return factor.isEmpty() ? past : past * Double.parseDouble(factor.substring(3));
  }

  /** On the share of rows that meet a rule. */
  Optional<NumberCondition> threshold(int oneIn) {
    if (!oneIn(oneIn)) {
      return Optional.empty();
    }
    return Optional.of(oneIn(4) ? earlier(" * 0.01") : share());
  }

  static String text(Optional<NumberCondition> threshold) {
    return threshold.map(condition -> " with threshold " + condition.text()).orElse("");
  }

  Where where() {
    if (random.nextInt(3) > 0) {
      return new Where("", "true");
    }
    Where where = narrowing();
    return new Where(" where \"%s\"".formatted(where.inDqdl()), where.sql());
  }

  Where narrowing() {
    String few = table.role("few").sql();
    List<String> possible =
        new ArrayList<>(
            List.of(
                few + " = 1",
                "%s > 0 or %s < 5".formatted(few, table.role("id").sql()),
                table.role("s").sql() + " in ('a', 'b', '')",
                "1 = 1",
                "false",
                "not (%s <> 2)".formatted(few)));
    if (table.has("digits")) {
      possible.add("digits = 'id'");
      possible.add("digits = cast(id as string)");
    }
    if (table.has("same")) {
      possible.add("same is not null and id >= 2");
    }
    if (table.has("b")) {
      possible.add(table.role("b").sql());
    }
    return new Where("", one(possible));
  }

  static String count(Where where) {
    return "count_if(%s)".formatted(where.sql());
  }

  static String count(Where where, String more) {
    return "count_if((%s) AND (%s))".formatted(where.sql(), more);
  }

  /** How often keys occur, of rows in which not all of the columns are NULL. */
  static String keys(List<Column> columns, Where where, String aggregate) {
    String names = columns.stream().map(Column::sql).collect(Collectors.joining(", "));
    return "(SELECT %s FROM (SELECT CAST(count(*) AS DOUBLE) AS c FROM t WHERE (%s) AND coalesce(%s) IS NOT NULL GROUP BY %s))"
        .formatted(
            aggregate,
            where.sql(),
            columns.stream()
                .map(column -> "CAST(%s AS STRING)".formatted(column.sql()))
                .collect(Collectors.joining(", ")),
            names);
  }

  Column any() {
    return one(table.columns());
  }

  Column numeric() {
    return one(table.columns().stream().filter(Column::number).toList());
  }

  /** One of these that the table has. */
  Column oneOf(String... roles) {
    return table.role(one(Arrays.stream(roles).filter(table::has).toList()));
  }
}
