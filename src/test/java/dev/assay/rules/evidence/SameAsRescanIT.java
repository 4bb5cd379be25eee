package dev.assay.rules.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.model.Metric;
import dev.assay.model.RuleOutcome;
import dev.assay.rules.evaluate.DrawnRules;
import dev.assay.rules.evaluate.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/**
 * The promise of the engine: after any sequence of commits, scoring by evidence comes to what
 * reading every row comes to.
 */
class SameAsRescanIT {
  private static final String COLUMNS =
      "id BIGINT, k INT, v DOUBLE, d DECIMAL(12,2), w DECIMAL(38,4), s STRING, ts TIMESTAMP, day DATE, f FLOAT";

  private static final String RULES =
      """
      Rules = [
        RowCount > 10, RowCount > 3 where "k > 2",
        IsComplete "id", IsComplete "s", Completeness "v" > 0.5, Completeness "s" > 0.5 where "k < 3",
        IsUnique "id", IsUnique "s", IsPrimaryKey "id" "k", Uniqueness "k" > 0.1,
        UniqueValueRatio "k" > 0.1, DistinctValuesCount "k" > 2, DistinctValuesCount "s" > 5,
        Entropy "k" > 0.5, Entropy "s" > 0.5, IsUnique "d", IsUnique "v",
        ColumnValues "k" between -1 and 7, ColumnValues "k" >= 0, ColumnValues "v" < 1000,
        ColumnValues "v" > -1000 with threshold > 0.9, ColumnValues "d" <= 99.5,
        ColumnValues "w" > 0, ColumnValues "s" in ["a1", "a2"], ColumnValues "s" matches "a[0-9]+",
        ColumnValues "f" <= 0.1, ColumnValues "day" > "2026-11-02", ColumnValues "ts" < now(),
        ColumnLength "s" <= 3, DataFreshness "ts" <= 40 days, DataFreshness "ts" <= 3 days,
        Mean "v" > 0, Mean "k" between 1 and 5, Mean "d" > 10, Sum "v" > 1, Sum "id" > 100,
        Sum "w" > 1, StandardDeviation "v" > 1, StandardDeviation "k" > 0.5,
        ColumnCorrelation "k" "d" between -0.9 and 0.9, Mean "f" < 5,
        CustomSql "select count(*) from primary where k < 0" = 0,
        CustomSql "select max(k) - min(k) from primary" < 100,
        CustomSql "select avg(d * 2) from primary where k > 1" > 1,
        CustomSql "select count(distinct s) from primary" > 5,
        CustomSql "select k from primary group by k having count(*) > 20",
        Entropy "s" > 0.5 where "k < 3",
        (IsComplete "id") and (RowCount > 2)
      ]
      Analyzers = [ AllStatistics "w", AllStatistics "d", AllStatistics "k", AllStatistics "v",
        Mean "w" where "k > 2", SIZES ]
      """
          .replace(
              "SIZES",
              String.join(
                  ", ", size("sum", "v"), size("max", "v"), size("sum", "f"), size("max", "f")));

  /** How large the floating numbers are that sums and means are made of. */
  private static final List<String> SIZES =
      List.of(size("sum", "v"), size("max", "v"), size("sum", "f"), size("max", "f"));

  private static final List<String> COLUMN_NAMES =
      List.of("id", "k", "v", "d", "w", "s", "ts", "day", "f");

  @Provide
  Arbitrary<List<TableChange>> changes() {
    return Combinators.combine(
            Arbitraries.of(TableChange.Kind.class), Arbitraries.integers().between(0, 9))
        .as(TableChange::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  /** Smaller rulesets have fewer of the same rules. */
  @Provide
  Arbitrary<List<String>> rules() {
    return Arbitraries.integers()
        .between(0, 1_000_000)
        .withDistribution(RandomDistribution.uniform())
        .map(DrawnRules::rule)
        .list()
        .ofMinSize(1)
        .ofMaxSize(40)
        .withSizeDistribution(RandomDistribution.uniform());
  }

  @Provide
  Arbitrary<List<String>> analyzers() {
    return Combinators.combine(
            Arbitraries.of(COLUMN_NAMES),
            Arbitraries.of("", " where \"k > 2\"", " where \"v > 0\"", " where \"false\""))
        .as((column, where) -> "AllStatistics \"%s\"%s".formatted(column, where))
        .list()
        .uniqueElements()
        .ofMaxSize(3);
  }

  @Property(tries = 3, shrinking = ShrinkingMode.OFF)
  void afterAnyCommits(
      @ForAll("changes") List<TableChange> changes,
      @ForAll("rules") List<String> rules,
      @ForAll("analyzers") List<String> analyzers,
      @ForAll @IntRange(min = 2, max = 3) int format) {
    sameAsRescan(ruleset(rules, analyzers), changes, format);
  }

  @Property(tries = 6, shrinking = ShrinkingMode.BOUNDED)
  @Tag("long")
  void afterManyCommits(
      @ForAll("changes") List<TableChange> changes,
      @ForAll("rules") List<String> rules,
      @ForAll("analyzers") List<String> analyzers,
      @ForAll @IntRange(min = 2, max = 3) int format) {
    sameAsRescan(ruleset(rules, analyzers), changes, format);
  }

  @Property(tries = 2000, shrinking = ShrinkingMode.FULL)
  @Tag("soak")
  void afterAllCommits(
      @ForAll("changes") List<TableChange> changes,
      @ForAll("rules") List<String> rules,
      @ForAll("analyzers") List<String> analyzers,
      @ForAll @IntRange(min = 2, max = 3) int format) {
    sameAsRescan(ruleset(rules, analyzers), changes, format);
  }

  /** Iceberg keeps what it reads of deletes; another query must not get them in its order. */
  @Example
  @Tag("long")
  void afterDeletesByValuesInColumnsThatCameLater() {
    sameAsRescan(
        RULES,
        List.of(
            new TableChange(TableChange.Kind.APPEND, 0),
            new TableChange(TableChange.Kind.ADD_COLUMN, 5),
            new TableChange(TableChange.Kind.DROP_AND_ADD, 9),
            new TableChange(TableChange.Kind.DELETE_BY_VALUES, 8),
            new TableChange(TableChange.Kind.DELETE_BY_VALUES, 6)),
        3);
  }

  /** Numbers that no value of the column's type is equal to, or none is above. */
  @Example
  void ofNumbersBetweenAndBeyondThoseOfAType() {
    sameAsRescan(
        ruleset(
            List.of(
                "ColumnValues \"f\" = 0.2",
                "ColumnValues \"f\" in [0.1, 0.2]",
                "ColumnValues \"d\" = 0.00001",
                "ColumnValues \"k\" <= 10000000000",
                "CustomSql \"select sum(if(f = 0.2, 1, 0)) from primary\" = 0",
                "RowCount > 3 where \"k > 10000000000\"",
                "Uniqueness \"id\" > 0.5 where \"f <> 0.2\"",
                "ColumnValues \"f\" > 0.1 where \"`k` > 0 or `id` < 5\""),
            List.of()),
        List.of(new TableChange(TableChange.Kind.APPEND, 3)),
        2);
  }

  private static String ruleset(List<String> rules, List<String> analyzers) {
    List<String> measured = new ArrayList<>(SIZES);
    measured.addAll(analyzers);
    return "Rules = [\n%s\n]\nAnalyzers = [\n%s\n]"
        .formatted(String.join(",\n", rules), String.join(",\n", measured));
  }

  private static void sameAsRescan(String rules, List<TableChange> changes, int format) {
    LiveTable table = LiveTable.create(COLUMNS, "'format-version'='%d'".formatted(format));
    TableChange.Kind.APPEND.apply(table, 1);
    same(table, rules, List.of());
    for (int done = 0; done < changes.size(); done++) {
      changes.get(done).apply(table);
      same(table, rules, changes.subList(0, done + 1));
    }
  }

  private static void same(LiveTable table, String rules, List<TableChange> changes) {
    table.spark().catalog().refreshTable(table.name());
    Evaluation evidence = table.byEvidence(rules);
    Evaluation everything = table.byReadingEverything(rules);

    List<String> different = new ArrayList<>(outcomes(evidence));
    different.removeAll(outcomes(everything));
    List<String> instead = new ArrayList<>(outcomes(everything));
    instead.removeAll(outcomes(evidence));
    assertThat(different)
        .as("after %s, where reading everything says %s", changes, instead)
        .isEmpty();
    Map<String, Metric> expected = metrics(everything);
    assertThat(metrics(evidence).keySet()).isEqualTo(expected.keySet());
    metrics(evidence)
        .forEach(
            (name, metric) ->
                close(
                    name,
                    metric.value(),
                    expected.get(name).value(),
                    tolerance(metric, expected),
                    changes));
  }

  /**
   * Nothing for counts, shares, bounds and exact sums; for floating sums a billionth of the sizes
   * that were added up; for what describes a distribution a billionth of itself.
   */
  private static double tolerance(Metric metric, Map<String, Metric> expected) {
    double itself = Math.abs(metric.value());
    String column = metric.columns().isEmpty() ? "" : metric.columns().get(0);
    boolean floating = column.equals("v") || column.equals("f");
    return 1e-9
        * switch (metric.name()) {
          case "Sum" -> floating ? expected.get(name("sum", column)).value() : 0;
          case "Mean" -> floating ? expected.get(name("max", column)).value() : 0;
          case "StandardDeviation", "Variance" -> itself;
          case "Skewness", "Kurtosis", "ColumnCorrelation", "Entropy", "CustomSql" ->
              Math.max(1, itself);
          default -> 0;
        };
  }

  /** Without what is infinite or no number, which decides a sum by itself. */
  private static String size(String function, String column) {
    return "CustomSql \"%s\"".formatted(sizeSql(function, column));
  }

  private static String name(String function, String column) {
    return "CustomSql[]" + sizeSql(function, column);
  }

  private static String sizeSql(String function, String column) {
    return "select %1$s(if(abs(%2$s) < 1e300, abs(%2$s), 0)) from primary"
        .formatted(function, column);
  }

  private static void close(
      String name, double value, double expected, double tolerance, List<TableChange> changes) {
    if (Double.isNaN(expected) || Double.isInfinite(expected)) {
      assertThat(Double.valueOf(value))
          .as("%s after %s", name, changes)
          .isEqualTo(Double.valueOf(expected));
    } else {
      assertThat(value).as("%s after %s", name, changes).isCloseTo(expected, within(tolerance));
    }
  }

  private static List<String> outcomes(Evaluation evaluation) {
    return evaluation.outcomes().stream()
        .map(
            outcome ->
                outcome.rule()
                    + " "
                    + outcome.verdict()
                    + " "
                    + outcome.failingRows().map(String::valueOf).orElse("")
                    + (outcome.verdict() == RuleOutcome.Verdict.UNANSWERED
                        ? outcome.message()
                        : ""))
        .toList();
  }

  private static Map<String, Metric> metrics(Evaluation evaluation) {
    return evaluation.metrics().stream()
        .collect(
            Collectors.toMap(
                metric -> metric.name() + metric.columns() + metric.detail(), metric -> metric));
  }
}
