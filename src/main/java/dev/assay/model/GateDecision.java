package dev.assay.model;

import java.util.List;

/**
 * Whether a staged snapshot may be published.
 *
 * @param holdReasons why not, a sentence each; empty means it passes
 */
public record GateDecision(List<String> holdReasons) {
  /** Nothing stands against publishing. */
  public static final GateDecision PASS = new GateDecision(List.of());

  public GateDecision {
    holdReasons = List.copyOf(holdReasons);
  }

  public boolean passes() {
    return holdReasons.isEmpty();
  }
}
