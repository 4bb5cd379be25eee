package dev.assay.testing.aws;

import java.util.Map;

/** What a stub throws to answer with an error of its service. */
public final class StubError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient Map<String, Object> members;

  public StubError(int status, String code, String message, Map<String, Object> members) {
    super(message);
    this.status = status;
    this.code = code;
    this.members = Map.copyOf(members);
  }

  /** An error that is the caller's fault: HTTP 400. */
  public static StubError refused(String code, String message) {
    return new StubError(400, code, message, Map.of());
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  /** What the error has besides its message, for example a reason. */
  Map<String, Object> members() {
    return members;
  }
}
