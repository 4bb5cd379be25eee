package dev.assay.keys;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;

/** A job protects columns and there is no key to do it with. Nothing was read or written. */
public final class MissingKeysException extends AssayException {
  private static final long serialVersionUID = 1L;

  public MissingKeysException(String where, String found, String remedy) {
    super(ExitKind.WRONG_FILES, "%s: %s. %s".formatted(where, found, remedy));
  }
}
