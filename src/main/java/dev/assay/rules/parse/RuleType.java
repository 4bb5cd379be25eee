package dev.assay.rules.parse;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The rule types of the DQDL reference, and what each takes. */
public enum RuleType {
  RowCount(0, 0, Needs.NUMBER),
  ColumnCount(0, 0, Needs.NUMBER),
  ColumnExists(1, 1, Needs.NOTHING),
  IsComplete(1, 1, Needs.NOTHING),
  Completeness(1, 1, Needs.NUMBER),
  IsUnique(1, 99, Needs.NOTHING),
  Uniqueness(1, 99, Needs.NUMBER),
  IsPrimaryKey(1, 99, Needs.NOTHING),
  UniqueValueRatio(1, 1, Needs.NUMBER),
  DistinctValuesCount(1, 1, Needs.NUMBER),
  ColumnValues(1, 1, Needs.ANYTHING),
  ColumnLength(1, 1, Needs.NUMBER),
  ColumnDataType(1, 1, Needs.ANYTHING),
  Mean(1, 1, Needs.NUMBER),
  Sum(1, 1, Needs.NUMBER),
  StandardDeviation(1, 1, Needs.NUMBER),
  Entropy(1, 1, Needs.NUMBER),
  ColumnCorrelation(2, 2, Needs.NUMBER),
  DataFreshness(1, 1, Needs.DURATION),
  CustomSql(1, 1, Needs.OPTIONAL_NUMBER),
  ReferentialIntegrity(2, 2, Needs.NUMBER),
  RowCountMatch(1, 1, Needs.NUMBER),
  ColumnNamesMatchPattern(1, 1, Needs.NOTHING),
  DatasetMatch(2, 3, Needs.NUMBER),
  SchemaMatch(1, 1, Needs.NUMBER),
  AggregateMatch(2, 2, Needs.NUMBER),
  DetectAnomalies(1, 99, Needs.NOTHING),
  DuplicateRowCount(0, 99, Needs.NUMBER),
  Variance(1, 1, Needs.NUMBER),
  Skewness(1, 1, Needs.NUMBER),
  Kurtosis(1, 1, Needs.NUMBER),
  Minimum(1, 1, Needs.NUMBER),
  Maximum(1, 1, Needs.NUMBER),
  Range(1, 1, Needs.NUMBER),
  FileFreshness(0, 1, Needs.MOMENT),
  FileMatch(0, 2, Needs.CHECKSUMS),
  FileUniqueness(0, 1, Needs.NUMBER),
  FileSize(0, 1, Needs.SIZE);

  /** What condition a type takes. */
  enum Needs {
    NOTHING,
    NUMBER,
    OPTIONAL_NUMBER,
    DURATION,
    MOMENT,
    SIZE,
    CHECKSUMS,
    ANYTHING
  }

  private static final List<String> NAMES = Arrays.stream(values()).map(Enum::name).toList();

  private final int fewestParameters;
  private final int mostParameters;
  private final Needs needs;

  RuleType(int fewestParameters, int mostParameters, Needs needs) {
    this.fewestParameters = fewestParameters;
    this.mostParameters = mostParameters;
    this.needs = needs;
  }

  /** The names of all types, as the reference spells them. */
  public static List<String> names() {
    return NAMES;
  }

  static Optional<RuleType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  Needs needs() {
    return needs;
  }

  /** Whether {@code where} may narrow the rows that a rule looks at. */
  public boolean takesWhere() {
    return switch (this) {
      case ColumnCount,
              ColumnExists,
              CustomSql,
              ReferentialIntegrity,
              SchemaMatch,
              DatasetMatch,
              AggregateMatch,
              FileFreshness,
              FileMatch,
              FileUniqueness,
              FileSize,
              ColumnNamesMatchPattern ->
          false;
      default -> true;
    };
  }

  /** Whether {@code with threshold} may ask for a share of rows or files. */
  public boolean takesThreshold() {
    return switch (this) {
      case ColumnValues,
              ColumnLength,
              ColumnDataType,
              DataFreshness,
              IsComplete,
              IsUnique,
              IsPrimaryKey,
              CustomSql,
              FileFreshness,
              FileSize ->
          true;
      default -> false;
    };
  }

  /** Whether the type is about files, and not about rows. */
  public boolean ofFiles() {
    return switch (this) {
      case FileFreshness, FileMatch, FileUniqueness, FileSize -> true;
      default -> false;
    };
  }

  boolean takes(int parameters) {
    return parameters >= fewestParameters && parameters <= mostParameters;
  }

  /** How many parameters the type takes, in words. */
  public String arity() {
    if (mostParameters == 0) {
      return "no column";
    }
    if (mostParameters == 99) {
      return fewestParameters == 0 ? "any number of columns" : "one or more columns";
    }
    if (ofFiles()) {
      return mostParameters == 1 ? "at most one path" : "at most two paths";
    }
    return fewestParameters == mostParameters
        ? "%d parameter%s".formatted(mostParameters, mostParameters == 1 ? "" : "s")
        : "%d to %d parameters".formatted(fewestParameters, mostParameters);
  }
}
