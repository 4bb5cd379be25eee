package dev.assay.model;

import java.util.Comparator;
import java.util.List;

/** How a command ended, and the exit code that says so. */
public enum ExitKind {
  OK(0),
  OUR_FAULT(1),
  USAGE(2),
  HELD(3),
  WRONG_FILES(4),
  OUTSIDE_UNAVAILABLE(5),
  DELIVERIES_WAITING(6),
  INPUT_MISSING(7);

  /** With several jobs the first of these that occurred is the exit of the whole. */
  private static final List<ExitKind> PRECEDENCE =
      List.of(
          OUR_FAULT,
          USAGE,
          WRONG_FILES,
          INPUT_MISSING,
          OUTSIDE_UNAVAILABLE,
          HELD,
          DELIVERIES_WAITING,
          OK);

  private final int code;

  ExitKind(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** The exit of several jobs together. */
  public static ExitKind ofAll(List<ExitKind> kinds) {
    return kinds.stream().min(Comparator.comparingInt(PRECEDENCE::indexOf)).orElse(OK);
  }
}
