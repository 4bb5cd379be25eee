package dev.assay.rules.evaluate;

import dev.assay.rules.evaluate.GeneratedTable.Column;
import dev.assay.rules.evaluate.RuleDraw.Where;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes random rules that fit a table, and for each the SQL that answers it. */
final class RuleWriter {
  private static final List<String> TYPES =
      Stream.of(
              List.of(
                  "RowCount",
                  "ColumnCount",
                  "ColumnExists",
                  "ColumnNamesMatchPattern",
                  "IsComplete",
                  "Completeness",
                  "ColumnCorrelation",
                  "ColumnLength",
                  "ColumnDataType",
                  "DataFreshness",
                  "CustomSql",
                  "CustomSqlRows"),
              KeyRules.TYPES,
              MomentRules.TYPES,
              ReferenceRules.TYPES,
              Collections.nCopies(6, "ColumnValues"))
          .flatMap(List::stream)
          .toList();

  private final GeneratedTable table;
  private final RuleDraw draw;
  private final Instant now;
  private final List<String> types;

  RuleWriter(GeneratedTable table, Random random, Instant now) {
    this(table, random, now, List.of());
  }

  /**
   * @param leftOut rule types that are not written
   */
  RuleWriter(GeneratedTable table, Random random, Instant now, List<String> leftOut) {
    this.table = table;
    this.draw = new RuleDraw(table, random, EarlierRuns.of(table));
    this.now = now;
    this.types = TYPES.stream().filter(type -> !leftOut.contains(type)).toList();
  }

  /** Every type, and composites of two. */
  WrittenRule write() {
    int chosen = draw.upTo(types.size() + 4);
    if (chosen < types.size()) {
      return write(types.get(chosen));
    }
    // labels are of the whole rule, so that strategies cannot be chosen in composites
    return chosen < types.size() + 2
        ? WrittenRule.joined(part(), part(), draw.oneIn(2))
        : new AnomalyRules(draw).write();
  }

  private WrittenRule part() {
    return write(draw.one(types));
  }

  private WrittenRule write(String type) {
    if (KeyRules.TYPES.contains(type)) {
      return new KeyRules(draw).write(type);
    }
    if (MomentRules.TYPES.contains(type)) {
      return new MomentRules(draw).write(type);
    }
    if (ReferenceRules.TYPES.contains(type)) {
      return new ReferenceRules(draw).write(type);
    }
    return switch (type) {
      case "RowCount" -> rowCount();
      case "ColumnCount" -> columnCount();
      case "ColumnExists" -> columnExists();
      case "ColumnNamesMatchPattern" -> namesMatch();
      case "IsComplete", "Completeness" -> complete(type);
      case "ColumnCorrelation" -> correlation();
      case "ColumnLength" -> length();
      case "ColumnDataType" -> dataType();
      case "DataFreshness" -> freshness();
      case "CustomSql" -> customSql();
      case "CustomSqlRows" -> customSqlRows();
      default -> values();
    };
  }

  private WrittenRule rowCount() {
    Where where = draw.where();
    NumberCondition condition = draw.count();
    return WrittenRule.of(
        "RowCount %s%s".formatted(condition.text(), where.text()),
        "RowCount",
        List.of(),
        List.of("count_if(%s)".formatted(where.sql())),
        found -> Opinion.number(condition.meets(found.get(0)), found.get(0)));
  }

  private WrittenRule columnCount() {
    int columns = table.columns().size();
    NumberCondition condition = draw.number("1", Integer.toString(columns));
    return WrittenRule.of(
        "ColumnCount " + condition.text(),
        "ColumnCount",
        List.of(),
        List.of(),
        found -> Opinion.number(condition.meets(columns), columns));
  }

  private WrittenRule columnExists() {
    boolean there = draw.oneIn(2);
    Column column = draw.any();
    return WrittenRule.of(
        "ColumnExists " + (there ? column.dqdl() : "\"nowhere\""),
        "ColumnExists",
        there ? List.of(column) : List.of(),
        List.of(),
        found -> Opinion.number(there, there ? 1 : 0));
  }

  private WrittenRule namesMatch() {
    String pattern = draw.one(List.of("[a-z]+", ".*", "[a-z0-9 ]+", "[A-Za-z_]+", "s|i|id"));
    long others =
        table.columns().stream().filter(column -> !column.name().matches(pattern)).count();
    return WrittenRule.of(
        "ColumnNamesMatchPattern " + RuleText.quoted(pattern),
        "ColumnNamesMatchPattern",
        List.of(),
        List.of(),
        found -> Opinion.number(others == 0, others));
  }

  private WrittenRule complete(String type) {
    Column column = draw.any();
    Where where = draw.where();
    String failing = column.sql() + " IS NULL";
    if (type.equals("IsComplete")) {
      return rows(type, column, "", where, draw.threshold(5), failing);
    }
    NumberCondition condition = draw.share();
    return WrittenRule.of(
        "Completeness %s %s%s".formatted(column.dqdl(), condition.text(), where.text()),
        type,
        List.of(column),
        List.of(RuleDraw.count(where), RuleDraw.count(where, failing)),
        found -> {
          double share = (found.get(0) - found.get(1)) / found.get(0);
          return found.get(0) == 0
              ? Opinion.UNANSWERED
              : Opinion.number(condition.meets(share), share);
        });
  }

  private WrittenRule correlation() {
    Column first = draw.numeric();
    Column second = draw.numeric();
    Where where = draw.where();
    NumberCondition condition = draw.number("-1", "-0.5", "0", "0.3", "0.9", "1");
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
    Column column = draw.any();
    ValueCondition condition = ValueCondition.random(table, column, draw.random(), now);
    return rows(
        "ColumnValues",
        column,
        " " + condition.text(),
        draw.where(),
        draw.threshold(4),
        "NOT (%s)".formatted(condition.sql()));
  }

  private WrittenRule length() {
    Column column = draw.oneOf("s", "code", "digits", "none");
    NumberCondition condition = draw.number("0", "1", "2", "3", "5", "19");
    String meets =
        List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20).stream()
            .filter(length -> condition.meets(length))
            .map(Object::toString)
            .collect(Collectors.joining(", "));
    return rows(
        "ColumnLength",
        column,
        " " + condition.text(),
        draw.where(),
        draw.threshold(5),
        "NOT array_contains(array(%s), char_length(ifnull(%s, '')))"
            .formatted(meets.isEmpty() ? "-1" : meets, column.sql()));
  }

  private WrittenRule dataType() {
    Column column = draw.oneIn(2) ? draw.oneOf("code", "digits", "s", "none") : draw.any();
    String type =
        List.of("Boolean", "Date", "Timestamp", "Integer", "Long", "Float", "Double")
            .get(draw.upTo(7));
    String cast = type.equals("Integer") ? "INT" : type.equals("Long") ? "BIGINT" : type;
    boolean not = draw.upTo(4) == 0;
    String readable =
        "try_cast(CAST(%s AS STRING) AS %s) IS %s"
            .formatted(column.sql(), cast, not ? "NULL" : "NOT NULL");
    return rows(
        "ColumnDataType",
        column,
        " %s \"%s\"".formatted(not ? "!=" : "=", type),
        draw.where(),
        draw.threshold(3),
        "NOT (%s IS NULL OR %s)".formatted(column.sql(), readable));
  }

  private WrittenRule freshness() {
    Column column = draw.oneOf("day", "ts");
    int hours = column.role().equals("day") ? 24 * (1 + draw.upTo(9)) : 1 + draw.upTo(200);
    String days = column.role().equals("day") ? hours / 24 + " days" : hours + " hours";
    // a day is as old as its first instant, which is never a whole number of days ago
    String age =
        "(CAST(%d AS DOUBLE) - CAST(unix_micros(CAST(%s AS TIMESTAMP)) AS DOUBLE)) / 3.6e9D"
            .formatted(
                java.time.temporal.ChronoUnit.MICROS.between(Instant.EPOCH, now), column.sql());
    String[] condition =
        switch (draw.upTo(5)) {
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
        draw.where(),
        draw.threshold(5),
        "NOT coalesce(%s, false)".formatted(condition[1]));
  }

  private WrittenRule customSql() {
    NumberCondition condition = draw.count();
    Where where = draw.narrowing();
    String[] query =
        switch (draw.upTo(4)) {
          case 0 -> new String[] {"count(*)", "count(*)"};
          case 1 -> new String[] {"max(FEW)", "max(CAST(FEW AS DOUBLE))"};
          case 2 -> new String[] {"sum(FEW) as s", "sum(CAST(FEW AS DOUBLE))"};
          default -> new String[] {"count(distinct FEW)", "size(collect_set(FEW))"};
        };
    String few = table.role("few").name();
    return WrittenRule.of(
        "CustomSql \"select %s from primary where %s\" %s"
            .formatted(query[0].replace("FEW", few), where.inDqdl(), condition.text()),
        "CustomSql",
        List.of(),
        List.of("(SELECT %s FROM t WHERE %s)".formatted(query[1].replace("FEW", few), where.sql())),
        found ->
            found.get(0) == null
                ? Opinion.UNANSWERED
                : Opinion.number(condition.meets(found.get(0)), found.get(0)));
  }

  private WrittenRule customSqlRows() {
    Where where = draw.narrowing();
    // of rows that a query returns no share is kept
    Optional<NumberCondition> threshold =
        draw.oneIn(2) ? Optional.of(draw.share()) : Optional.empty();
    return WrittenRule.of(
        "CustomSql \"select * from primary where %s\"%s"
            .formatted(where.inDqdl(), RuleDraw.text(threshold)),
        "CustomSqlRows",
        List.of(),
        List.of("count(*)", "count(*) - count_if(%s)".formatted(where.sql())),
        found -> Opinion.rows(found.get(0), found.get(1), threshold));
  }

  private WrittenRule rows(
      String type,
      Column column,
      String condition,
      Where where,
      Optional<NumberCondition> threshold,
      String failing) {
    return WrittenRule.of(
        type + " " + column.dqdl() + condition + where.text() + RuleDraw.text(threshold),
        type,
        List.of(column),
        List.of(RuleDraw.count(where), RuleDraw.count(where, failing)),
        found -> Opinion.rows(found.get(0), found.get(1), threshold));
  }
}
