package dev.assay.rules.plan;

import dev.assay.rules.parse.AnalyzerType;
import dev.assay.rules.parse.Rule;
import dev.assay.rules.plan.Measure.Statistic;
import dev.assay.rules.plan.TableShape.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The measures that an analyzer stands for. */
final class AnalyzerMeasures {
  private final TableShape table;

  AnalyzerMeasures(TableShape table) {
    this.table = table;
  }

  /** Why an analyzer measures nothing; empty if it measures anything. */
  Optional<String> silent(Rule analyzer) {
    if (!of(analyzer).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        analyzer.parameters().stream()
            .filter(name -> table.find(name).isEmpty())
            .findFirst()
            .map(name -> "there is no column '%s'. %s".formatted(name, table.suggestion(name)))
            .orElse("the type of its columns does not fit."));
  }

  /** None if the analyzer names a column that is not there or has another type. */
  List<Measure> of(Rule analyzer) {
    AnalyzerType type = AnalyzerType.named(analyzer.type()).orElseThrow();
    if (type == AnalyzerType.CustomSql) {
      return List.of(new Measure.SqlNumber(analyzer.parameters().get(0)));
    }
    List<String> columns = new ArrayList<>();
    for (String name : analyzer.parameters()) {
      Optional<String> column = table.find(name);
      if (column.isEmpty()) {
        return List.of();
      }
      columns.add(column.get());
    }
    return of(type, columns, analyzer.where());
  }

  private List<Measure> of(AnalyzerType type, List<String> columns, Optional<String> where) {
    return switch (type) {
      case RowCount -> List.of(new Measure.RowCount(where));
      case ColumnCount -> List.of(new Measure.Known("ColumnCount", table.columns().size()));
      case Uniqueness -> List.of(new Measure.Uniqueness(columns, where));
      case DuplicateRowCount ->
          List.of(new Measure.DuplicateRows(columns.isEmpty() ? table.columns() : columns, where));
      case ColumnCorrelation ->
          columns.stream().allMatch(this::numeric)
              ? List.of(new Measure.Correlation(columns.get(0), columns.get(1), where))
              : List.of();
      default -> ofColumn(type, columns.get(0), where);
    };
  }

  private List<Measure> ofColumn(AnalyzerType type, String column, Optional<String> where) {
    return switch (type) {
      case Completeness -> List.of(new Measure.Completeness(column, where));
      case UniqueValueRatio -> List.of(new Measure.UniqueValueRatio(column, where));
      case DistinctValuesCount -> List.of(new Measure.DistinctCount(column, where));
      case Entropy -> List.of(new Measure.Entropy(column, where));
      case Distribution ->
          List.of(
              new Measure.DistinctCount(column, where),
              new Measure.UniqueValueRatio(column, where),
              new Measure.Entropy(column, where));
      case Mean -> statistics(column, where, Statistic.Kind.MEAN);
      case Sum -> statistics(column, where, Statistic.Kind.SUM);
      case StandardDeviation -> statistics(column, where, Statistic.Kind.STANDARD_DEVIATION);
      case Variance -> statistics(column, where, Statistic.Kind.VARIANCE);
      case Skewness -> statistics(column, where, Statistic.Kind.SKEWNESS);
      case Kurtosis -> statistics(column, where, Statistic.Kind.KURTOSIS);
      case Minimum -> statistics(column, where, Statistic.Kind.MINIMUM);
      case Maximum -> statistics(column, where, Statistic.Kind.MAXIMUM);
      case Range -> statistics(column, where, Statistic.Kind.RANGE);
      case ColumnValues ->
          statistics(column, where, Statistic.Kind.MINIMUM, Statistic.Kind.MAXIMUM);
      case ColumnLength -> lengths(column, where);
      case AllStatistics -> all(column, where);
      default -> throw new IllegalStateException("no measure for analyzer " + type);
    };
  }

  private List<Measure> all(String column, Optional<String> where) {
    List<Measure> measures = new ArrayList<>();
    measures.add(new Measure.RowCount(where));
    measures.add(new Measure.Completeness(column, where));
    measures.add(new Measure.Uniqueness(List.of(column), where));
    measures.add(new Measure.DistinctCount(column, where));
    measures.add(new Measure.UniqueValueRatio(column, where));
    measures.add(new Measure.Entropy(column, where));
    measures.addAll(statistics(column, where, Statistic.Kind.values()));
    measures.addAll(lengths(column, where));
    return measures;
  }

  private List<Measure> statistics(String column, Optional<String> where, Statistic.Kind... kinds) {
    return numeric(column)
        ? List.of(kinds).stream().<Measure>map(kind -> new Statistic(kind, column, where)).toList()
        : List.of();
  }

  private List<Measure> lengths(String column, Optional<String> where) {
    return table.kindOf(column) == Kind.TEXT
        ? List.of(
            new Measure.Length(Measure.Length.Kind.LEAST, column, where),
            new Measure.Length(Measure.Length.Kind.GREATEST, column, where))
        : List.of();
  }

  private boolean numeric(String column) {
    return table.kindOf(column) == Kind.NUMBER;
  }
}
