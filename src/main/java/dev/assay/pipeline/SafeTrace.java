package dev.assay.pipeline;

import dev.assay.model.AssayException;

/**
 * A stack trace for the log. Messages of foreign exceptions are left out, because Spark and its
 * readers quote values and paths in them.
 */
public final class SafeTrace {
  private static final int MOST_FRAMES = 25;

  private SafeTrace() {}

  /** The trace, several lines. */
  public static String of(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      text.append(text.isEmpty() ? "" : "caused by ").append(cause.getClass().getName());
      if (cause instanceof AssayException known) {
        // not with a colon: the log cuts what stands behind "Exception:"
        text.append(" – ").append(known.getMessage());
      }
      text.append('\n');
      StackTraceElement[] frames = cause.getStackTrace();
      for (int index = 0; index < Math.min(MOST_FRAMES, frames.length); index++) {
        text.append("    at ").append(frames[index]).append('\n');
      }
    }
    return text.toString();
  }
}
