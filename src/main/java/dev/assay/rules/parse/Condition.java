package dev.assay.rules.parse;

import java.util.List;

/** What a measured value, or the values of a column, must meet. */
public sealed interface Condition {
  /** The condition as its author wrote it. */
  String text();

  /** The operands in their order. */
  List<Operand> operands();

  /** Comparison with one operand. */
  record Compare(Operator operator, Operand operand, String text) implements Condition {
    @Override
    public List<Operand> operands() {
      return List.of(operand);
    }
  }

  /** Strictly between both ends; negated: on or outside them. */
  record Between(boolean negated, Operand low, Operand high, String text) implements Condition {
    @Override
    public List<Operand> operands() {
      return List.of(low, high);
    }
  }

  /** One of a list; negated: none of it. */
  record In(boolean negated, List<Operand> operands, String text) implements Condition {
    public In {
      operands = List.copyOf(operands);
    }
  }

  /** The whole value matches a regular expression (Java's). */
  record Matches(boolean negated, String regex, String text) implements Condition {
    @Override
    public List<Operand> operands() {
      return List.of();
    }
  }

  /** The six comparisons, with their SQL. */
  enum Operator {
    EQUAL("="),
    NOT_EQUAL("<>"),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    LESS("<"),
    LESS_OR_EQUAL("<=");

    private final String sql;

    Operator(String sql) {
      this.sql = sql;
    }

    public String sql() {
      return sql;
    }

    /** Whether a comparison result (as of {@code compareTo}) meets this operator. */
    public boolean accepts(int comparison) {
      return switch (this) {
        case EQUAL -> comparison == 0;
        case NOT_EQUAL -> comparison != 0;
        case GREATER -> comparison > 0;
        case GREATER_OR_EQUAL -> comparison >= 0;
        case LESS -> comparison < 0;
        case LESS_OR_EQUAL -> comparison <= 0;
      };
    }
  }
}
