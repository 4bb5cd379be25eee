package dev.assay.lake;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;

/** An input is not there, or cannot be read. Nothing was written. */
public final class UnreadableInputException extends AssayException {
  private static final long serialVersionUID = 1L;

  private final String file;

  /**
   * @param file the file or folder
   * @param found what is wrong with it, without any of its content
   * @param remedy what to do about it
   */
  public UnreadableInputException(String file, String found, String remedy) {
    super(ExitKind.INPUT_MISSING, "%s: %s. %s".formatted(file, found, remedy).strip());
    this.file = file;
  }

  public String file() {
    return file;
  }
}
