package dev.assay.model;

import java.util.List;

/** The columns that travel beside a row's own while it is prepared. They are never written. */
public final class RowMark {
  /** Path of the file the row came from; of rows of a table {@code table@snapshot}. */
  public static final String FILE = "_assay_file";

  /**
   * Where the record stands in its file. Of CSV and JSON the bytes before it in the (decompressed)
   * file; of Parquet and Avro the records before it. NULL for rows of a table, and in Avro files
   * that are read in several pieces for records behind the first.
   */
  public static final String OFFSET = "_assay_offset";

  /** Bytes of the record; NULL where the format has none. */
  public static final String LENGTH = "_assay_length";

  /** The record as it stood in its file. */
  public static final String TEXT = "_assay_text";

  /** Whether the record could be split into its columns. */
  public static final String SPLIT = "_assay_split";

  /** What is wrong with the row: an array of (kind, column, detail); empty when nothing is. */
  public static final String PROBLEMS = "_assay_problems";

  /** Why the row goes no further without being wrong: a step's name; NULL while it goes on. */
  public static final String FATE = "_assay_fate";

  /** Prefix of the names that Assay keeps for itself. */
  public static final String PREFIX = "_assay_";

  /** All of them. */
  public static final List<String> ALL = List.of(FILE, OFFSET, LENGTH, TEXT, SPLIT, PROBLEMS, FATE);

  /** Spark SQL type of {@link #PROBLEMS}. */
  public static final String PROBLEMS_TYPE =
      "array<struct<kind:string,column:string,detail:string>>";

  private RowMark() {}

  /** The kinds of problems; their names are stable. */
  public enum ProblemKind {
    MALFORMED,
    MISSING_FIELD,
    EXTRA_FIELD,
    NOT_CASTABLE,
    MISSING_VALUE,
    ROW_RULE,
    NOT_COMPUTABLE
  }
}
