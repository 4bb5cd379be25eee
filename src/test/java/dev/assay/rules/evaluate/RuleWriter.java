package dev.assay.rules.evaluate;

import dev.assay.rules.evaluate.GeneratedTable.Column;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/** Writes random rules that fit a table, and for each the SQL that answers it. */
final class RuleWriter {
  private static final List<String> TYPES =
      List.of(
          "RowCount",
          "ColumnCount",
          "ColumnExists",
          "IsComplete",
          "Completeness",
          "IsUnique",
          "Uniqueness",
          "IsPrimaryKey",
          "UniqueValueRatio",
          "DistinctValuesCount",
          "Entropy",
          "Mean",
          "Sum",
          "StandardDeviation",
          "ColumnCorrelation",
          "ColumnLength",
          "ColumnDataType",
          "DataFreshness",
          "CustomSql",
          "CustomSqlRows",
          "ReferentialIntegrity",
          "RowCountMatch",
          "ColumnValues",
          "ColumnValues",
          "ColumnValues",
          "ColumnValues",
          "ColumnValues",
          "ColumnValues",
          "Composite",
          "Composite");
  private static final List<String> COUNTS = List.of("0", "1", "3", "10", "17", "1000");

  private final GeneratedTable table;
  private final Random random;
  private final Instant now;

  RuleWriter(GeneratedTable table, Random random, Instant now) {
    this.table = table;
    this.random = random;
    this.now = now;
  }

  WrittenRule write() {
    return write(TYPES.get(random.nextInt(TYPES.size())));
  }

  private WrittenRule write(String type) {
    return switch (type) {
      case "RowCount" -> rowCount();
      case "ColumnCount" -> columnCount();
      case "ColumnExists" -> columnExists();
      case "IsComplete", "Completeness" -> complete(type);
      case "IsUnique", "Uniqueness", "IsPrimaryKey" -> unique(type);
      case "UniqueValueRatio", "DistinctValuesCount", "Entropy" -> distribution(type);
      case "Mean", "Sum", "StandardDeviation" -> statistic(type);
      case "ColumnCorrelation" -> correlation();
      case "ColumnLength" -> length();
      case "ColumnDataType" -> dataType();
      case "DataFreshness" -> freshness();
      case "CustomSql" -> customSql();
      case "CustomSqlRows" -> customSqlRows();
      case "ReferentialIntegrity" -> referential();
      case "RowCountMatch" -> rowCountMatch();
      case "ColumnValues" -> values();
      default -> WrittenRule.joined(part(), part(), random.nextBoolean());
    };
  }

  private WrittenRule part() {
    return write(TYPES.get(random.nextInt(TYPES.indexOf("Composite"))));
  }

  private WrittenRule rowCount() {
    Where where = where();
    NumberCondition condition = NumberCondition.random(random, counts());
    return WrittenRule.of(
        "RowCount %s%s".formatted(condition.text(), where.text()),
        "RowCount",
        List.of(),
        List.of("count_if(%s)".formatted(where.sql())),
        found -> Opinion.number(condition.meets(found.get(0)), found.get(0)));
  }

  private WrittenRule columnCount() {
    int columns = table.columns().size();
    NumberCondition condition =
        NumberCondition.random(random, List.of("1", Integer.toString(columns)));
    return WrittenRule.of(
        "ColumnCount " + condition.text(),
        "ColumnCount",
        List.of(),
        List.of(),
        found -> Opinion.number(condition.meets(columns), columns));
  }

  private WrittenRule columnExists() {
    boolean there = random.nextBoolean();
    Column column = any();
    return WrittenRule.of(
        "ColumnExists " + (there ? column.dqdl() : "\"nowhere\""),
        "ColumnExists",
        there ? List.of(column) : List.of(),
        List.of(),
        found -> Opinion.number(there, there ? 1 : 0));
  }

  private WrittenRule complete(String type) {
    Column column = any();
    Where where = where();
    String failing = column.sql() + " IS NULL";
    if (type.equals("IsComplete")) {
      return rows(type, column, "", where, threshold(5), failing);
    }
    NumberCondition condition = NumberCondition.share(random);
    return WrittenRule.of(
        "Completeness %s %s%s".formatted(column.dqdl(), condition.text(), where.text()),
        type,
        List.of(column),
        List.of(count(where), count(where, failing)),
        found -> {
          double share = (found.get(0) - found.get(1)) / found.get(0);
          return found.get(0) == 0
              ? Opinion.UNANSWERED
              : Opinion.number(condition.meets(share), share);
        });
  }

  /** How often keys occur, of rows in which not all of the columns are NULL. */
  private String keys(List<Column> columns, Where where, String aggregate) {
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

  private WrittenRule unique(String type) {
    List<Column> columns =
        random.nextInt(3) > 0 ? List.of(any()) : List.of(any(), table.role("few"));
    if (columns.size() == 2 && columns.get(0).equals(columns.get(1))) {
      columns = List.of(table.role("few"));
    }
    Where where = where();
    NumberCondition condition = NumberCondition.share(random);
    String text =
        type
            + columns.stream().map(column -> " " + column.dqdl()).collect(Collectors.joining())
            + (type.equals("Uniqueness") ? " " + condition.text() : "")
            + where.text();
    List<String> sql = new java.util.ArrayList<>();
    sql.add(keys(columns, where, "sum(c)"));
    sql.add(keys(columns, where, "count_if(c = 1)"));
    if (type.equals("IsPrimaryKey")) {
      sql.add(count(where));
      columns.forEach(column -> sql.add(count(where, column.sql() + " IS NULL")));
    }
    return WrittenRule.of(text, type, columns, sql, found -> uniqueness(type, condition, found));
  }

  private static Opinion uniqueness(String type, NumberCondition condition, List<Double> found) {
    double keys = found.get(0) == null ? 0 : found.get(0);
    double share = keys == 0 ? 1 : found.get(1) / keys;
    if (type.equals("Uniqueness")) {
      return keys == 0 ? Opinion.UNANSWERED : Opinion.number(condition.meets(share), share);
    }
    double lowest = share;
    for (int index = 3; index < found.size(); index++) {
      double rows = found.get(2);
      lowest = Math.min(lowest, rows == 0 ? 1 : (rows - found.get(index)) / rows);
    }
    return Opinion.number(lowest == 1, lowest);
  }

  private WrittenRule distribution(String type) {
    Column column = any();
    Where where = where();
    NumberCondition condition =
        type.equals("DistinctValuesCount")
            ? NumberCondition.random(random, counts())
            : NumberCondition.share(random);
    String text = "%s %s %s%s".formatted(type, column.dqdl(), condition.text(), where.text());
    List<Column> columns = List.of(column);
    String rows = keys(columns, where, "sum(c)");
    return WrittenRule.of(
            text,
            type,
            columns,
            List.of(
                rows,
                keys(columns, where, "count(c)"),
                keys(columns, where, "count_if(c = 1)"),
                keys(columns, where, "sum(c * ln(c))")),
            found -> {
              boolean none = found.get(0) == null;
              if (none && !type.equals("DistinctValuesCount")) {
                return Opinion.UNANSWERED;
              }
              double number =
                  switch (type) {
                    case "DistinctValuesCount" -> found.get(1);
                    case "UniqueValueRatio" -> found.get(2) / found.get(1);
                    default -> Math.log(found.get(0)) - found.get(3) / found.get(0);
                  };
              return Opinion.number(condition.meets(number), number);
            })
        .scaledBy(type.equals("Entropy") ? 1 : 0);
  }

  private WrittenRule statistic(String type) {
    Column column = numeric();
    Where where = where();
    NumberCondition condition =
        NumberCondition.random(random, List.of("0", "1", "5.5", "-3", "100", "20000", "1000000"));
    String value = "IF(%s, CAST(%s AS DOUBLE), NULL)".formatted(where.sql(), column.sql());
    String aggregate =
        switch (type) {
          case "Mean" -> "avg";
          case "Sum" -> "sum";
          default -> "stddev_pop";
        };
    String scale = type.equals("Sum") ? "sum" : "avg";
    return WrittenRule.of(
            "%s %s %s%s".formatted(type, column.dqdl(), condition.text(), where.text()),
            type,
            List.of(column),
            List.of("%s(%s)".formatted(aggregate, value), "%s(abs(%s))".formatted(scale, value)),
            found ->
                found.get(0) == null
                    ? Opinion.UNANSWERED
                    : Opinion.number(condition.meets(found.get(0)), found.get(0)))
        .scaled(1);
  }

  private WrittenRule correlation() {
    Column first = numeric();
    Column second = numeric();
    Where where = where();
    NumberCondition condition =
        NumberCondition.random(random, List.of("-1", "-0.5", "0", "0.3", "0.9", "1"));
    String both =
        "(%s) AND %s IS NOT NULL AND %s IS NOT NULL"
            .formatted(where.sql(), first.sql(), second.sql());
    String x = "IF(%s, CAST(%s AS DOUBLE), NULL)".formatted(both, first.sql());
    String y = "IF(%s, CAST(%s AS DOUBLE), NULL)".formatted(both, second.sql());
    return WrittenRule.of(
            "ColumnCorrelation %s %s %s%s"
                .formatted(first.dqdl(), second.dqdl(), condition.text(), where.text()),
            "ColumnCorrelation",
            List.of(first, second),
            List.of(
                "covar_pop(%s, %s)".formatted(x, y),
                "stddev_pop(%s)".formatted(x),
                "stddev_pop(%s)".formatted(y)),
            found -> {
              if (found.get(0) == null) {
                return Opinion.UNANSWERED;
              }
              double number = found.get(0) / (found.get(1) * found.get(2));
              return Opinion.number(condition.meets(number), number);
            })
        .scaledBy(1);
  }

  private WrittenRule values() {
    Column column = any();
    ValueCondition condition = ValueCondition.random(table, column, random, now);
    return rows(
        "ColumnValues",
        column,
        " " + condition.text(),
        where(),
        threshold(4),
        "NOT (%s)".formatted(condition.sql()));
  }

  private WrittenRule length() {
    Column column = oneOf("s", "code", "digits", "none");
    NumberCondition condition =
        NumberCondition.random(random, List.of("0", "1", "2", "3", "5", "19"));
    String meets =
        List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20).stream()
            .filter(length -> condition.meets(length))
            .map(Object::toString)
            .collect(Collectors.joining(", "));
    return rows(
        "ColumnLength",
        column,
        " " + condition.text(),
        where(),
        threshold(5),
        "NOT array_contains(array(%s), char_length(ifnull(%s, '')))"
            .formatted(meets.isEmpty() ? "-1" : meets, column.sql()));
  }

  private WrittenRule dataType() {
    Column column = random.nextBoolean() ? oneOf("code", "digits", "s", "none") : any();
    String type =
        List.of("Boolean", "Date", "Timestamp", "Integer", "Long", "Float", "Double")
            .get(random.nextInt(7));
    String cast = type.equals("Integer") ? "INT" : type.equals("Long") ? "BIGINT" : type;
    boolean not = random.nextInt(4) == 0;
    String readable =
        "try_cast(CAST(%s AS STRING) AS %s) IS %s"
            .formatted(column.sql(), cast, not ? "NULL" : "NOT NULL");
    return rows(
        "ColumnDataType",
        column,
        " %s \"%s\"".formatted(not ? "!=" : "=", type),
        where(),
        threshold(3),
        "NOT (%s IS NULL OR %s)".formatted(column.sql(), readable));
  }

  private WrittenRule freshness() {
    Column column = oneOf("day", "ts");
    int hours =
        column.role().equals("day") ? 24 * (1 + random.nextInt(9)) : 1 + random.nextInt(200);
    String days = column.role().equals("day") ? hours / 24 + " days" : hours + " hours";
    // a day is as old as its first instant, which is never a whole number of days ago
    String age =
        "(CAST(%d AS DOUBLE) - CAST(unix_micros(CAST(%s AS TIMESTAMP)) AS DOUBLE)) / 3.6e9D"
            .formatted(
                java.time.temporal.ChronoUnit.MICROS.between(Instant.EPOCH, now), column.sql());
    String[] condition =
        switch (random.nextInt(5)) {
          case 0 -> new String[] {"< " + days, "%s < %d".formatted(age, hours)};
          case 1 -> new String[] {"> " + days, "%s > %d".formatted(age, hours)};
          case 2 ->
              new String[] {
                "between 1 hours and " + days, "%s > 1 AND %s < %d".formatted(age, age, hours)
              };
          case 3 ->
              new String[] {
                "not between 1 hours and " + days, "%s <= 1 OR %s >= %d".formatted(age, age, hours)
              };
          default -> new String[] {"<= " + days, "%s <= %d".formatted(age, hours)};
        };
    return rows(
        "DataFreshness",
        column,
        " " + condition[0],
        where(),
        threshold(5),
        "NOT coalesce(%s, false)".formatted(condition[1]));
  }

  private WrittenRule customSql() {
    NumberCondition condition = NumberCondition.random(random, counts());
    Where where = narrowing();
    String[] query =
        switch (random.nextInt(4)) {
          case 0 -> new String[] {"count(*)", "count(*)"};
          case 1 -> new String[] {"max(few)", "max(CAST(few AS DOUBLE))"};
          case 2 -> new String[] {"sum(few) as s", "sum(CAST(few AS DOUBLE))"};
          default -> new String[] {"count(distinct few)", "size(collect_set(few))"};
        };
    return WrittenRule.of(
        "CustomSql \"select %s from primary where %s\" %s"
            .formatted(query[0], where.inDqdl(), condition.text()),
        "CustomSql",
        List.of(),
        List.of("(SELECT %s FROM t WHERE %s)".formatted(query[1], where.sql())),
        found ->
            found.get(0) == null
                ? Opinion.UNANSWERED
                : Opinion.number(condition.meets(found.get(0)), found.get(0)));
  }

  private WrittenRule customSqlRows() {
    Where where = narrowing();
    Optional<NumberCondition> threshold = threshold(2);
    return WrittenRule.of(
        "CustomSql \"select * from primary where %s\"%s"
            .formatted(where.inDqdl(), thresholdText(threshold)),
        "CustomSqlRows",
        List.of(),
        List.of("count(*)", "count(*) - count_if(%s)".formatted(where.sql())),
        found -> Opinion.rows(found.get(0), found.get(1), threshold));
  }

  private WrittenRule referential() {
    boolean two = random.nextInt(3) == 0;
    Column first = oneOf("few", "i", "s", "id", "dec");
    NumberCondition condition = NumberCondition.share(random);
    String found =
        "SELECT 1 FROM r WHERE r.%1$s = t.%1$s%2$s"
            .formatted(first.sql(), two ? " AND r.b2 = t.few" : "");
    return WrittenRule.of(
        "ReferentialIntegrity \"%s\" \"reference.%s\" %s"
            .formatted(
                first.name() + (two ? ",few" : ""),
                two ? "{" + first.name() + ",b2}" : first.name(),
                condition.text()),
        "ReferentialIntegrity",
        two ? List.of(first, table.role("few")) : List.of(first),
        List.of("count(*)", "(SELECT count(*) FROM t WHERE EXISTS (%s))".formatted(found)),
        results -> {
          double share = results.get(0) == 0 ? 1 : results.get(1) / results.get(0);
          return Opinion.number(condition.meets(share), share);
        });
  }

  private WrittenRule rowCountMatch() {
    NumberCondition condition = NumberCondition.share(random);
    return WrittenRule.of(
        "RowCountMatch \"reference\" " + condition.text(),
        "RowCountMatch",
        List.of(),
        List.of("count(*)", "(SELECT count(*) FROM r)"),
        found -> {
          double ratio = found.get(0) / found.get(1);
          return Opinion.number(condition.meets(ratio), ratio);
        });
  }

  private WrittenRule rows(
      String type,
      Column column,
      String condition,
      Where where,
      Optional<NumberCondition> threshold,
      String failing) {
    return WrittenRule.of(
        type + " " + column.dqdl() + condition + where.text() + thresholdText(threshold),
        type,
        List.of(column),
        List.of(count(where), count(where, failing)),
        found -> Opinion.rows(found.get(0), found.get(1), threshold));
  }

  private static String count(Where where) {
    return "count_if(%s)".formatted(where.sql());
  }

  private static String count(Where where, String more) {
    return "count_if((%s) AND (%s))".formatted(where.sql(), more);
  }

  private Optional<NumberCondition> threshold(int oneIn) {
    return random.nextInt(oneIn) == 0
        ? Optional.of(NumberCondition.share(random))
        : Optional.empty();
  }

  private static String thresholdText(Optional<NumberCondition> threshold) {
    return threshold.map(condition -> " with threshold " + condition.text()).orElse("");
  }

  private List<String> counts() {
    List<String> counts = new java.util.ArrayList<>(COUNTS);
    counts.add(Integer.toString(table.rows().size()));
    counts.add(Integer.toString(table.rows().size()));
    return counts;
  }

  /** The rows a rule looks at; {@code text} is empty if these are all. */
  private record Where(String text, String sql) {
    String inDqdl() {
      return sql.replace("\\", "\\\\").replace("\"", "\\\"");
    }
  }

  private Where where() {
    if (random.nextInt(3) > 0) {
      return new Where("", "true");
    }
    Where where = narrowing();
    return new Where(" where \"%s\"".formatted(where.inDqdl()), where.sql());
  }

  private Where narrowing() {
    String sql =
        switch (random.nextInt(10)) {
          case 0 -> "few = 1";
          case 1 -> "few > 0 or id < 5";
          case 2 -> table.role("s").sql() + " in ('a', 'b', '')";
          case 3 -> "1 = 1";
          case 4 -> "false";
          case 5 -> "digits = 'id'";
          case 6 -> "digits = cast(id as string)";
          case 7 -> "same is not null and id >= 2";
          case 8 -> "not (few <> 2)";
          default -> table.role("b").sql();
        };
    return new Where("", sql);
  }

  private Column any() {
    return table.columns().get(random.nextInt(table.columns().size()));
  }

  private Column numeric() {
    List<Column> numbers = table.columns().stream().filter(Column::number).toList();
    return numbers.get(random.nextInt(numbers.size()));
  }

  private Column oneOf(String... roles) {
    return table.role(roles[random.nextInt(roles.length)]);
  }
}
