package dev.assay.rules.plan;

import dev.assay.rules.parse.Condition;
import dev.assay.rules.parse.Operand;
import dev.assay.rules.parse.Rule;
import dev.assay.rules.parse.RuleType;
import dev.assay.rules.plan.TableShape.Kind;
import dev.assay.rules.plan.ValuePredicate.MisfitException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The line that turns each rule type into measures and an answer. */
final class RuleLeaves {
  private static final String ONE_ROW = "every row";

  private final TableShape table;
  private final PlanContext context;
  private final ReferenceLeaves references;
  private final RowPredicates predicates;
  private final Instant now;

  RuleLeaves(TableShape table, PlanContext context) {
    this.table = table;
    this.context = context;
    this.references = new ReferenceLeaves(table, context.references());
    this.predicates = new RowPredicates(table, context.now());
    this.now = context.now();
  }

  PlannedRule.Leaf leaf(Rule rule, Map<String, String> labels) {
    Optional<String> where = rule.where();
    return switch (RuleType.valueOf(rule.type())) {
      case RowCount -> number(rule, List.of(), new Measure.RowCount(where));
      case ColumnCount -> columnCount(rule);
      case ColumnExists -> exists(rule);
      case IsComplete ->
          rows(rule, columns(rule), new Measure.Completeness(column(rule, 0), where));
      case Completeness ->
          number(rule, columns(rule), new Measure.Completeness(column(rule, 0), where));
      case IsUnique -> unique(rule);
      case Uniqueness -> number(rule, columns(rule), new Measure.Uniqueness(columns(rule), where));
      case IsPrimaryKey -> primaryKey(rule);
      case UniqueValueRatio ->
          number(rule, columns(rule), new Measure.UniqueValueRatio(column(rule, 0), where));
      case DistinctValuesCount ->
          number(rule, columns(rule), new Measure.DistinctCount(column(rule, 0), where));
      case Entropy -> number(rule, columns(rule), new Measure.Entropy(column(rule, 0), where));
      case Mean -> statistic(rule, Measure.Statistic.Kind.MEAN);
      case Sum -> statistic(rule, Measure.Statistic.Kind.SUM);
      case StandardDeviation -> statistic(rule, Measure.Statistic.Kind.STANDARD_DEVIATION);
      case ColumnCorrelation ->
          number(
              rule,
              columns(rule),
              new Measure.Correlation(numeric(rule, 0), numeric(rule, 1), where));
      case ColumnValues -> columnValues(rule);
      case ColumnLength -> matching(rule, predicates.length(rule, column(rule, 0)));
      case ColumnDataType -> matching(rule, predicates.type(rule, column(rule, 0)));
      case DataFreshness -> freshness(rule);
      case CustomSql -> customSql(rule);
      case ReferentialIntegrity -> references.referential(rule, RowPredicates.plain(rule));
      case RowCountMatch -> references.rowCountMatch(rule, RowPredicates.plain(rule));
      case SchemaMatch -> references.schemaMatch(rule, RowPredicates.plain(rule));
      case DatasetMatch -> references.datasetMatch(rule, RowPredicates.plain(rule));
      case AggregateMatch -> references.aggregateMatch(rule, RowPredicates.plain(rule));
      case ColumnNamesMatchPattern -> namesMatch(rule);
      case DuplicateRowCount -> duplicates(rule);
      case Variance -> statistic(rule, Measure.Statistic.Kind.VARIANCE);
      case Skewness -> statistic(rule, Measure.Statistic.Kind.SKEWNESS);
      case Kurtosis -> statistic(rule, Measure.Statistic.Kind.KURTOSIS);
      case Minimum -> statistic(rule, Measure.Statistic.Kind.MINIMUM);
      case Maximum -> statistic(rule, Measure.Statistic.Kind.MAXIMUM);
      case Range -> statistic(rule, Measure.Statistic.Kind.RANGE);
      case DetectAnomalies -> new AnomalyLeaf(table, context).leaf(rule, labels);
      case FileFreshness, FileMatch, FileUniqueness, FileSize -> files(rule);
    };
  }

  private PlannedRule.Leaf files(Rule rule) {
    rule.condition().ifPresent(condition -> RowPredicates.plain(rule));
    return new FileLeaves(now).leaf(rule);
  }

  private PlannedRule.Leaf number(Rule rule, List<String> columns, Measure measure) {
    Condition written = RowPredicates.condition(rule);
    Condition settled =
        PastCondition.settled(written, MetricNames.idOf(measure), context.history());
    return new PlannedRule.Leaf(
        rule,
        columns,
        List.of(measure),
        Answers.number(measure, settled, PastCondition.text(written, settled)));
  }

  private PlannedRule.Leaf columnCount(Rule rule) {
    return number(rule, List.of(), new Measure.Known("ColumnCount", table.columns().size()));
  }

  private PlannedRule.Leaf duplicates(Rule rule) {
    List<String> named = columns(rule);
    List<String> columns = named.isEmpty() ? table.columns() : named;
    return number(rule, named, new Measure.DuplicateRows(columns, rule.where()));
  }

  private PlannedRule.Leaf namesMatch(Rule rule) {
    java.util.regex.Pattern pattern = java.util.regex.Pattern.compile(rule.parameters().get(0));
    List<String> others =
        table.columns().stream().filter(name -> !pattern.matcher(name).matches()).toList();
    return new PlannedRule.Leaf(
        rule,
        others,
        List.of(),
        measured ->
            Finding.answered(
                others.isEmpty(),
                others.size(),
                others.isEmpty() ? "all names" : "not " + String.join(", ", others),
                "names that match " + rule.parameters().get(0),
                Optional.empty()));
  }

  private PlannedRule.Leaf statistic(Rule rule, Measure.Statistic.Kind kind) {
    return number(rule, columns(rule), new Measure.Statistic(kind, numeric(rule, 0), rule.where()));
  }

  private PlannedRule.Leaf exists(Rule rule) {
    String name = rule.parameters().get(0);
    boolean exists = table.find(name).isPresent();
    return new PlannedRule.Leaf(
        rule,
        table.find(name).map(List::of).orElse(List.of()),
        List.of(),
        measured ->
            Finding.answered(
                exists,
                exists ? 1 : 0,
                exists ? "present" : "no such column",
                "a column '%s'".formatted(name),
                Optional.empty()));
  }

  /** Every row must meet the measure, or as many as the threshold asks for. */
  private PlannedRule.Leaf rows(Rule rule, List<String> columns, Measure share) {
    Measure count = new Measure.RowCount(rule.where());
    return new PlannedRule.Leaf(
        rule,
        columns,
        List.of(share, count),
        Answers.rows(share, count, threshold(rule, share), ONE_ROW));
  }

  private Optional<Condition> threshold(Rule rule, Measure share) {
    return rule.threshold()
        .map(written -> PastCondition.told(written, MetricNames.idOf(share), context.history()));
  }

  private PlannedRule.Leaf columnValues(Rule rule) {
    String column = column(rule, 0);
    Condition condition = RowPredicates.plain(rule);
    String predicate =
        new ValuePredicate(table.sql(column), table.kindOf(column), now).of(condition);
    boolean ofNow =
        condition.operands().stream().anyMatch(operand -> operand instanceof Operand.Now);
    return rows(
        rule,
        List.of(column),
        new Measure.Matching(
            predicate,
            List.of(column),
            rule.where(),
            new ValueRange(column, type(column), now).of(condition),
            ofNow ? Measure.Lasting.NO : Measure.Lasting.YES,
            ofNow ? Optional.of(column + " " + condition.text()) : Optional.empty()));
  }

  private PlannedRule.Leaf freshness(Rule rule) {
    String column = column(rule, 0);
    return rows(
        rule,
        List.of(column),
        new Measure.Matching(
            predicates.freshness(rule, column),
            List.of(column),
            rule.where(),
            ValueRange.ofAge(column, type(column), RowPredicates.condition(rule), now),
            Measure.Lasting.NO,
            Optional.of("age of %s %s".formatted(column, RowPredicates.condition(rule).text()))));
  }

  private String type(String column) {
    return table.typeOf(column);
  }

  private PlannedRule.Leaf matching(Rule rule, String predicate) {
    return rows(rule, columns(rule), new Measure.Matching(predicate, columns(rule), rule.where()));
  }

  private PlannedRule.Leaf unique(Rule rule) {
    List<String> columns = columns(rule);
    Measure share = new Measure.Uniqueness(columns, rule.where());
    return new PlannedRule.Leaf(
        rule,
        columns,
        List.of(share),
        threshold(rule, share)
            .map(threshold -> Answers.shareOfKeys(share, threshold))
            .orElseGet(() -> Answers.whole(share, "only unique values")));
  }

  private PlannedRule.Leaf primaryKey(Rule rule) {
    List<String> columns = columns(rule);
    if (rule.threshold().isPresent()) {
      return rows(rule, columns, uniqueComplete(columns, rule.where()));
    }
    List<Measure> measures = new ArrayList<>();
    measures.add(new Measure.Uniqueness(columns, rule.where()));
    for (String column : columns) {
      measures.add(new Measure.Completeness(column, rule.where()));
    }
    return new PlannedRule.Leaf(
        rule, columns, measures, Answers.allWhole(measures, "unique and complete keys"));
  }

  private Measure uniqueComplete(List<String> columns, Optional<String> where) {
    if (columns.size() == 1) {
      return new Measure.UniqueComplete(
          columns,
          where,
          new Measure.Completeness(columns.get(0), where),
          new Measure.DuplicateRows(columns, where));
    }
    String complete =
        columns.stream()
            .map(column -> table.sql(column) + " IS NOT NULL")
            .collect(Collectors.joining(" AND "));
    return new Measure.UniqueComplete(
        columns,
        where,
        new Measure.Matching(complete, columns, where),
        new Measure.DuplicateRows(
            columns,
            Optional.of(
                where.map(sql -> "(%s) AND %s".formatted(sql, complete)).orElse(complete))));
  }

  private PlannedRule.Leaf customSql(Rule rule) {
    String sql = rule.parameters().get(0).replaceFirst(";\\s*$", "");
    if (rule.condition().isPresent()) {
      return number(rule, List.of(), new Measure.SqlNumber(sql));
    }
    Measure returned = new Measure.SqlRows(sql);
    Measure count = new Measure.RowCount(Optional.empty());
    return new PlannedRule.Leaf(
        rule,
        List.of(),
        List.of(returned, count),
        Answers.returnedRows(returned, count, rule.threshold()));
  }

  private List<String> columns(Rule rule) {
    return Names.existing(table, rule.parameters());
  }

  private String column(Rule rule, int index) {
    return Names.existing(table, rule.parameters().get(index));
  }

  private String numeric(Rule rule, int index) {
    String column = column(rule, index);
    if (table.kindOf(column) != Kind.NUMBER) {
      throw new MisfitException(
          "'%s' is %s, and %s needs a number".formatted(column, type(column), rule.type()));
    }
    return column;
  }
}
