package dev.assay.jobs;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Position;

/** A pipeline, job or profile file cannot be used as written. Its author can put it right. */
public final class InvalidJobException extends AssayException {
  private static final long serialVersionUID = 1L;

  public InvalidJobException(String file, Position position, String found, String remedy) {
    super(
        ExitKind.WRONG_FILES,
        "%s:%d:%d: %s. %s"
            .formatted(file, position.line(), position.column(), found, remedy)
            .strip());
  }
}
