package dev.assay.model;

/** Why a rule has no answer. The code is stable: ledgers, reports and scripts may depend on it. */
public enum UnansweredReason {
  /** The rule type, or a form of it, is not answered by this version. */
  UNSUPPORTED,
  /** A column that the rule names is not in the table. */
  MISSING_COLUMN,
  /** The column's type does not fit the rule. */
  WRONG_TYPE,
  /** A number over rows was asked of a table (or a {@code where}) without any such rows. */
  NO_ROWS,
  /** A table that the rule compares with is not declared as a reference, or does not exist. */
  MISSING_REFERENCE,
  /** The files that the rule is about are not there, or nobody knows which they are. */
  MISSING_FILES,
  /** The rule compares with earlier runs, and there are too few. */
  TOO_LITTLE_HISTORY,
  /** The rule cannot be used as written, and the job goes on without it. */
  BAD_RULE,
  /** The rule's SQL, or the measuring itself, failed. */
  ERROR
}
