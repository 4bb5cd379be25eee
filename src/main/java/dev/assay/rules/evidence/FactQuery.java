package dev.assay.rules.evidence;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import dev.assay.rules.plan.TableShape;
import java.util.ArrayList;
import java.util.HashMap;
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
 * recurrence costs. Where that number was badly chosen the result says so, and a better one is
 * known then.
 */
final class FactQuery {
  /** Below this share of the power sum, too many digits were lost in taking the mean out. */
  private static final double LEAST_SHARE = 0.01;

  /** Numbers of so many digits are exact as doubles. */
  private static final int MOST_EXACT_DIGITS = 15;

  private static final long LOWER_HALF = 0xFFFFFFFFL;

  private final TableShape shape;
  private final Map<String, Double> shifts;
  // asked for again with every row of a result, and dear: predicates are parsed, columns printed
  private final Map<Fact, Map<String, Column>> aggregates = new HashMap<>();

  /**
   * @param shifts numbers near the middle of columns
   */
  FactQuery(TableShape shape, Map<String, Double> shifts) {
    this.shape = shape;
    this.shifts = shifts;
  }

  /** The aggregates by a name that is equal when they are. */
  Map<String, Column> aggregates(Fact fact) {
    return aggregates.computeIfAbsent(fact, this::named);
  }

  private Map<String, Column> named(Fact fact) {
    Map<String, Column> named = new LinkedHashMap<>();
    columns(fact).forEach(column -> named.put(name(column), column));
    return named;
  }

  /** Not the column's own text, in which a text literal looks like a column of that name. */
  private static String name(Column column) {
    return column.expr().sql();
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

  /** The value of a fact, from a row that holds its aggregates. */
  long[] value(Fact fact, Row row, Map<String, Integer> positions) {
    List<Number> found = new ArrayList<>();
    // one by one: of a column and itself, some aggregates are the same
    for (Column column : columns(fact)) {
      int position = positions.getOrDefault(name(column), -1);
      // a sum over nothing is NULL
      found.add(row.isNullAt(position) ? 0L : (Number) row.get(position));
    }
    if (fact instanceof Fact.Moments moments) {
      return sums(found, List.of(shift(moments.column())));
    }
    return fact instanceof Fact.Comoments comoments
        ? sums(found, List.of(shift(comoments.first()), shift(comoments.second())))
        : plain(fact, found);
  }

  /** Whether too many digits were lost because the number near the middle was not near. */
  static boolean doubtful(Fact fact, long[] value) {
    if (value[0] == 0) {
      return false;
    }
    if (fact instanceof Fact.Moments) {
      return PowerSums.central(value)[2] < LEAST_SHARE * Double.longBitsToDouble(value[3]);
    }
    if (fact instanceof Fact.Comoments) {
      double[] central = PowerSums.centralTwo(value);
      return central[4] < LEAST_SHARE * Double.longBitsToDouble(value[6])
          || central[5] < LEAST_SHARE * Double.longBitsToDouble(value[7]);
    }
    return false;
  }

  private static long[] sums(List<Number> found, List<Double> shifts) {
    long[] value = new long[found.size() + shifts.size()];
    value[0] = found.get(0).longValue();
    for (int index = 0; index < shifts.size(); index++) {
      value[index + 1] = Double.doubleToRawLongBits(shifts.get(index));
    }
    for (int index = 1; index < found.size(); index++) {
      value[index + shifts.size()] = Double.doubleToRawLongBits(found.get(index).doubleValue());
    }
    return value;
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
    String full = shape.typeOf(column);
    if (type(column).equals("decimal")) {
      String[] sizes = full.substring(8, full.length() - 1).split(",", -1);
      if (Integer.parseInt(sizes[0]) <= MOST_EXACT_DIGITS) {
        Column digits = new Column(new UnscaledValue(named(column).expr())).cast("double");
        return digits.divide(lit(Math.pow(10, Integer.parseInt(sizes[1]))));
      }
    }
    return named(column).cast("double");
  }

  private Column named(String column) {
    return col(shape.sql(column));
  }

  private String type(String column) {
    String type = shape.typeOf(column);
    return type.contains("(") ? type.substring(0, type.indexOf('(')) : type;
  }
}
