package dev.assay.rules.parse;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Position;
import java.util.List;

/** A ruleset cannot be used as written. Its author can put it right; retrying cannot. */
public final class InvalidRulesetException extends AssayException {
  private static final long serialVersionUID = 1L;

  /** One thing that is wrong, where, and what to do about it. */
  public record Problem(Position position, String found, String remedy) {
    /** For a reader who knows which ruleset is meant. */
    public String text() {
      return "Line %d, column %d: %s. %s"
          .formatted(position.line(), position.column(), found, remedy)
          .strip();
    }

    String in(String file) {
      return "%s:%d:%d: %s. %s"
          .formatted(file, position.line(), position.column(), found, remedy)
          .strip();
    }
  }

  public InvalidRulesetException(String file, List<Problem> problems) {
    super(
        ExitKind.WRONG_FILES,
        String.join("\n", problems.stream().map(problem -> problem.in(file)).toList()));
  }
}
