package dev.assay.rules.plan;

import dev.assay.model.Metric;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Measures under the names that the ledger gives their numbers. */
public final class MetricNames {
  private MetricNames() {}

  /** Everything that was measured, sorted by name. */
  public static List<Metric> of(Map<Measure, Measured> measured) {
    return measured.entrySet().stream()
        .flatMap(entry -> metrics(entry.getKey(), entry.getValue()))
        .distinct()
        .sorted(
            Comparator.comparing(Metric::name)
                .thenComparing(metric -> metric.columns().toString())
                .thenComparing(Metric::detail))
        .toList();
  }

  private static Stream<Metric> metrics(Measure measure, Measured measured) {
    if (measured instanceof Measured.Value value) {
      return Stream.of(metric(measure, value.value()));
    }
    if (measured instanceof Measured.Files files && measure instanceof Measure.OfFiles asked) {
      String detail = asked.question().files().text();
      return files.numbers().entrySet().stream()
          .map(number -> new Metric(number.getKey(), List.of(), detail, number.getValue()));
    }
    return Stream.empty();
  }

  /** By which a measure is found in the ledger. */
  static String idOf(Measure measure) {
    return metric(measure, 0).id();
  }

  private static Metric metric(Measure measure, double value) {
    if (measure instanceof Measure.RowCount count) {
      return new Metric("RowCount", List.of(), where(count.where()), value);
    }
    if (measure instanceof Measure.Matching matching) {
      return new Metric(
          "Compliance",
          matching.columns(),
          matching.called().orElse(matching.predicate()) + where(matching.where()),
          value);
    }
    if (measure instanceof Measure.Completeness complete) {
      return new Metric("Completeness", List.of(complete.column()), where(complete.where()), value);
    }
    if (measure instanceof Measure.Uniqueness unique) {
      return new Metric("Uniqueness", unique.columns(), where(unique.where()), value);
    }
    if (measure instanceof Measure.UniqueComplete key) {
      return new Metric("PrimaryKey", key.columns(), where(key.where()), value);
    }
    if (measure instanceof Measure.UniqueValueRatio ratio) {
      return new Metric("UniqueValueRatio", List.of(ratio.column()), where(ratio.where()), value);
    }
    if (measure instanceof Measure.DistinctCount distinct) {
      return new Metric(
          "DistinctValuesCount", List.of(distinct.column()), where(distinct.where()), value);
    }
    if (measure instanceof Measure.DuplicateRows duplicates) {
      return new Metric(
          "DuplicateRowCount", duplicates.columns(), where(duplicates.where()), value);
    }
    if (measure instanceof Measure.Length length) {
      return new Metric(
          length.kind() == Measure.Length.Kind.LEAST ? "MinLength" : "MaxLength",
          List.of(length.column()),
          where(length.where()),
          value);
    }
    if (measure instanceof Measure.Known known) {
      return new Metric(known.name(), List.of(), "", value);
    }
    if (measure instanceof Measure.Entropy entropy) {
      return new Metric("Entropy", List.of(entropy.column()), where(entropy.where()), value);
    }
    if (measure instanceof Measure.Statistic statistic) {
      String name =
          switch (statistic.kind()) {
            case MEAN -> "Mean";
            case SUM -> "Sum";
            case STANDARD_DEVIATION -> "StandardDeviation";
            case VARIANCE -> "Variance";
            case SKEWNESS -> "Skewness";
            case KURTOSIS -> "Kurtosis";
            case MINIMUM -> "Minimum";
            case MAXIMUM -> "Maximum";
            case RANGE -> "Range";
          };
      return new Metric(name, List.of(statistic.column()), where(statistic.where()), value);
    }
    if (measure instanceof Measure.Correlation correlation) {
      return new Metric(
          "ColumnCorrelation",
          List.of(correlation.first(), correlation.second()),
          where(correlation.where()),
          value);
    }
    if (measure instanceof Measure.Referential referential) {
      return new Metric("ReferentialIntegrity", referential.columns(), referential.alias(), value);
    }
    if (measure instanceof Measure.ReferenceRowCount count) {
      return new Metric("ReferenceRowCount", List.of(), count.alias(), value);
    }
    if (measure instanceof Measure.SqlNumber number) {
      return new Metric("CustomSql", List.of(), number.sql(), value);
    }
    return new Metric("CustomSqlRows", List.of(), ((Measure.SqlRows) measure).sql(), value);
  }

  private static String where(Optional<String> where) {
    return where.map(" where "::concat).orElse("").strip();
  }
}
