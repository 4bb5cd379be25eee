package dev.assay.rules.evidence;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.assay.rules.plan.TableShape;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * The aggregates that a fact is made of, and the way back from their results. Only counts, sums,
 * and minima and maxima of numbers: Spark keeps these inside generated code. Facts share aggregates
 * that are equal.
 *
 * <p>Moments are sums of powers around a number near the middle, which costs half of what a stable
 * recurrence costs. Each slice has a number of its own. Where one was badly chosen the result says
 * so, and a better one is known then.
 */
final class FactQuery {
  /** Below this share of the power sum, too many digits were lost in taking the mean out. */
  private static final double LEAST_SHARE = 0.01;

  private static final long LOWER_HALF = 0xFFFFFFFFL;

  private final ColumnNumbers numbers;
  private final Middles middles;
  private final UnaryOperator<String> settled;
  // asked for again with every row of a result, and dear: predicates are parsed, columns printed
  private final Map<Fact, Map<String, Column>> aggregates = new HashMap<>();
  private final Map<Fact, List<String>> names = new HashMap<>();

  /**
   * @param middles numbers near the middle of columns, in use for as long as the query is
   */
  FactQuery(TableShape shape, Middles middles) {
    this(shape, middles, UnaryOperator.identity());
  }

  /**
   * @param settled what is made of SQL before it is read
   */
  FactQuery(TableShape shape, Middles middles, UnaryOperator<String> settled) {
    this.settled = settled;
    this.numbers = new ColumnNumbers(shape::typeOf, name -> col(shape.sql(name)));
    this.middles = middles;
  }

  /** About the values of an expression, under any name. */
  private FactQuery(Derived derived, UnaryOperator<String> settled) {
    this.settled = settled;
    this.numbers =
        new ColumnNumbers(
            name -> derived.type(), name -> expr(settled.apply(derived.expression())));
    this.middles = Middles.NONE;
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

  /** Of all its aggregates, also equal ones. */
  private List<String> names(Fact fact) {
    return columns(fact).stream().map(FactQuery::name).toList();
  }

  /** Not the column's own text, in which a text literal looks like a column of that name. */
  private static String name(Column column) {
    return column.expr().sql();
  }

  private List<Column> columns(Fact fact) {
    if (fact instanceof Derived derived) {
      return new FactQuery(derived, settled).columns(derived.of());
    }
    if (fact instanceof Fact.Rows) {
      return List.of(count(lit(1)));
    }
    if (fact instanceof Fact.Values values) {
      return List.of(count(numbers.named(values.column())));
    }
    if (fact instanceof Fact.AnyValue any) {
      Column present =
          any.columns().stream()
              .map(name -> numbers.named(name).isNotNull())
              .reduce(Column::or)
              .orElseThrow();
      return List.of(sum(when(present, 1L).otherwise(0L)));
    }
    if (fact instanceof Fact.Matches matches) {
      return List.of(sum(when(expr(settled.apply(matches.predicate())), 1L).otherwise(0L)));
    }
    if (fact instanceof Fact.WholeSum whole) {
      return wholeSum(whole);
    }
    if (fact instanceof Fact.FloatSum floating) {
      Column value = where(floating.sql(), numbers.real(floating.column()));
      return List.of(count(value), sum(value));
    }
    if (fact instanceof Fact.Moments moments) {
      return moments(moments);
    }
    if (fact instanceof Fact.Comoments comoments) {
      return comoments(comoments);
    }
    if (fact instanceof WideSum wide) {
      return wideSum(wide);
    }
    if (fact instanceof WideBounds wide) {
      Column value = where(wide.sql(), numbers.named(wide.column()));
      return List.of(count(value), min(value), max(value));
    }
    Fact.Bounds bounds = (Fact.Bounds) fact;
    Column of =
        switch (bounds.of()) {
          case WHOLE -> numbers.whole(bounds.column());
          case REAL -> numbers.real(bounds.column());
          case LENGTH -> length(numbers.named(bounds.column()));
        };
    Column value = where(bounds.sql(), of);
    return List.of(count(value), min(value), max(value));
  }

  private List<Column> wholeSum(Fact.WholeSum fact) {
    Column value = where(fact.sql(), numbers.whole(fact.column()));
    if (numbers.small(fact.column())) {
      return List.of(count(value), sum(value));
    }
    return List.of(
        count(value), sum(shiftright(value, 32)), sum(value.bitwiseAND(lit(LOWER_HALF))));
  }

  private List<Column> wideSum(WideSum fact) {
    Column upper = where(fact.sql(), numbers.half(fact.column(), "upper"));
    Column lower = where(fact.sql(), numbers.half(fact.column(), "lower"));
    return List.of(
        count(upper),
        sum(shiftright(upper, 32)),
        sum(upper.bitwiseAND(lit(LOWER_HALF))),
        sum(shiftrightunsigned(lower, 32)),
        sum(lower.bitwiseAND(lit(LOWER_HALF))));
  }

  private List<Column> moments(Fact.Moments fact) {
    Column value = where(fact.sql(), numbers.real(fact.column()));
    List<Column> columns = new ArrayList<>();
    columns.add(count(value));
    Column shifted = value.minus(middles.in(fact, fact.column()));
    Column power = shifted;
    for (int order = 1; order <= fact.order(); order++) {
      columns.add(sum(power));
      power = power.multiply(shifted);
    }
    return columns;
  }

  private List<Column> comoments(Fact.Comoments fact) {
    Column first = numbers.real(fact.first());
    Column second = numbers.real(fact.second());
    Column both = first.isNotNull().and(second.isNotNull());
    Column taken = fact.sql().map(sql -> both.and(expr(settled.apply(sql)))).orElse(both);
    Column x = when(taken, first);
    Column y = when(taken, second);
    Column dx = x.minus(middles.in(fact, fact.first()));
    Column dy = y.minus(middles.in(fact, fact.second()));
    return List.of(
        count(x),
        sum(dx),
        sum(dy),
        sum(dx.multiply(dy)),
        sum(dx.multiply(dx)),
        sum(dy.multiply(dy)));
  }

  /** The value of a fact about a slice, from a row that holds its aggregates. */
  long[] value(Fact fact, Row row, Map<String, Integer> positions, SliceId slice) {
    List<Number> found = new ArrayList<>();
    // one by one: of a column and itself, some aggregates are the same
    for (String name : names.computeIfAbsent(fact, this::names)) {
      int position = positions.getOrDefault(name, -1);
      // a sum over nothing is NULL
      found.add(row.isNullAt(position) ? 0L : (Number) row.get(position));
    }
    if (fact instanceof Derived derived) {
      return new FactQuery(derived, settled).plain(derived.of(), found);
    }
    return Middles.needed(fact)
        ? sums(
            found, fact.columns().stream().map(column -> middles.of(fact, column, slice)).toList())
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
    if (fact instanceof WideBounds) {
      return found.get(0).longValue() == 0
          ? new long[fact.width()]
          : WideBounds.value(found.get(0).longValue(), digits(found.get(1)), digits(found.get(2)));
    }
    long[] value = new long[fact.width()];
    value[0] = found.get(0).longValue();
    if (fact instanceof Fact.WholeSum whole) {
      if (numbers.small(whole.column())) {
        value[2] = found.get(1).longValue();
      } else {
        value[1] = found.get(1).longValue();
        value[2] = found.get(2).longValue();
      }
    } else if (fact instanceof WideSum) {
      for (int part = 1; part < 5; part++) {
        value[part] = found.get(part).longValue();
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

  private static BigInteger digits(Number decimal) {
    return ((BigDecimal) decimal).unscaledValue();
  }

  private Column where(Optional<String> sql, Column value) {
    return sql.map(text -> when(expr(settled.apply(text)), value)).orElse(value);
  }
}
