package dev.assay.model.job;

/** What a job does. */
public enum JobKind {
  /** Reads one raw input into a prepared table. */
  PREPARE,
  /** Builds a semantic table by one SQL statement over other tables. */
  BUILD,
  /** Gives every message of a table its verdict. */
  CLASSIFY
}
