package dev.assay.rules.evaluate;

import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.trees.TreePattern;

/** Parsed SQL as text again. */
final class SqlText {
  private SqlText() {}

  /**
   * The text of an expression over the columns of one row.
   *
   * @return empty if it is more than that, or would not be read as the same expression again
   */
  static Optional<String> of(Expression expression, SparkSession spark) {
    if (expression.containsPattern(TreePattern.PLAN_EXPRESSION())) {
      return Optional.empty();
    }
    String text = expression.sql();
    try {
      return spark.sessionState().sqlParser().parseExpression(text).equals(expression)
          ? Optional.of(text)
          : Optional.empty();
    } catch (Exception e) {
      // a ParseException, which Scala does not declare
      return Optional.empty();
    }
  }
}
