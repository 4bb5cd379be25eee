package dev.assay.rules.evaluate;

import dev.assay.model.Metric;
import dev.assay.model.Position;
import dev.assay.rules.parse.AnalyzerType;
import dev.assay.rules.parse.Rule;
import dev.assay.rules.plan.TableShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How far a number may lie from the same number that was added up in another order: not at all for
 * counts, bounds, and sums of whole numbers and decimals; a billionth of the sum of the sizes of
 * what was added, for floating sums; a billionth of itself, for what describes a distribution.
 */
final class Tolerances {
  private static final double BILLIONTH = 1e-9;

  private final TableShape shape;

  Tolerances(TableShape shape) {
    this.shape = shape;
  }

  /** Measures the sizes of what floating sums and means among these were made of. */
  List<Rule> sizes(List<Metric> metrics) {
    return metrics.stream()
        .filter(this::floating)
        .map(
            metric ->
                new Rule(
                    AnalyzerType.CustomSql.name(),
                    List.of(size(metric)),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    new Position(1, 1),
                    size(metric)))
        .toList();
  }

  /**
   * Whether two numbers are the same but for the order of adding up.
   *
   * @param other what reading found
   * @param read all that reading found, by id
   */
  boolean same(Metric metric, double other, Map<String, Double> read) {
    double value = metric.value();
    if (value == other || (Double.isNaN(value) && Double.isNaN(other))) {
      return true;
    }
    if (floating(metric)) {
      Double size = read.get(Metric.idOf("CustomSql", List.of(), size(metric)));
      return size == null || Double.isNaN(size) || Math.abs(value - other) <= BILLIONTH * size;
    }
    return switch (metric.name()) {
      case "StandardDeviation", "Variance" ->
          Math.abs(value - other) <= BILLIONTH * Math.abs(other);
      case "Skewness", "Kurtosis", "Entropy", "ColumnCorrelation" ->
          Math.abs(value - other) <= BILLIONTH * Math.max(1, Math.abs(other));
      case "RowCount",
              "Compliance",
              "Completeness",
              "Uniqueness",
              "PrimaryKey",
              "UniqueValueRatio",
              "DistinctValuesCount",
              "DuplicateRowCount",
              "MinLength",
              "MaxLength",
              "Minimum",
              "Maximum",
              "Range",
              "Sum",
              "Mean" ->
          false;
        // queries may add up anything, and files and references may have changed meanwhile
      default -> true;
    };
  }

  private boolean floating(Metric metric) {
    return (metric.name().equals("Sum") || metric.name().equals("Mean"))
        && shape.typeOf(metric.columns().get(0)).matches("double|float");
  }

  private String size(Metric metric) {
    String sizes =
        "select %s(abs(%s)) from primary"
            .formatted(
                metric.name().equals("Sum") ? "sum" : "avg", shape.sql(metric.columns().get(0)));
    return metric.detail().isEmpty() ? sizes : sizes + " " + metric.detail();
  }
}
