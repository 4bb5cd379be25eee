package dev.assay.rules.evidence;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.ObjectType;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * The numbers that power sums take distances from: one per column and slice. Slices of a table that
 * grows along a column are narrow and lie far apart, so that no number is near the middle of all.
 */
final class Middles implements AutoCloseable {
  /** All zero. */
  static final Middles NONE = new Middles(List.of(), Map.of(), Optional.empty());

  /** What all rows have in common mostly has no more digits. */
  private static final MathContext FEW_DIGITS = new MathContext(9);

  /** By what share of itself a number is rounded at most when another is added to it. */
  private static final double ROUNDING = 0x1p-53;

  private static final OfSlices NOTHING = new OfSlices(new double[0]);

  private final Map<Fact, Map<String, OfSlices>> numbers;
  private final Map<SliceId, Integer> positions = new HashMap<>();
  private final Map<OfSlices, Column> columns = new HashMap<>();
  private final @Nullable Broadcast<HashMap<String, double[]>> shared;

  /** The numbers of one column in the order of the slices; itself and no other. */
  private static final class OfSlices {
    final double[] numbers;

    OfSlices(double[] numbers) {
      this.numbers = numbers;
    }

    boolean differ() {
      return Arrays.stream(numbers).distinct().limit(2).count() > 1;
    }
  }

  private Middles(
      List<Slice> slices,
      Map<Fact, Map<String, OfSlices>> numbers,
      Optional<SparkSession> broadcasting) {
    this.numbers = numbers;
    for (Slice slice : slices) {
      positions.put(slice.id(), positions.size());
    }
    List<OfSlices> different =
        numbers.values().stream()
            .flatMap(ofFact -> ofFact.values().stream())
            .distinct()
            .filter(OfSlices::differ)
            .toList();
    this.shared =
        different.isEmpty() ? null : broadcast(broadcasting.orElseThrow(), slices, different);
    for (int ordinal = 0; ordinal < different.size(); ordinal++) {
      columns.put(different.get(ordinal), bySlice(Objects.requireNonNull(shared), ordinal));
    }
  }

  /** From metadata: the middles between the bounds of each slice, where these are known. */
  static Middles ofBounds(SparkSession spark, List<Slice> slices, Collection<Fact> facts) {
    Map<String, OfSlices> byColumn = new HashMap<>();
    Map<Fact, Map<String, OfSlices>> numbers = new HashMap<>();
    for (Fact fact : facts) {
      if (needed(fact)) {
        Map<String, OfSlices> ofFact = new HashMap<>();
        for (String column : fact.columns()) {
          ofFact.put(column, byColumn.computeIfAbsent(column, name -> ofBounds(slices, name)));
        }
        numbers.put(fact, ofFact);
      }
    }
    return new Middles(slices, numbers, Optional.of(spark));
  }

  /**
   * From an earlier reading: the mean that it found in each slice. If a number of few digits is as
   * near as adding up could tell, it is taken: where all rows have the same, that one is exact.
   */
  static Middles ofMeans(
      SparkSession spark,
      List<Slice> slices,
      Collection<Fact> facts,
      Map<SliceId, Map<Fact, long[]>> found) {
    Map<Fact, Map<String, OfSlices>> numbers = new HashMap<>();
    for (Fact fact : facts) {
      Map<String, OfSlices> ofFact = new HashMap<>();
      fact.columns().forEach(column -> ofFact.put(column, new OfSlices(new double[slices.size()])));
      for (int slice = 0; slice < slices.size(); slice++) {
        long[] value = found.getOrDefault(slices.get(slice).id(), Map.of()).get(fact);
        if (value != null && value[0] > 0) {
          List<Double> means = means(fact, value);
          for (int column = 0; column < means.size(); column++) {
            Objects.requireNonNull(ofFact.get(fact.columns().get(column))).numbers[slice] =
                usable(means.get(column), value[0]);
          }
        }
      }
      numbers.put(fact, ofFact);
    }
    return new Middles(slices, numbers, Optional.of(spark));
  }

  /** Whether a fact is made of power sums. */
  static boolean needed(Fact fact) {
    return fact instanceof Fact.Moments || fact instanceof Fact.Comoments;
  }

  /** Whether metadata gives a slice a number near the middle of all columns of a fact. */
  static boolean known(Fact fact, Slice slice) {
    return fact.columns().stream().allMatch(column -> middle(slice, column).isPresent());
  }

  /** Whether another reading can take distances from numbers that are nearer to the means. */
  static boolean nearer(Fact fact, long[] value) {
    List<Double> means = means(fact, value);
    for (int column = 0; column < means.size(); column++) {
      if (means.get(column) != Double.longBitsToDouble(value[column + 1])) {
        return true;
      }
    }
    return false;
  }

  /** A column's number in Spark: a literal if all slices have the same, else by the slice. */
  Column in(Fact fact, String column) {
    OfSlices ofSlices = find(fact, column);
    Column bySlice = columns.get(ofSlices);
    return bySlice != null
        ? bySlice
        : lit(ofSlices.numbers.length == 0 ? 0.0 : ofSlices.numbers[0]);
  }

  /** A column's number in a slice. */
  double of(Fact fact, String column, SliceId slice) {
    OfSlices ofSlices = find(fact, column);
    return ofSlices.numbers.length == 0
        ? 0
        : ofSlices.numbers[Objects.requireNonNull(positions.get(slice))];
  }

  private OfSlices find(Fact fact, String column) {
    return numbers.getOrDefault(fact, Map.of()).getOrDefault(column, NOTHING);
  }

  /** No query may use the columns any more. */
  @Override
  public void close() {
    if (shared != null) {
      shared.destroy();
    }
  }

  /** Once per executor instead of once per task, of which there is one per file. */
  private static Broadcast<HashMap<String, double[]>> broadcast(
      SparkSession spark, List<Slice> slices, List<OfSlices> different) {
    HashMap<String, double[]> byLocation = new HashMap<>();
    for (int slice = 0; slice < slices.size(); slice++) {
      double[] ofSlice = new double[different.size()];
      for (int ordinal = 0; ordinal < ofSlice.length; ordinal++) {
        ofSlice[ordinal] = different.get(ordinal).numbers[slice];
      }
      byLocation.put(slices.get(slice).location(), ofSlice);
    }
    return JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(byLocation);
  }

  private static Column bySlice(Broadcast<HashMap<String, double[]>> shared, int ordinal) {
    Expression number =
        Literal.fromObject(new SliceNumber(shared, ordinal), new ObjectType(SliceNumber.class));
    Seq<Expression> arguments = seq(List.of(col(SlicedTable.SLICE_COLUMN).expr()));
    Seq<AbstractDataType> anyTypes = seq(List.of());
    return new Column(
        new Invoke(number, "of", DataTypes.DoubleType, arguments, anyTypes, true, false, true));
  }

  private static <T> Seq<T> seq(List<T> elements) {
    return JavaConverters.asScalaBuffer(elements).toSeq();
  }

  /** In the order of the fact's columns. */
  private static List<Double> means(Fact fact, long[] value) {
    if (fact instanceof Fact.Comoments) {
      double[] central = PowerSums.centralTwo(value);
      return List.of(central[1], central[2]);
    }
    return List.of(PowerSums.central(value)[1]);
  }

  private static double usable(double mean, long values) {
    if (!Double.isFinite(mean)) {
      return 0;
    }
    double few = new BigDecimal(mean).round(FEW_DIGITS).doubleValue();
    return Math.abs(few - mean) <= values * ROUNDING * Math.abs(mean) ? few : mean;
  }

  /** A slice of which nothing is known gets the mean of the others' middles. */
  private static OfSlices ofBounds(List<Slice> slices, String column) {
    List<OptionalDouble> middles = slices.stream().map(slice -> middle(slice, column)).toList();
    double mean = middles.stream().flatMapToDouble(OptionalDouble::stream).average().orElse(0);
    double others = Double.isFinite(mean) ? mean : 0;
    return new OfSlices(middles.stream().mapToDouble(middle -> middle.orElse(others)).toArray());
  }

  private static OptionalDouble middle(Slice slice, String column) {
    Optional<ColumnMetadata.Bounds> bounds =
        slice.metadata().of(column).flatMap(ColumnMetadata::bounds);
    if (bounds.isEmpty()) {
      return OptionalDouble.empty();
    }
    double middle =
        bounds
            .get()
            .lowest()
            .add(bounds.get().highest())
            .divide(BigDecimal.valueOf(2), MathContext.DECIMAL64)
            .doubleValue();
    return Double.isFinite(middle) ? OptionalDouble.of(middle) : OptionalDouble.empty();
  }
}
