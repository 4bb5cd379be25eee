package dev.assay.rules.evidence;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.covar_pop;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.kurtosis;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.skewness;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.var_pop;
import static org.apache.spark.sql.functions.when;

import dev.assay.model.Sql;
import dev.assay.rules.plan.TableShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.UnscaledValue;

/**
 * The aggregates that a fact is made of, and the way back from their results. Only counts, sums,
 * and minima and maxima of numbers: Spark keeps these inside generated code. Facts share aggregates
 * that are equal.
 *
 * <p>Moments are sums of powers around a number near the middle, which costs half of what a stable
 * recurrence costs. Where that number was badly chosen the result says so, and the recurrence is
 * used instead.
 */
final class FactQuery {
  /** Below this share of the power sum, too many digits were lost in taking the mean out. */
  private static final double LEAST_SHARE = 0.01;

  /** Numbers of so many digits are exact as doubles. */
  private static final int MOST_EXACT_DIGITS = 15;

  private static final long LOWER_HALF = 0xFFFFFFFFL;

  private final TableShape shape;
  private final Map<String, Double> shifts;
  private final boolean stable;

  /**
   * @param shifts numbers near the middle of columns
   * @param stable whether to use Spark's recurrences
   */
  FactQuery(TableShape shape, Map<String, Double> shifts, boolean stable) {
    this.shape = shape;
    this.shifts = shifts;
    this.stable = stable;
  }

  boolean stable() {
    return stable;
  }

  /** The aggregates by a name that is equal when they are. */
  Map<String, Column> aggregates(Fact fact) {
    List<Column> columns = columns(fact);
    Map<String, Column> named = new LinkedHashMap<>();
    columns.forEach(column -> named.put(column.toString(), column));
    return named;
  }

  private List<Column> columns(Fact fact) {
    if (fact instanceof Fact.Rows) {
      return List.of(count(lit(1)));
    }
    if (fact instanceof Fact.Values values) {
      return List.of(count(named(values.column())));
    }
    if (fact instanceof Fact.AnyValue any) {
      Column present =
          any.columns().stream()
              .map(name -> named(name).isNotNull())
              .reduce(Column::or)
              .orElseThrow();
      return List.of(sum(when(present, 1L).otherwise(0L)));
    }
    if (fact instanceof Fact.Matches matches) {
      return List.of(sum(when(expr(matches.predicate()), 1L).otherwise(0L)));
    }
    if (fact instanceof Fact.WholeSum whole) {
      return wholeSum(whole);
    }
    if (fact instanceof Fact.FloatSum floating) {
      Column value = where(floating.sql(), real(floating.column()));
      return List.of(count(value), sum(value));
    }
    if (fact instanceof Fact.Moments moments) {
      return moments(moments);
    }
    if (fact instanceof Fact.Comoments comoments) {
      return comoments(comoments);
    }
    Fact.Bounds bounds = (Fact.Bounds) fact;
    Column of =
        switch (bounds.of()) {
          case WHOLE -> wholeNumber(bounds.column());
          case REAL -> real(bounds.column());
          case LENGTH -> length(named(bounds.column()));
        };
    Column value = where(bounds.sql(), of);
    return List.of(count(value), min(value), max(value));
  }

  private List<Column> wholeSum(Fact.WholeSum fact) {
    Column value = where(fact.sql(), wholeNumber(fact.column()));
    if (small(fact.column())) {
      return List.of(count(value), sum(value));
    }
    return List.of(
        count(value), sum(shiftright(value, 32)), sum(value.bitwiseAND(lit(LOWER_HALF))));
  }

  private List<Column> moments(Fact.Moments fact) {
    Column value = where(fact.sql(), real(fact.column()));
    List<Column> columns = new ArrayList<>();
    columns.add(count(value));
    if (stable) {
      columns.add(avg(value));
      columns.add(var_pop(value));
      if (fact.order() == 4) {
        columns.add(skewness(value));
        columns.add(kurtosis(value));
      }
      return columns;
    }
    Column shifted = value.minus(lit(shift(fact.column())));
    Column power = shifted;
    for (int order = 1; order <= fact.order(); order++) {
      columns.add(sum(power));
      power = power.multiply(shifted);
    }
    return columns;
  }

  private List<Column> comoments(Fact.Comoments fact) {
    Column first = real(fact.first());
    Column second = real(fact.second());
    Column both = first.isNotNull().and(second.isNotNull());
    Column taken = fact.sql().map(sql -> both.and(expr(sql))).orElse(both);
    Column x = when(taken, first);
    Column y = when(taken, second);
    if (stable) {
      return List.of(count(x), avg(x), avg(y), covar_pop(x, y), var_pop(x), var_pop(y));
    }
    Column dx = x.minus(lit(shift(fact.first())));
    Column dy = y.minus(lit(shift(fact.second())));
    return List.of(
        count(x),
        sum(dx),
        sum(dy),
        sum(dx.multiply(dy)),
        sum(dx.multiply(dx)),
        sum(dy.multiply(dy)));
  }

  /** The value of a fact, from a row that holds its aggregates; empty if it cannot be trusted. */
  Optional<long[]> value(Fact fact, Row row, Map<String, Integer> positions) {
    List<Number> found = new ArrayList<>();
    for (String name : aggregates(fact).keySet()) {
      int position = positions.getOrDefault(name, -1);
      // a sum over nothing is NULL
      found.add(row.isNullAt(position) ? 0L : (Number) row.get(position));
    }
    if (fact instanceof Fact.Moments moments) {
      return found.get(0).longValue() == 0
          ? Optional.of(new long[fact.width()])
          : moments(moments, found);
    }
    if (fact instanceof Fact.Comoments comoments) {
      return found.get(0).longValue() == 0
          ? Optional.of(new long[fact.width()])
          : comoments(comoments, found);
    }
    return Optional.of(plain(fact, found));
  }

  private long[] plain(Fact fact, List<Number> found) {
    long[] value = new long[fact.width()];
    value[0] = found.get(0).longValue();
    if (fact instanceof Fact.WholeSum whole) {
      if (small(whole.column())) {
        value[2] = found.get(1).longValue();
      } else {
        value[1] = found.get(1).longValue();
        value[2] = found.get(2).longValue();
      }
    } else if (fact instanceof Fact.FloatSum) {
      value[1] = Double.doubleToRawLongBits(found.get(1).doubleValue());
    } else if (fact instanceof Fact.Bounds bounds) {
      for (int index = 1; index < 3; index++) {
        value[index] =
            bounds.whole()
                ? found.get(index).longValue()
                : Double.doubleToRawLongBits(found.get(index).doubleValue());
      }
    }
    return value;
  }

  private Optional<long[]> moments(Fact.Moments fact, List<Number> found) {
    double n = found.get(0).doubleValue();
    double[] central = new double[fact.order() + 1];
    if (stable) {
      central[1] = found.get(1).doubleValue();
      central[2] = found.get(2).doubleValue() * n;
      if (fact.order() == 4) {
        central[3] = found.get(3).doubleValue() * Math.pow(central[2], 1.5) / Math.sqrt(n);
        central[4] = (found.get(4).doubleValue() + 3) * central[2] * central[2] / n;
      }
    } else {
      double s1 = found.get(1).doubleValue();
      double s2 = found.get(2).doubleValue();
      double mean = s1 / n;
      central[1] = shift(fact.column()) + mean;
      central[2] = s2 - s1 * mean;
      if (central[2] < LEAST_SHARE * s2) {
        return Optional.empty();
      }
      if (fact.order() == 4) {
        double s3 = found.get(3).doubleValue();
        double s4 = found.get(4).doubleValue();
        central[3] = s3 - 3 * mean * s2 + 2 * mean * mean * s1;
        central[4] = s4 - 4 * mean * s3 + 6 * mean * mean * s2 - 3 * mean * mean * mean * s1;
      }
    }
    return Optional.of(bits(found.get(0).longValue(), central));
  }

  private Optional<long[]> comoments(Fact.Comoments fact, List<Number> found) {
    double n = found.get(0).doubleValue();
    double[] central = new double[6];
    if (stable) {
      central[1] = found.get(1).doubleValue();
      central[2] = found.get(2).doubleValue();
      for (int index = 3; index < 6; index++) {
        central[index] = found.get(index).doubleValue() * n;
      }
    } else {
      double sx = found.get(1).doubleValue();
      double sy = found.get(2).doubleValue();
      central[1] = shift(fact.first()) + sx / n;
      central[2] = shift(fact.second()) + sy / n;
      central[3] = found.get(3).doubleValue() - sx * sy / n;
      central[4] = found.get(4).doubleValue() - sx * sx / n;
      central[5] = found.get(5).doubleValue() - sy * sy / n;
      if (central[4] < LEAST_SHARE * found.get(4).doubleValue()
          || central[5] < LEAST_SHARE * found.get(5).doubleValue()) {
        return Optional.empty();
      }
    }
    return Optional.of(bits(found.get(0).longValue(), central));
  }

  private static long[] bits(long count, double[] numbers) {
    long[] value = new long[numbers.length];
    value[0] = count;
    for (int index = 1; index < numbers.length; index++) {
      value[index] = Double.doubleToRawLongBits(numbers[index]);
    }
    return value;
  }

  private double shift(String column) {
    return shifts.getOrDefault(column, 0.0);
  }

  private static Column where(Optional<String> sql, Column value) {
    return sql.map(text -> when(expr(text), value)).orElse(value);
  }

  /** A type whose sums cannot leave 64 bits. */
  private boolean small(String column) {
    return switch (type(column)) {
      case "tinyint", "smallint", "int", "date" -> true;
      default -> false;
    };
  }

  private Column wholeNumber(String column) {
    Column named = named(column);
    return switch (type(column)) {
      case "decimal" -> new Column(new UnscaledValue(named.expr()));
      case "date" -> unix_date(named);
      case "timestamp" -> unix_micros(named);
      default -> named.cast("bigint");
    };
  }

  /**
   * As a double. Spark turns a decimal into one by way of BigDecimal; dividing its digits is the
   * same, correctly rounded, as long as both are exact as doubles.
   */
  private Column real(String column) {
    String full = shape.types().getOrDefault(column, "");
    if (type(column).equals("decimal")) {
      String[] sizes = full.substring(8, full.length() - 1).split(",", -1);
      if (Integer.parseInt(sizes[0]) <= MOST_EXACT_DIGITS) {
        Column digits = new Column(new UnscaledValue(named(column).expr())).cast("double");
        return digits.divide(lit(Math.pow(10, Integer.parseInt(sizes[1]))));
      }
    }
    return named(column).cast("double");
  }

  private static Column named(String column) {
    return col(Sql.column(column));
  }

  private String type(String column) {
    String type = shape.types().getOrDefault(column, "");
    return type.contains("(") ? type.substring(0, type.indexOf('(')) : type;
  }
}
