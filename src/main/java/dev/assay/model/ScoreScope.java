package dev.assay.model;

import java.util.Locale;

/** Which rows of a table its rules are put to. */
public enum ScoreScope {
  /** All rows of the snapshot. */
  TABLE,
  /** The rows in data files that the snapshot has and its parent has not. */
  BATCH;

  /** As it is written in jobs and on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
