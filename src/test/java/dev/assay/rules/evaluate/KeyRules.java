package dev.assay.rules.evaluate;

import dev.assay.rules.evaluate.GeneratedTable.Column;
import dev.assay.rules.evaluate.RuleDraw.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rules about how often values and combinations of them occur. */
final class KeyRules {
  static final List<String> TYPES =
      List.of(
          "IsUnique",
          "Uniqueness",
          "IsPrimaryKey",
          "DuplicateRowCount",
          "UniqueValueRatio",
          "DistinctValuesCount",
          "Entropy");

  private final RuleDraw draw;

  KeyRules(RuleDraw draw) {
    this.draw = draw;
  }

  WrittenRule write(String type) {
    return switch (type) {
      case "IsUnique", "Uniqueness" -> unique(type);
      case "IsPrimaryKey" -> primaryKey();
      case "DuplicateRowCount" -> duplicates();
      default -> distribution(type);
    };
  }

  private List<Column> key() {
    Column few = draw.table().role("few");
    Column first = draw.any();
    return draw.oneIn(3) && !first.equals(few) ? List.of(first, few) : List.of(first);
  }

  private static String names(List<Column> columns) {
    return columns.stream().map(column -> " " + column.dqdl()).collect(Collectors.joining());
  }

  private WrittenRule unique(String type) {
    List<Column> columns = key();
    Where where = draw.where();
    Optional<NumberCondition> threshold =
        type.equals("IsUnique") ? draw.threshold(3) : Optional.empty();
    NumberCondition condition = draw.share();
    String text =
        type
            + names(columns)
            + (type.equals("Uniqueness") ? " " + condition.text() : "")
            + where.text()
            + RuleDraw.text(threshold);
    return WrittenRule.of(
        text,
        type,
        columns,
        List.of(
            RuleDraw.keys(columns, where, "sum(c)"),
            RuleDraw.keys(columns, where, "count_if(c = 1)")),
        found -> {
          boolean none = found.get(0) == null;
          double share = none ? 1 : found.get(1) / found.get(0);
          if (type.equals("Uniqueness")) {
            return none ? Opinion.UNANSWERED : Opinion.number(condition.meets(share), share);
          }
          return Opinion.number(
              none || threshold.map(asked -> asked.meets(share)).orElse(share == 1), share);
        });
  }

  private WrittenRule primaryKey() {
    List<Column> columns = key();
    Where where = draw.where();
    Optional<NumberCondition> threshold = draw.threshold(3);
    List<String> sql = new ArrayList<>();
    sql.add(RuleDraw.keys(columns, where, "sum(c)"));
    sql.add(RuleDraw.keys(columns, where, "count_if(c = 1)"));
    sql.add(RuleDraw.count(where));
    sql.add(sound(columns, where));
    columns.forEach(column -> sql.add(RuleDraw.count(where, column.sql() + " IS NULL")));
    return WrittenRule.of(
        "IsPrimaryKey" + names(columns) + where.text() + RuleDraw.text(threshold),
        "IsPrimaryKey",
        columns,
        sql,
        found ->
            threshold.isPresent()
                ? Opinion.rows(found.get(2), found.get(2) - found.get(3), threshold)
                : lowest(found));
  }

  /** The lowest of the shares of unique keys and of values that are there. */
  private static Opinion lowest(List<Double> found) {
    double rows = found.get(2);
    double lowest = found.get(0) == null ? 1 : found.get(1) / found.get(0);
    for (int index = 4; index < found.size(); index++) {
      lowest = Math.min(lowest, rows == 0 ? 1 : (rows - found.get(index)) / rows);
    }
    return Opinion.number(lowest == 1, lowest);
  }

  /** Rows whose key occurs once and is complete. */
  private static String sound(List<Column> columns, Where where) {
    return "(SELECT count(*) FROM (SELECT count(*) AS c FROM t WHERE (%s) AND %s GROUP BY %s) WHERE c = 1)"
        .formatted(
            where.sql(),
            columns.stream()
                .map(column -> column.sql() + " IS NOT NULL")
                .collect(Collectors.joining(" AND ")),
            columns.stream().map(Column::sql).collect(Collectors.joining(", ")));
  }

  private WrittenRule duplicates() {
    boolean all = draw.oneIn(3);
    List<Column> columns = all ? draw.table().columns() : key();
    Where where = draw.where();
    NumberCondition condition = draw.count();
    return WrittenRule.of(
        "DuplicateRowCount%s %s%s"
            .formatted(all ? "" : names(columns), condition.text(), where.text()),
        "DuplicateRowCount",
        columns,
        List.of(
            RuleDraw.keys(columns, where, "sum(c)"),
            RuleDraw.keys(columns, where, "count_if(c = 1)")),
        found -> {
          double repeated = found.get(0) == null ? 0 : found.get(0) - found.get(1);
          return Opinion.number(condition.meets(repeated), repeated);
        });
  }

  private WrittenRule distribution(String type) {
    Column column = draw.any();
    Where where = draw.where();
    NumberCondition condition = type.equals("DistinctValuesCount") ? draw.count() : draw.share();
    String text = "%s %s %s%s".formatted(type, column.dqdl(), condition.text(), where.text());
    List<Column> columns = List.of(column);
    return WrittenRule.of(
            text,
            type,
            columns,
            List.of(
                RuleDraw.keys(columns, where, "sum(c)"),
                RuleDraw.keys(columns, where, "count(c)"),
                RuleDraw.keys(columns, where, "count_if(c = 1)"),
                RuleDraw.keys(columns, where, "sum(c * ln(c))")),
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
}
