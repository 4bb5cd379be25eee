package dev.assay.model;

/** The life of a run. The ledger gets a row for each state a run reaches; the newest one counts. */
public enum RunState {
  /** Written to a branch and scored; main is untouched. */
  STAGED,
  /** On main. */
  PUBLISHED,
  /** Stopped by the gate; the branch waits for a decision. */
  HELD,
  /** A held run that somebody decided against; its branch is gone. */
  DISCARDED
}
