package dev.assay.rules.evidence;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;

import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.UnscaledValue;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** The values of columns as numbers that generated code adds up without objects, if it can. */
final class ColumnNumbers {
  /** Numbers of so many digits are exact as doubles. */
  private static final int MOST_EXACT_DIGITS = 15;

  private final Function<String, String> types;
  private final Function<String, Column> named;

  /**
   * @param types the type of a column, as Spark writes it
   * @param named the column of a name
   */
  ColumnNumbers(Function<String, String> types, Function<String, Column> named) {
    this.types = types;
    this.named = named;
  }

  Column named(String column) {
    return named.apply(column);
  }

  /** A type whose sums cannot leave 64 bits. */
  boolean small(String column) {
    return switch (type(column)) {
      case "tinyint", "smallint", "int", "date" -> true;
      default -> false;
    };
  }

  /** In 64 bits: whole numbers, days, microseconds, decimals as numbers of their last digit. */
  Column whole(String column) {
    Column value = named(column);
    return switch (type(column)) {
      case "decimal" -> new Column(new UnscaledValue(value.expr()));
      case "date" -> unix_date(value);
      case "timestamp" -> unix_micros(value);
      default -> value.cast("bigint");
    };
  }

  /** The upper or lower half of a decimal of many digits. */
  Column half(String column, String which) {
    Seq<Expression> arguments = seq(List.of(named(column).expr()));
    Seq<AbstractDataType> anyTypes = seq(List.of());
    return new Column(
        new StaticInvoke(
            WideDigits.class, DataTypes.LongType, which, arguments, anyTypes, true, false, true));
  }

  /**
   * As a double. Spark turns a decimal into one by way of BigDecimal; dividing its digits is the
   * same, correctly rounded, as long as both are exact as doubles.
   */
  Column real(String column) {
    String full = types.apply(column);
    if (type(column).equals("decimal")) {
      String[] sizes = full.substring(8, full.length() - 1).split(",", -1);
      if (Integer.parseInt(sizes[0]) <= MOST_EXACT_DIGITS) {
        Column digits = new Column(new UnscaledValue(named(column).expr())).cast("double");
        return digits.divide(lit(Math.pow(10, Integer.parseInt(sizes[1]))));
      }
    }
    return named(column).cast("double");
  }

  private static <T> Seq<T> seq(List<T> elements) {
    return JavaConverters.asScalaBuffer(elements).toSeq();
  }

  private String type(String column) {
    return NumberType.base(types.apply(column));
  }
}
