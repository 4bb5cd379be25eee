package dev.assay.rules.lint;

import dev.assay.model.Position;
import java.util.Locale;

/**
 * One thing to know about one rule.
 *
 * @param rule the rule as its author wrote it
 * @param what what was found
 * @param why why that is so
 * @param remedy what to do about it
 */
public record Remark(
    Kind kind, Position position, String rule, String what, String why, String remedy) {

  /** How much a remark matters. */
  public enum Severity {
    /** The rule cannot do what it says. */
    ERROR,
    /** The rule says nothing, or nothing of its own. */
    WARNING,
    /** The rule is fine and costs more than others. */
    NOTE;

    /** As people read it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What can be found. The names are stable: scripts may depend on them. */
  public enum Kind {
    CONTRADICTION(Severity.ERROR),
    NEVER_PASSES(Severity.ERROR),
    MISSING_COLUMN(Severity.ERROR),
    MISSING_REFERENCE(Severity.ERROR),
    WRONG_TYPE(Severity.ERROR),
    FAILS_HERE(Severity.ERROR),
    DUPLICATE(Severity.WARNING),
    NEVER_FAILS(Severity.WARNING),
    IMPLIED(Severity.WARNING),
    SLOW_REGEX(Severity.WARNING),
    EXPENSIVE(Severity.NOTE);

    private final Severity severity;

    Kind(Severity severity) {
      this.severity = severity;
    }

    public Severity severity() {
      return severity;
    }

    /** As people read it. */
    public String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  public Severity severity() {
    return kind.severity();
  }
}
