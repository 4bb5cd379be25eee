package dev.assay.rules.parse;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The rule types of the DQDL reference: what each takes, and whether it is answered here. */
public enum RuleType {
  RowCount(0, 0, Needs.NUMBER, Answered.YES),
  ColumnCount(0, 0, Needs.NUMBER, Answered.YES),
  ColumnExists(1, 1, Needs.NOTHING, Answered.YES),
  IsComplete(1, 1, Needs.NOTHING, Answered.YES),
  Completeness(1, 1, Needs.NUMBER, Answered.YES),
  IsUnique(1, 99, Needs.NOTHING, Answered.YES),
  Uniqueness(1, 99, Needs.NUMBER, Answered.YES),
  IsPrimaryKey(1, 99, Needs.NOTHING, Answered.YES),
  UniqueValueRatio(1, 1, Needs.NUMBER, Answered.YES),
  DistinctValuesCount(1, 1, Needs.NUMBER, Answered.YES),
  ColumnValues(1, 1, Needs.ANYTHING, Answered.YES),
  ColumnLength(1, 1, Needs.NUMBER, Answered.YES),
  ColumnDataType(1, 1, Needs.ANYTHING, Answered.YES),
  Mean(1, 1, Needs.NUMBER, Answered.YES),
  Sum(1, 1, Needs.NUMBER, Answered.YES),
  StandardDeviation(1, 1, Needs.NUMBER, Answered.YES),
  Entropy(1, 1, Needs.NUMBER, Answered.YES),
  ColumnCorrelation(2, 2, Needs.NUMBER, Answered.YES),
  DataFreshness(1, 1, Needs.DURATION, Answered.YES),
  CustomSql(1, 1, Needs.OPTIONAL_NUMBER, Answered.YES),
  ReferentialIntegrity(2, 2, Needs.NUMBER, Answered.YES),
  RowCountMatch(1, 1, Needs.NUMBER, Answered.YES),
  ColumnNamesMatchPattern(1, 1, Needs.NOTHING, Answered.YES),
  DatasetMatch(2, 3, Needs.NUMBER, Answered.YES),
  SchemaMatch(1, 1, Needs.NUMBER, Answered.YES),
  AggregateMatch(2, 2, Needs.NUMBER, Answered.YES),
  DetectAnomalies(1, 99, Needs.NOTHING, Answered.YES),
  DuplicateRowCount(0, 99, Needs.NUMBER, Answered.YES),
  Variance(1, 1, Needs.NUMBER, Answered.YES),
  Skewness(1, 1, Needs.NUMBER, Answered.YES),
  Kurtosis(1, 1, Needs.NUMBER, Answered.YES),
  Minimum(1, 1, Needs.NUMBER, Answered.YES),
  Maximum(1, 1, Needs.NUMBER, Answered.YES),
  Range(1, 1, Needs.NUMBER, Answered.YES),
  FileFreshness(0, 1, Needs.ANYTHING, Answered.NO),
  FileMatch(0, 2, Needs.ANYTHING, Answered.NO),
  FileUniqueness(0, 1, Needs.ANYTHING, Answered.NO),
  FileSize(0, 1, Needs.ANYTHING, Answered.NO);

  /** What condition a type takes. */
  enum Needs {
    NOTHING,
    NUMBER,
    OPTIONAL_NUMBER,
    DURATION,
    ANYTHING
  }

  private enum Answered {
    YES,
    NO
  }

  private static final List<String> NAMES = Arrays.stream(values()).map(Enum::name).toList();

  private final int fewestParameters;
  private final int mostParameters;
  private final Needs needs;
  private final Answered answered;

  RuleType(int fewestParameters, int mostParameters, Needs needs, Answered answered) {
    this.fewestParameters = fewestParameters;
    this.mostParameters = mostParameters;
    this.needs = needs;
    this.answered = answered;
  }

  /** The names of all types, as the reference spells them. */
  public static List<String> names() {
    return NAMES;
  }

  static Optional<RuleType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /** Whether this version measures the type; the others come out as unanswered. */
  public boolean answered() {
    return answered == Answered.YES;
  }

  Needs needs() {
    return needs;
  }

  boolean takesWhere() {
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

  boolean takesThreshold() {
    return switch (this) {
      case ColumnValues,
              ColumnLength,
              ColumnDataType,
              DataFreshness,
              IsComplete,
              CustomSql,
              FileFreshness,
              FileSize ->
          true;
      default -> false;
    };
  }

  boolean takes(int parameters) {
    return parameters >= fewestParameters && parameters <= mostParameters;
  }

  /** How many parameters the type takes, in words. */
  String arity() {
    if (mostParameters == 0) {
      return "no column";
    }
    if (mostParameters == 99) {
      return "one or more columns";
    }
    return fewestParameters == mostParameters
        ? "%d parameter%s".formatted(mostParameters, mostParameters == 1 ? "" : "s")
        : "%d to %d parameters".formatted(fewestParameters, mostParameters);
  }
}
