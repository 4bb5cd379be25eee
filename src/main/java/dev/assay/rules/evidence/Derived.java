package dev.assay.rules.evidence;

import java.util.List;
import java.util.Optional;

/**
 * A fact about the values of an expression instead of a column.
 *
 * @param expression Spark SQL
 * @param type of its values, as Spark writes it
 * @param where SQL of the rows that count
 * @param of the fact, about a column of any name, and with the same {@code where}
 */
public record Derived(String expression, String type, Optional<String> where, Fact of)
    implements Fact {
  @Override
  public int width() {
    return of.width();
  }

  @Override
  public List<String> columns() {
    return List.of();
  }

  /** A condition that speaks of all columns that the expression and the condition speak of. */
  @Override
  public Optional<String> sql() {
    String present = "(%s) IS NOT NULL".formatted(expression);
    return Optional.of(where.map(sql -> "(%s) AND %s".formatted(sql, present)).orElse(present));
  }

  @Override
  public void merge(long[] into, long[] other) {
    of.merge(into, other);
  }
}
