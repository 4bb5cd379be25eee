package dev.assay.emr;

/**
 * How far a run is.
 *
 * @param state in the service's words, for example {@code RUNNING}
 * @param detail what the service says about it; may be empty
 */
public record Look(Phase phase, String state, String detail) {
  /** What a state means to whoever waits. */
  public enum Phase {
    WAITING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED,
    /** The service knows it no longer. */
    GONE
  }

  public boolean isOver() {
    return phase != Phase.WAITING && phase != Phase.RUNNING;
  }

  /** State and detail. */
  public String text() {
    return detail.isBlank() ? state : "%s (%s)".formatted(state, detail.strip());
  }
}
