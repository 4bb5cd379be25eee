package dev.assay.model.job;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which rows of a table a package shows: columns against constants, without negations. */
public sealed interface RowExpression {
  /** How a column and a constant are compared. */
  enum Operator {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    /** What is true where this is false, of values that are not NULL. */
    public Operator opposite() {
      return switch (this) {
        case EQUAL -> NOT_EQUAL;
        case NOT_EQUAL -> EQUAL;
        case LESS -> GREATER_OR_EQUAL;
        case LESS_OR_EQUAL -> GREATER;
        case GREATER -> LESS_OR_EQUAL;
        case GREATER_OR_EQUAL -> LESS;
      };
    }
  }

  /** A column compared with a constant, which is without its quotes. */
  record Comparison(String column, Operator operator, String constant) implements RowExpression {}

  /** Whether a column has one of these values. */
  record Membership(String column, List<String> constants, boolean negated)
      implements RowExpression {
    public Membership {
      constants = List.copyOf(constants);
    }
  }

  /** Whether a column's text is like a pattern of SQL. */
  record Likeness(String column, String pattern, boolean negated) implements RowExpression {}

  /** Whether a column is NULL, or is not. */
  record Absence(String column, boolean negated) implements RowExpression {}

  /** All of them hold. */
  record All(List<RowExpression> parts) implements RowExpression {
    public All {
      parts = List.copyOf(parts);
    }
  }

  /** One of them holds. */
  record Any(List<RowExpression> parts) implements RowExpression {
    public Any {
      parts = List.copyOf(parts);
    }
  }

  /** What holds where this does not; both are unknown for the same NULLs. */
  default RowExpression not() {
    if (this instanceof Comparison it) {
      return new Comparison(it.column(), it.operator().opposite(), it.constant());
    }
    if (this instanceof Membership it) {
      return new Membership(it.column(), it.constants(), !it.negated());
    }
    if (this instanceof Likeness it) {
      return new Likeness(it.column(), it.pattern(), !it.negated());
    }
    if (this instanceof Absence it) {
      return new Absence(it.column(), !it.negated());
    }
    if (this instanceof All it) {
      return new Any(it.parts().stream().map(RowExpression::not).toList());
    }
    return new All(((Any) this).parts().stream().map(RowExpression::not).toList());
  }

  /** The columns that are looked at. */
  default Set<String> columns() {
    if (this instanceof Comparison it) {
      return Set.of(it.column());
    }
    if (this instanceof Membership it) {
      return Set.of(it.column());
    }
    if (this instanceof Likeness it) {
      return Set.of(it.column());
    }
    if (this instanceof Absence it) {
      return Set.of(it.column());
    }
    Set<String> columns = new LinkedHashSet<>();
    (this instanceof All it ? it.parts() : ((Any) this).parts())
        .forEach(part -> columns.addAll(part.columns()));
    return columns;
  }
}
