package dev.assay.rules.evaluate;

import dev.assay.rules.evidence.Derived;
import dev.assay.rules.evidence.Fact;
import dev.assay.rules.evidence.NumberType;
import dev.assay.rules.plan.Measure.Lasting;
import dev.assay.rules.plan.TableShape;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;

/**
 * A call of an aggregate function that is a merge of facts, with the meaning that Spark gives it.
 *
 * @param function its name in small letters
 * @param argument how the numbers of its argument are summed and compared
 * @param result the type that Spark gives the call
 */
record AggregateCall(String function, NumberType argument, DataType result, Fact fact) {
  private static final Set<String> NAMES =
      Set.of("count", "count_if", "sum", "avg", "mean", "min", "max");
  private static final Set<String> NUMBERS =
      Set.of("tinyint", "smallint", "int", "bigint", "float", "double", "decimal");
  private static final Set<String> INSTANTS = Set.of("date", "timestamp");

  /** As many digits as Spark divides decimals with. */
  private static final MathContext DIVISION = new MathContext(39, RoundingMode.HALF_UP);

  /** The sum has more digits than the type that Spark gives it. */
  static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String type;

    private TooLarge(DataType type) {
      this.type = type.simpleString();
    }

    String why() {
      return "The result does not fit into %s; make the argument a wider type, such as cast(… as decimal(38,0))."
          .formatted(type);
    }
  }

  static boolean aggregates(UnresolvedFunction call) {
    return call.nameParts().size() == 1 && NAMES.contains(name(call));
  }

  /**
   * Of a call over rows.
   *
   * @param where the rows that count
   * @param rows the table's, for the types of expressions
   * @return empty if the call is not a merge of facts
   */
  static Optional<AggregateCall> of(
      UnresolvedFunction call, Optional<String> where, TableShape shape, Dataset<Row> rows) {
    if (call.isDistinct() || call.filter().isDefined() || call.arguments().size() != 1) {
      return Optional.empty();
    }
    Expression argument = call.arguments().head();
    DataType result = type(rows, call);
    Optional<String> text = SqlText.of(argument, rows.sparkSession());
    if (text.isEmpty()) {
      return Optional.empty();
    }
    NumberType counted = NumberType.of("bigint");
    if (name(call).equals("count_if")) {
      Fact fact = matches(where.map(sql -> "(%s) AND (%s)".formatted(sql, text.get())), text.get());
      return Optional.of(new AggregateCall("count", counted, result, fact));
    }
    if (name(call).equals("count")) {
      return count(argument, text.get(), where, shape)
          .map(fact -> new AggregateCall("count", counted, result, fact));
    }
    String type = type(rows, argument).simpleString();
    String base = type.replaceAll("\\(.*", "");
    boolean bounds = Set.of("min", "max").contains(name(call));
    if (!NUMBERS.contains(base) && !(bounds && INSTANTS.contains(base))) {
      return Optional.empty();
    }
    NumberType number = NumberType.of(type);
    String column = column(argument, shape).orElse("");
    Fact fact = bounds ? number.bounds(column, where) : number.sum(column, where);
    return Optional.of(
        new AggregateCall(
            name(call),
            number,
            result,
            column.isEmpty() ? new Derived(text.get(), type, where, fact) : fact));
  }

  private static Optional<Fact> count(
      Expression argument, String text, Optional<String> where, TableShape shape) {
    if (argument instanceof Literal literal) {
      return literal.value() == null
          ? Optional.empty()
          : Optional.of(where.<Fact>map(sql -> matches(where, sql)).orElse(new Fact.Rows()));
    }
    Optional<String> column = column(argument, shape);
    if (column.isPresent() && where.isEmpty()) {
      return Optional.of(new Fact.Values(column.get()));
    }
    String present = "(%s) IS NOT NULL".formatted(text);
    return Optional.of(matches(where.map(sql -> "(%s) AND %s".formatted(sql, present)), present));
  }

  private static Fact matches(Optional<String> sql, String otherwise) {
    return new Fact.Matches(sql.orElse(otherwise), List.of(), Optional.empty(), Lasting.YES);
  }

  private static Optional<String> column(Expression argument, TableShape shape) {
    return argument instanceof UnresolvedAttribute attribute && attribute.nameParts().size() == 1
        ? shape.find(attribute.nameParts().head())
        : Optional.empty();
  }

  private static DataType type(Dataset<Row> rows, Expression expression) {
    return rows.select(new Column(expression)).schema().fields()[0].dataType();
  }

  private static String name(UnresolvedFunction call) {
    return call.nameParts().head().toLowerCase(Locale.ROOT);
  }

  /**
   * The result as Spark holds it.
   *
   * @throws TooLarge if its type cannot hold it
   */
  Literal literal(long[] value) {
    if (function.equals("count")) {
      return new Literal(value[0], DataTypes.LongType);
    }
    if (value[0] == 0) {
      return nothing();
    }
    return new Literal(
        switch (function) {
          case "sum" -> held(argument.exactSum(value), argument.sum(value));
          case "min" -> held(argument.exactLeast(value), argument.least(value));
          case "max" -> held(argument.exactGreatest(value), argument.greatest(value));
          default ->
              held(
                  argument
                      .exactSum(value)
                      .map(sum -> sum.divide(BigDecimal.valueOf(value[0]), DIVISION)),
                  argument.mean(value));
        },
        result);
  }

  /** NULL, as a result of the same type. */
  Literal nothing() {
    return new Literal(null, result);
  }

  private Object held(Optional<BigDecimal> exact, double number) {
    if (result instanceof DecimalType type) {
      BigDecimal rounded = exact.orElseThrow().setScale(type.scale(), RoundingMode.HALF_UP);
      if (rounded.precision() > type.precision()) {
        throw new TooLarge(type);
      }
      return Decimal.apply(new scala.math.BigDecimal(rounded), type.precision(), type.scale());
    }
    if (result.equals(DataTypes.DoubleType)) {
      return number;
    }
    if (result.equals(DataTypes.FloatType)) {
      return (float) number;
    }
    long whole = whole(exact.orElseThrow());
    return switch (result.typeName()) {
      case "byte" -> (byte) whole;
      case "short" -> (short) whole;
      case "integer", "date" -> (int) whole;
      default -> whole;
    };
  }

  private long whole(BigDecimal exact) {
    if (exact.toBigIntegerExact().bitLength() > 63) {
      throw new TooLarge(result);
    }
    return exact.longValueExact();
  }
}
