package dev.assay.messages.comprehend;

import dev.assay.model.ExitKind;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How a task ended. A failure is a value, so that Spark does not ask everything again, and so that
 * what was spent is known.
 *
 * @param failed why it ended early; null if it did not
 */
record TaskReport(Tally spent, long answered, @Nullable Failed failed) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Whose turn it is, and the message for it. */
  record Failed(ExitKind kind, String message) implements Serializable {
    private static final long serialVersionUID = 1L;
  }
}
