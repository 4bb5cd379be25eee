package dev.assay.rules.evaluate;

import com.amazon.deequ.analyzers.CorrelationState;
import com.amazon.deequ.analyzers.DoubleValuedState;
import com.amazon.deequ.analyzers.KurtosisState;
import com.amazon.deequ.analyzers.MaxState;
import com.amazon.deequ.analyzers.MinState;
import com.amazon.deequ.analyzers.NumMatches;
import com.amazon.deequ.analyzers.NumMatchesAndCount;
import com.amazon.deequ.analyzers.SkewnessState;
import com.amazon.deequ.analyzers.StandardDeviationState;
import com.amazon.deequ.analyzers.VarianceState;
import dev.assay.model.Trace;
import dev.assay.model.UnansweredReason;
import dev.assay.rules.evidence.Collected;
import dev.assay.rules.evidence.Fact;
import dev.assay.rules.evidence.NumberType;
import dev.assay.rules.evidence.PowerSums;
import dev.assay.rules.plan.Measure;
import dev.assay.rules.plan.Measured;
import dev.assay.rules.plan.TableShape;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import scala.Option;

/**
 * Measures that are a merge of facts: which facts each needs, and the Deequ state that these make.
 * The number is Deequ's.
 */
final class FactMeasures {
  private static final Measured NO_ROWS =
      new Measured.None(UnansweredReason.NO_ROWS, "There are no rows with a value to measure.");

  private final TableShape shape;

  FactMeasures(TableShape shape) {
    this.shape = shape;
  }

  /** The facts that a measure needs; none if it is not made of facts. */
  List<Fact> facts(Measure measure) {
    if (measure instanceof Measure.RowCount count) {
      return List.of(rows(count.where()));
    }
    if (measure instanceof Measure.Completeness complete) {
      return List.of(values(complete), rows(complete.where()));
    }
    if (measure instanceof Measure.Matching matching) {
      return List.of(matches(matching), rows(matching.where()));
    }
    if (measure instanceof Measure.Statistic statistic) {
      return List.of(fact(statistic));
    }
    if (measure instanceof Measure.Length length) {
      return List.of(new Fact.Bounds(length.column(), length.where(), Fact.Bounds.Of.LENGTH));
    }
    if (measure instanceof Measure.Correlation pair) {
      return List.of(new Fact.Comoments(pair.first(), pair.second(), pair.where()));
    }
    if (measure instanceof Measure.UniqueComplete key) {
      return key.parts().stream().flatMap(part -> facts(part).stream()).distinct().toList();
    }
    return keyColumns(measure)
        .map(
            columns ->
                List.<Fact>of(
                    keyWhere(measure).isEmpty()
                        ? new Fact.AnyValue(columns)
                        : matches(present(columns, keyWhere(measure).get()))))
        .orElse(List.of());
  }

  /** The number that facts come to. */
  Measured number(Measure measure, Collected collected) {
    List<Collected.Answer> answers = facts(measure).stream().map(collected::of).toList();
    for (Collected.Answer answer : answers) {
      if (answer.error().isPresent()) {
        return new Measured.None(UnansweredReason.ERROR, answer.error().get());
      }
    }
    long[] first = answers.get(0).merged();
    Trace trace = answers.stream().map(Collected.Answer::trace).reduce(Trace::plus).orElseThrow();
    if (measure instanceof Measure.RowCount) {
      return value(new NumMatches(first[0]), trace, first[0]);
    }
    if (measure instanceof Measure.Completeness || measure instanceof Measure.Matching) {
      long rows = answers.get(1).merged()[0];
      return rows == 0
          ? NO_ROWS
          : new Measured.Value(
              new NumMatchesAndCount(first[0], rows, Option.empty()).metricValue(),
              Measured.Value.share(first[0], rows).exact(),
              trace,
              missing(collected, answers.get(0), answers.get(1)));
    }
    if (first[0] == 0) {
      return NO_ROWS;
    }
    if (measure instanceof Measure.Length length) {
      boolean least = length.kind() == Measure.Length.Kind.LEAST;
      return least
          ? value(new MinState(first[1], Option.empty()), trace, first[1])
          : value(new MaxState(first[2], Option.empty()), trace, first[2]);
    }
    if (measure instanceof Measure.Correlation) {
      double[] central = PowerSums.centralTwo(first);
      double number =
          new CorrelationState(
                  central[0], central[1], central[2], central[3], central[4], central[5])
              .metricValue();
      return new Measured.Value(number).by(trace);
    }
    Measure.Statistic statistic = (Measure.Statistic) measure;
    return new Measured.Value(number(statistic, first), exact(statistic, first), trace, Map.of());
  }

  /** What no floating number was added up or divided for. */
  private Optional<BigDecimal> exact(Measure.Statistic measure, long[] value) {
    return switch (measure.kind()) {
      case SUM -> type(measure).exactSum(value);
      case MINIMUM -> type(measure).exactLeast(value).or(() -> bound(type(measure).least(value)));
      case MAXIMUM ->
          type(measure).exactGreatest(value).or(() -> bound(type(measure).greatest(value)));
      case RANGE -> type(measure).exactRange(value);
      case MEAN, STANDARD_DEVIATION, VARIANCE, SKEWNESS, KURTOSIS -> Optional.empty();
    };
  }

  /** A floating number that stands in the table, as it is written. */
  private static Optional<BigDecimal> bound(double number) {
    return Double.isFinite(number) ? Optional.of(BigDecimal.valueOf(number)) : Optional.empty();
  }

  private double number(Measure.Statistic measure, long[] value) {
    return switch (measure.kind()) {
      case SUM -> type(measure).sum(value);
      case MEAN -> type(measure).mean(value);
      case MINIMUM -> type(measure).least(value);
      case MAXIMUM -> type(measure).greatest(value);
      case RANGE -> type(measure).range(value);
      case STANDARD_DEVIATION, VARIANCE, SKEWNESS, KURTOSIS -> state(measure, value).metricValue();
    };
  }

  private static DoubleValuedState<?> state(Measure.Statistic measure, long[] value) {
    double n = value[0];
    return switch (measure.kind()) {
      case STANDARD_DEVIATION ->
          new StandardDeviationState(n, central(value, 1), Math.max(0, central(value, 2)));
      case VARIANCE -> new VarianceState(n, central(value, 1), Math.max(0, central(value, 2)));
      case SKEWNESS ->
          new SkewnessState(n, central(value, 1), central(value, 2), central(value, 3));
      case KURTOSIS ->
          new KurtosisState(
              n, central(value, 1), central(value, 2), central(value, 3), central(value, 4));
      default -> throw new IllegalStateException("made of plain numbers: " + measure.kind());
    };
  }

  private static double central(long[] value, int index) {
    return PowerSums.central(value)[index];
  }

  private static Measured value(DoubleValuedState<?> state, Trace trace, long exact) {
    return new Measured.Value(
        state.metricValue(), Optional.of(BigDecimal.valueOf(exact)), trace, Map.of());
  }

  /** By partition, how many rows are missing to the whole. */
  private static Map<String, Long> missing(
      Collected collected, Collected.Answer met, Collected.Answer rows) {
    Map<String, Long> missing = new TreeMap<>();
    for (int slice = 0; slice < collected.slices().size(); slice++) {
      String partition = collected.slices().get(slice).partition();
      long lacking = rows.bySlice().get(slice)[0] - met.bySlice().get(slice)[0];
      if (!partition.isEmpty() && lacking > 0) {
        missing.merge(partition, lacking, Long::sum);
      }
    }
    return missing;
  }

  /** The columns of a measure that counts how often keys occur. */
  static Optional<List<String>> keyColumns(Measure measure) {
    if (measure instanceof Measure.Uniqueness unique) {
      return Optional.of(unique.columns());
    }
    if (measure instanceof Measure.UniqueComplete key) {
      return Optional.of(key.columns());
    }
    if (measure instanceof Measure.UniqueValueRatio ratio) {
      return Optional.of(List.of(ratio.column()));
    }
    if (measure instanceof Measure.DistinctCount distinct) {
      return Optional.of(List.of(distinct.column()));
    }
    if (measure instanceof Measure.DuplicateRows duplicates) {
      return Optional.of(duplicates.columns());
    }
    return measure instanceof Measure.Entropy entropy
        ? Optional.of(List.of(entropy.column()))
        : Optional.empty();
  }

  static Optional<String> keyWhere(Measure measure) {
    if (measure instanceof Measure.Uniqueness unique) {
      return unique.where();
    }
    if (measure instanceof Measure.UniqueValueRatio ratio) {
      return ratio.where();
    }
    if (measure instanceof Measure.DistinctCount distinct) {
      return distinct.where();
    }
    if (measure instanceof Measure.DuplicateRows duplicates) {
      return duplicates.where();
    }
    return measure instanceof Measure.Entropy entropy ? entropy.where() : Optional.empty();
  }

  private static Fact rows(Optional<String> where) {
    return where.<Fact>map(FactMeasures::matches).orElse(new Fact.Rows());
  }

  private static Fact matches(String sql) {
    return new Fact.Matches(sql, List.of(), Optional.empty(), Measure.Lasting.YES);
  }

  private Fact values(Measure.Completeness complete) {
    String column = complete.column();
    return complete
        .where()
        .map(where -> matches("(%s) AND %s IS NOT NULL".formatted(where, shape.sql(column))))
        .orElse(new Fact.Values(column));
  }

  private static Fact matches(Measure.Matching matching) {
    return matching
        .where()
        .<Fact>map(
            where ->
                new Fact.Matches(
                    "(%s) AND (%s)".formatted(where, matching.predicate()),
                    List.of(),
                    Optional.empty(),
                    matching.lasting()))
        .orElse(
            new Fact.Matches(
                matching.predicate(), List.of(), matching.range(), matching.lasting()));
  }

  private String present(List<String> columns, String where) {
    String some =
        columns.stream()
            .map(name -> shape.sql(name) + " IS NOT NULL")
            .reduce((one, other) -> one + " OR " + other)
            .orElseThrow();
    return "(%s) AND (%s)".formatted(where, some);
  }

  private Fact fact(Measure.Statistic statistic) {
    String column = statistic.column();
    return switch (statistic.kind()) {
      case SUM, MEAN -> type(statistic).sum(column, statistic.where());
      case STANDARD_DEVIATION, VARIANCE -> new Fact.Moments(column, statistic.where(), 2);
      case SKEWNESS, KURTOSIS -> new Fact.Moments(column, statistic.where(), 4);
      case MINIMUM, MAXIMUM, RANGE -> type(statistic).bounds(column, statistic.where());
    };
  }

  private NumberType type(Measure.Statistic statistic) {
    return NumberType.of(shape.typeOf(statistic.column()));
  }
}
