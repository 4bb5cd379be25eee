package dev.assay.model;

/**
 * A failure that its reader can do something about. The kind says whose turn it is and becomes the
 * exit code; the message says where, what was found, what is expected and what to do, and never
 * holds a row, a payload or a secret.
 */
public class AssayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitKind kind;

  public AssayException(ExitKind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public AssayException(ExitKind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  public ExitKind kind() {
    return kind;
  }
}
