package dev.assay.model;

import java.util.Comparator;
import java.util.List;

/** How a command ended, and the exit code that says so. */
public enum ExitKind {
  OK(0, "ok"),
  OUR_FAULT(1, "our fault"),
  USAGE(2, "wrong usage"),
  HELD(3, "held, a threshold asked about is not met, or something of a person may be left"),
  WRONG_FILES(4, "a job, ruleset or profile is wrong"),
  OUTSIDE_UNAVAILABLE(5, "something outside did not answer; nothing was published; run again"),
  DELIVERIES_WAITING(6, "published, deliveries waiting"),
  INPUT_MISSING(7, "input data missing or unreadable");

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
  private final String meaning;

  ExitKind(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** What a person is told about it. */
  public String meaning() {
    return meaning;
  }

  public int code() {
    return code;
  }

  /** The exit of several jobs together. */
  public static ExitKind ofAll(List<ExitKind> kinds) {
    return kinds.stream().min(Comparator.comparingInt(PRECEDENCE::indexOf)).orElse(OK);
  }
}
