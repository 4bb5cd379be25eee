package dev.assay.rules.parse;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What an Analyzers section may name: numbers that are kept without a rule about them. */
public enum AnalyzerType {
  RowCount(0, 0),
  ColumnCount(0, 0),
  Completeness(1, 1),
  Uniqueness(1, 99),
  UniqueValueRatio(1, 1),
  DistinctValuesCount(1, 1),
  Distribution(1, 1),
  DuplicateRowCount(0, 99),
  Entropy(1, 1),
  Mean(1, 1),
  Sum(1, 1),
  StandardDeviation(1, 1),
  Variance(1, 1),
  Skewness(1, 1),
  Kurtosis(1, 1),
  Minimum(1, 1),
  Maximum(1, 1),
  Range(1, 1),
  /** The least and the greatest value. */
  ColumnValues(1, 1),
  /** The least and the greatest length. */
  ColumnLength(1, 1),
  ColumnCorrelation(2, 2),
  CustomSql(1, 1),
  /** Everything that a column's type allows. */
  AllStatistics(1, 1);

  private static final List<String> NAMES = Arrays.stream(values()).map(Enum::name).toList();

  private final int fewest;
  private final int most;

  AnalyzerType(int fewest, int most) {
    this.fewest = fewest;
    this.most = most;
  }

  /** As the reference spells them. */
  public static List<String> names() {
    return NAMES;
  }

  /** The analyzer of a name. */
  public static Optional<AnalyzerType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }

  /** Those that stand for a single number. */
  static List<String> namesOfOneNumber() {
    return Arrays.stream(values()).filter(AnalyzerType::oneNumber).map(Enum::name).toList();
  }

  /** Whether it stands for a single number, of the table or of columns. */
  boolean oneNumber() {
    return switch (this) {
      case Distribution, ColumnValues, ColumnLength, AllStatistics, CustomSql -> false;
      default -> true;
    };
  }

  boolean takes(int parameters) {
    return parameters >= fewest && parameters <= most;
  }

  String arity() {
    return fewest == most ? "%d".formatted(most) : "%d or more".formatted(fewest);
  }
}
