package dev.assay.rules.evaluate;

import com.amazon.deequ.analyzers.Analyzer;
import com.amazon.deequ.analyzers.Completeness;
import com.amazon.deequ.analyzers.Compliance;
import com.amazon.deequ.analyzers.Correlation;
import com.amazon.deequ.analyzers.CountDistinct;
import com.amazon.deequ.analyzers.Entropy;
import com.amazon.deequ.analyzers.Mean;
import com.amazon.deequ.analyzers.Size;
import com.amazon.deequ.analyzers.StandardDeviation;
import com.amazon.deequ.analyzers.Sum;
import com.amazon.deequ.analyzers.UniqueValueRatio;
import com.amazon.deequ.analyzers.Uniqueness;
import com.amazon.deequ.analyzers.runners.AnalyzerContext;
import com.amazon.deequ.metrics.DoubleMetric;
import com.amazon.deequ.metrics.Metric;
import dev.assay.model.Sql;
import dev.assay.model.UnansweredReason;
import dev.assay.rules.plan.Measure;
import dev.assay.rules.plan.Measured;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;
import scala.collection.JavaConverters;

/**
 * Takes measures with Deequ's analyzers: those of one {@code where} share Deequ's passes. Columns
 * whose names Deequ or Spark would take for expressions are given plain names first.
 */
final class DeequMeasurer {
  private static final Logger LOG = LoggerFactory.getLogger(DeequMeasurer.class);

  private final Dataset<Row> data;
  private final Map<String, String> plainNames = new LinkedHashMap<>();

  DeequMeasurer(Dataset<Row> table) {
    Dataset<Row> named = table;
    for (String column : table.columns()) {
      if (!column.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        String plain = "_assay_column_" + plainNames.size();
        plainNames.put(column, plain);
        named = named.withColumn(plain, table.col(Sql.column(column)));
      }
    }
    this.data = named;
  }

  /** Takes all measures; each gets an answer, if only why there is none. */
  Map<Measure, Measured> measure(List<Measure> measures) {
    Map<Measure, Measured> results = new HashMap<>();
    Map<Boolean, Map<Measure, Analyzer<?, ? extends Metric<?>>>> analyzers = new HashMap<>();
    for (Measure measure : measures) {
      Optional<String> broken =
          sqlOf(measure).stream().flatMap(sql -> analysisError(sql).stream()).findFirst();
      if (broken.isPresent()) {
        results.put(measure, new Measured.None(UnansweredReason.ERROR, broken.get()));
      } else {
        analyzers
            .computeIfAbsent(
                whereOfDistinctCount(measure).isPresent(), key -> new LinkedHashMap<>())
            .put(measure, analyzer(measure));
      }
    }
    run(data, analyzers.getOrDefault(false, Map.of()), results);
    for (Map.Entry<Measure, Analyzer<?, ? extends Metric<?>>> filtered :
        analyzers.getOrDefault(true, Map.of()).entrySet()) {
      Dataset<Row> rows = data.where(whereOfDistinctCount(filtered.getKey()).orElseThrow());
      run(rows, Map.of(filtered.getKey(), filtered.getValue()), results);
    }
    return results;
  }

  private static void run(
      Dataset<Row> rows,
      Map<Measure, Analyzer<?, ? extends Metric<?>>> analyzers,
      Map<Measure, Measured> results) {
    if (analyzers.isEmpty()) {
      return;
    }
    AnalyzerContext context = DeequRunner.run(rows, List.copyOf(analyzers.values()));
    Map<Analyzer<?, ?>, Metric<?>> metrics = DeequRunner.metrics(context);
    analyzers.forEach(
        (measure, analyzer) -> {
          Measured result = measured(measure, metrics.get(analyzer));
          // one measure that breaks breaks its whole pass, so each gets a chance of its own
          if (analyzers.size() > 1 && failed(result)) {
            run(rows, Map.of(measure, analyzer), results);
          } else {
            results.put(measure, result);
          }
        });
  }

  private static boolean failed(Measured result) {
    return result instanceof Measured.None none && none.reason() == UnansweredReason.ERROR;
  }

  private static Measured measured(
      Measure measure, @org.jspecify.annotations.Nullable Metric<?> metric) {
    if (!(metric instanceof DoubleMetric number)) {
      throw new IllegalStateException("Deequ returned no metric for " + measure);
    }
    if (number.value().isSuccess()) {
      return new Measured.Value((Double) number.value().get());
    }
    Throwable failure = number.value().failed().get();
    if (failure.getClass().getSimpleName().startsWith("EmptyState")) {
      return new Measured.None(
          UnansweredReason.NO_ROWS, "There are no rows with a value to measure.");
    }
    LOG.warn("{} failed with {}", measure.getClass().getSimpleName(), failure.getClass().getName());
    return new Measured.None(UnansweredReason.ERROR, SafeMessage.of(failure));
  }

  private Analyzer<?, ? extends Metric<?>> analyzer(Measure measure) {
    if (measure instanceof Measure.RowCount count) {
      return new Size(option(count.where()));
    }
    if (measure instanceof Measure.Matching matching) {
      return new Compliance(
          matching.predicate(),
          matching.predicate(),
          option(matching.where()),
          scalaList(List.of()),
          Option.empty());
    }
    if (measure instanceof Measure.Completeness complete) {
      return new Completeness(plain(complete.column()), option(complete.where()), Option.empty());
    }
    if (measure instanceof Measure.Uniqueness unique) {
      return new Uniqueness(
          scalaList(unique.columns().stream().map(this::plain).toList()),
          option(unique.where()),
          Option.empty());
    }
    if (measure instanceof Measure.UniqueValueRatio ratio) {
      return new UniqueValueRatio(
          scalaList(List.of(plain(ratio.column()))), option(ratio.where()), Option.empty());
    }
    if (measure instanceof Measure.DistinctCount distinct) {
      return new CountDistinct(scalaList(List.of(plain(distinct.column()))));
    }
    if (measure instanceof Measure.Entropy entropy) {
      return new Entropy(plain(entropy.column()), option(entropy.where()));
    }
    if (measure instanceof Measure.Statistic statistic) {
      return statistic(statistic);
    }
    if (measure instanceof Measure.Correlation correlation) {
      return new Correlation(
          plain(correlation.first()), plain(correlation.second()), option(correlation.where()));
    }
    throw new IllegalArgumentException("Deequ does not take " + measure);
  }

  private Analyzer<?, ? extends Metric<?>> statistic(Measure.Statistic statistic) {
    String column = plain(statistic.column());
    Option<String> where = option(statistic.where());
    return switch (statistic.kind()) {
      case MEAN -> new Mean(column, where);
      case SUM -> new Sum(column, where);
      case STANDARD_DEVIATION -> new StandardDeviation(column, where);
    };
  }

  private String plain(String column) {
    return plainNames.getOrDefault(column, column);
  }

  /** Deequ's count of distinct values takes no filter of its own. */
  private static Optional<String> whereOfDistinctCount(Measure measure) {
    return measure instanceof Measure.DistinctCount distinct ? distinct.where() : Optional.empty();
  }

  /** SQL of the measure's author, which may be wrong and must not spoil the other measures. */
  private static List<String> sqlOf(Measure measure) {
    List<String> parts = new ArrayList<>();
    if (measure instanceof Measure.Matching matching) {
      parts.add(matching.predicate());
    }
    where(measure).ifPresent(parts::add);
    return parts;
  }

  private static Optional<String> where(Measure measure) {
    if (measure instanceof Measure.RowCount count) {
      return count.where();
    }
    if (measure instanceof Measure.Matching matching) {
      return matching.where();
    }
    if (measure instanceof Measure.Completeness complete) {
      return complete.where();
    }
    if (measure instanceof Measure.Uniqueness unique) {
      return unique.where();
    }
    if (measure instanceof Measure.UniqueValueRatio ratio) {
      return ratio.where();
    }
    if (measure instanceof Measure.DistinctCount distinct) {
      return distinct.where();
    }
    if (measure instanceof Measure.Entropy entropy) {
      return entropy.where();
    }
    if (measure instanceof Measure.Statistic statistic) {
      return statistic.where();
    }
    return measure instanceof Measure.Correlation correlation
        ? correlation.where()
        : Optional.empty();
  }

  private Optional<String> analysisError(String predicate) {
    try {
      data.where(predicate);
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(SafeMessage.of(e));
    } catch (Exception e) {
      // Scala throws Spark's checked AnalysisException without declaring it
      return Optional.of(SafeMessage.of(e));
    }
  }

  private static Option<String> option(Optional<String> value) {
    return value.isPresent() ? Option.apply(value.get()) : Option.empty();
  }

  private static scala.collection.immutable.List<String> scalaList(List<String> values) {
    return JavaConverters.asScalaBuffer(values).toList();
  }
}
