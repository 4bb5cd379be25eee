package dev.assay.rules.parse;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/** What a condition compares with. */
public sealed interface Operand {
  /** The operand as its author wrote it. */
  String text();

  /** A number. */
  record Number(BigDecimal value, String text) implements Operand {}

  /** Text; a quoted date is text too, until it meets a date column. */
  record Text(String value, String text) implements Operand {}

  /** A state of a value rather than a value. */
  record Keyword(Kind kind, String text) implements Operand {
    /** The keywords that ColumnValues knows. */
    public enum Kind {
      NULL,
      EMPTY,
      WHITESPACES_ONLY
    }
  }

  /** {@code true} or {@code false}. */
  record Bool(boolean value, String text) implements Operand {}

  /** A length of time, such as {@code 24 hours}. */
  record Length(Duration value, String text) implements Operand {}

  /** A size in bytes, such as {@code 2 MB}; a KB has 1024 bytes. */
  record Size(BigDecimal bytes, String text) implements Operand {}

  /** {@code now()}, shifted. */
  record Now(Duration shift, String text) implements Operand {
    /** The point in time, for an evaluation at {@code instant}. */
    public Instant at(Instant instant) {
      return instant.plus(shift);
    }
  }

  /** A value from the history of the rule, such as {@code avg(last(10))}. */
  record Dynamic(Formula formula, String text) implements Operand {}

  /** What a formula over earlier runs came to: a floating number. */
  record Settled(BigDecimal value, String text) implements Operand {}
}
