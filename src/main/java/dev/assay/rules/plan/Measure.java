package dev.assay.rules.plan;

import java.util.List;
import java.util.Optional;

/**
 * Something to be measured on a table. Rules share measures: equal measures are taken once.
 * Predicates and {@code where} are Spark SQL over the table's columns.
 */
public sealed interface Measure {
  /** Rows of the table that meet {@code where}. */
  record RowCount(Optional<String> where) implements Measure {}

  /**
   * The share (0 to 1) of rows that meet the predicate; NULL counts as not meeting it.
   *
   * @param called what the ledger calls the predicate; empty if it has the same text in every run
   */
  record Matching(
      String predicate,
      List<String> columns,
      Optional<String> where,
      Optional<RangeTest> range,
      Lasting lasting,
      Optional<String> called)
      implements Measure {
    /** A predicate that no range stands for. */
    public Matching(String predicate, List<String> columns, Optional<String> where) {
      this(predicate, columns, where, Optional.empty(), Lasting.YES, Optional.empty());
    }
  }

  /** Whether the answer for the same rows is the same tomorrow. */
  enum Lasting {
    YES,
    /** It speaks of the evaluation instant. */
    NO
  }

  /** The share of rows whose column is not NULL. */
  record Completeness(String column, Optional<String> where) implements Measure {}

  /** The share of rows whose combination of values occurs once; rows with only NULLs left out. */
  record Uniqueness(List<String> columns, Optional<String> where) implements Measure {}

  /** Values that occur once ÷ distinct values. */
  record UniqueValueRatio(String column, Optional<String> where) implements Measure {}

  /** Distinct values that are not NULL. */
  record DistinctCount(String column, Optional<String> where) implements Measure {}

  /**
   * The share of rows whose combination of values occurs once and has no NULL in it.
   *
   * @param complete the share of rows that have no NULL in it
   * @param repeated of those rows, how many have a combination that occurs more than once
   */
  record UniqueComplete(
      List<String> columns, Optional<String> where, Measure complete, DuplicateRows repeated)
      implements Measure {
    /** What it is made of: rows, complete rows, and those whose combination is repeated. */
    public List<Measure> parts() {
      return List.of(new RowCount(where), complete, repeated);
    }
  }

  /** Rows whose combination of values occurs more than once; rows with only NULLs left out. */
  record DuplicateRows(List<String> columns, Optional<String> where) implements Measure {}

  /** The length of the shortest or longest text. */
  record Length(Kind kind, String column, Optional<String> where) implements Measure {
    /** Which of both. */
    public enum Kind {
      LEAST,
      GREATEST
    }
  }

  /** A count that the table's columns alone give, such as how many there are. */
  record Known(String name, long value) implements Measure {}

  /** Shannon entropy of the column's values, natural logarithm. */
  record Entropy(String column, Optional<String> where) implements Measure {}

  /** One number over a numeric column, NULLs left out. */
  record Statistic(Kind kind, String column, Optional<String> where) implements Measure {
    /** Which number. */
    public enum Kind {
      MEAN,
      SUM,
      STANDARD_DEVIATION,
      VARIANCE,
      SKEWNESS,
      KURTOSIS,
      MINIMUM,
      MAXIMUM,
      RANGE
    }
  }

  /** Pearson's correlation of two numeric columns. */
  record Correlation(String first, String second, Optional<String> where) implements Measure {}

  /** The single number that a query over the view {@code primary} returns. */
  record SqlNumber(String sql) implements Measure {}

  /** How many rows a query over the view {@code primary} returns. */
  record SqlRows(String sql) implements Measure {}

  /** The share of rows whose values are found in the reference. */
  record Referential(List<String> columns, String alias, List<String> referenceColumns)
      implements Measure {}

  /** Rows of a reference. */
  record ReferenceRowCount(String alias) implements Measure {}

  /** Something about files. */
  record OfFiles(FileQuestion question) implements Measure {}
}
