package dev.assay.rules.plan;

import dev.assay.model.Sql;
import dev.assay.rules.parse.Condition;
import dev.assay.rules.parse.Rule;
import dev.assay.rules.plan.RulePlanner.MissingReferenceException;
import dev.assay.rules.plan.ValuePredicate.MisfitException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rules that compare the table with another one. */
final class ReferenceLeaves {
  private final TableShape table;
  private final Map<String, TableShape> references;

  ReferenceLeaves(TableShape table, Map<String, TableShape> references) {
    this.table = table;
    this.references = references;
  }

  /** The share of rows whose values are found there. */
  PlannedRule.Leaf referential(Rule rule, Condition condition) {
    List<String> columns = Names.existing(table, names(rule.parameters().get(0)));
    String target = rule.parameters().get(1);
    int dot = target.indexOf('.');
    String alias = dot < 0 ? target : target.substring(0, dot);
    List<String> referenceColumns =
        dot < 0 ? columns : names(target.substring(dot + 1).replaceAll("[{}]", ""));
    if (referenceColumns.size() != columns.size()) {
      throw new MisfitException(
          "%d columns are compared with %d".formatted(columns.size(), referenceColumns.size()));
    }
    reference(alias);
    Measure measure = new Measure.Referential(columns, alias, referenceColumns);
    return new PlannedRule.Leaf(
        rule, columns, List.of(measure), Answers.number(measure, condition, condition.text()));
  }

  /** Rows here ÷ rows there. */
  PlannedRule.Leaf rowCountMatch(Rule rule, Condition condition) {
    String alias = rule.parameters().get(0);
    reference(alias);
    Measure here = new Measure.RowCount(rule.where());
    Measure there = new Measure.ReferenceRowCount(alias);
    return new PlannedRule.Leaf(
        rule, List.of(), List.of(here, there), Answers.ratio(here, there, condition, "rows"));
  }

  /** Columns of the same name and type ÷ columns of the table that has more. */
  PlannedRule.Leaf schemaMatch(Rule rule, Condition condition) {
    TableShape there = reference(rule.parameters().get(0));
    long same =
        table.columns().stream()
            .filter(
                column ->
                    there
                        .find(column)
                        .map(name -> there.types().get(name))
                        .filter(type -> type.equals(table.types().get(column)))
                        .isPresent())
            .count();
    int most = Math.max(table.columns().size(), there.columns().size());
    return new PlannedRule.Leaf(
        rule,
        List.of(),
        List.of(),
        Answers.known(
            most == 0 ? Measured.Value.count(1) : Measured.Value.share(same, most), condition));
  }

  /** Rows that have a row of equal values there ÷ rows. */
  PlannedRule.Leaf datasetMatch(Rule rule, Condition condition) {
    String alias = rule.parameters().get(0);
    TableShape there = reference(alias);
    Map<String, String> keys = pairs(rule.parameters().get(1), there);
    Map<String, String> compared =
        rule.parameters().size() > 2 ? pairs(rule.parameters().get(2), there) : common(there, keys);
    List<String> joined = new ArrayList<>();
    keys.forEach((here, other) -> joined.add(pair(there, here, "=", other)));
    compared.forEach((here, other) -> joined.add(pair(there, here, "<=>", other)));
    Measure matched =
        new Measure.SqlNumber(
            "SELECT count(*) FROM `primary` AS p LEFT SEMI JOIN %s AS r ON %s"
                .formatted(Sql.column(alias), String.join(" AND ", joined)));
    Measure rows = new Measure.RowCount(Optional.empty());
    return new PlannedRule.Leaf(
        rule,
        List.copyOf(keys.keySet()),
        List.of(matched, rows),
        Answers.ratio(matched, rows, condition, "matched rows"));
  }

  /** One aggregate ÷ another. */
  PlannedRule.Leaf aggregateMatch(Rule rule, Condition condition) {
    Measure first = aggregate(rule.parameters().get(0));
    Measure second = aggregate(rule.parameters().get(1));
    return new PlannedRule.Leaf(
        rule,
        List.of(),
        List.of(first, second),
        Answers.ratio(first, second, condition, "the aggregates"));
  }

  private Measure aggregate(String expression) {
    Optional<String> alias =
        references.keySet().stream()
            .filter(
                name ->
                    expression.matches("(?s).*\\b" + java.util.regex.Pattern.quote(name) + "\\..*"))
            .findFirst();
    return new Measure.SqlNumber(
        "SELECT %s FROM %s".formatted(expression, Sql.column(alias.orElse("primary"))));
  }

  private String pair(TableShape there, String here, String operator, String other) {
    return "p.%s %s r.%s".formatted(table.sql(here), operator, there.sql(other));
  }

  /** {@code "id, day->date"}: columns here and, behind an arrow, there. */
  private Map<String, String> pairs(String list, TableShape there) {
    return names(list).stream()
        .map(text -> text.split("\\s*->\\s*", 2))
        .collect(
            Collectors.toMap(
                pair -> Names.existing(table, pair[0]),
                pair -> Names.existing(there, pair[pair.length - 1]),
                (one, other) -> other,
                LinkedHashMap::new));
  }

  private Map<String, String> common(TableShape there, Map<String, String> keys) {
    Map<String, String> common = new LinkedHashMap<>();
    for (String column : table.columns()) {
      if (!keys.containsKey(column)) {
        there.find(column).ifPresent(other -> common.put(column, other));
      }
    }
    return common;
  }

  private TableShape reference(String alias) {
    TableShape found = references.get(alias);
    if (found == null) {
      throw new MissingReferenceException(alias);
    }
    return found;
  }

  private static List<String> names(String list) {
    return List.of(list.trim().split("\\s*,\\s*"));
  }
}
