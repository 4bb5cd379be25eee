package dev.assay.rules.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.model.Metric;
import dev.assay.model.RuleOutcome;
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
        Mean "w" where "k > 2", CustomSql "select sum(abs(v)) from primary",
        CustomSql "select avg(abs(v)) from primary", CustomSql "select avg(abs(f)) from primary" ]
      """;

  @Provide
  Arbitrary<List<TableChange>> changes() {
    return Combinators.combine(
            Arbitraries.of(TableChange.Kind.class), Arbitraries.integers().between(0, 9))
        .as(TableChange::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  @Property(tries = 4, shrinking = ShrinkingMode.OFF)
  void afterAnyCommits(
      @ForAll("changes") List<TableChange> changes,
      @ForAll @IntRange(min = 2, max = 3) int format) {
    sameAsRescan(changes, format);
  }

  @Property(tries = 25, shrinking = ShrinkingMode.BOUNDED)
  @Tag("long")
  void afterManyCommits(
      @ForAll("changes") List<TableChange> changes,
      @ForAll @IntRange(min = 2, max = 3) int format) {
    sameAsRescan(changes, format);
  }

  @Property(tries = 2000, shrinking = ShrinkingMode.FULL)
  @Tag("soak")
  void afterAllCommits(
      @ForAll("changes") List<TableChange> changes,
      @ForAll @IntRange(min = 2, max = 3) int format) {
    sameAsRescan(changes, format);
  }

  /** Iceberg keeps what it reads of deletes; another query must not get them in its order. */
  @Example
  void afterDeletesByValuesInColumnsThatCameLater() {
    sameAsRescan(
        List.of(
            new TableChange(TableChange.Kind.APPEND, 0),
            new TableChange(TableChange.Kind.ADD_COLUMN, 5),
            new TableChange(TableChange.Kind.DROP_AND_ADD, 9),
            new TableChange(TableChange.Kind.DELETE_BY_VALUES, 8),
            new TableChange(TableChange.Kind.DELETE_BY_VALUES, 6)),
        3);
  }

  private static void sameAsRescan(List<TableChange> changes, int format) {
    LiveTable table = LiveTable.create(COLUMNS, "'format-version'='%d'".formatted(format));
    TableChange.Kind.APPEND.apply(table, 1);
    same(table, List.of());
    for (int done = 0; done < changes.size(); done++) {
      changes.get(done).apply(table);
      same(table, changes.subList(0, done + 1));
    }
  }

  private static void same(LiveTable table, List<TableChange> changes) {
    table.spark().catalog().refreshTable(table.name());
    Evaluation evidence = table.byEvidence(RULES);
    Evaluation everything = table.byReadingEverything(RULES);

    List<String> different = new ArrayList<>(outcomes(evidence));
    different.removeAll(outcomes(everything));
    assertThat(different).as("after %s", changes).isEmpty();
    Map<String, Double> metrics = metrics(evidence);
    Map<String, Double> expected = metrics(everything);
    assertThat(metrics.keySet()).isEqualTo(expected.keySet());
    metrics.forEach(
        (name, value) ->
            close(name, value, expected.get(name), tolerance(name, expected), changes));
  }

  /**
   * Nothing for counts, shares, bounds and exact sums; for floating sums a billionth of the sizes
   * that were added up; for what describes a distribution a billionth of itself.
   */
  private static double tolerance(String name, Map<String, Double> expected) {
    double itself = Math.abs(expected.get(name));
    return 1e-9
        * switch (name) {
          case "Sum[v]" -> size("sum", "v", expected);
          case "Mean[v]" -> size("avg", "v", expected);
          case "Mean[f]" -> size("avg", "f", expected);
          default ->
              switch (name.substring(0, name.indexOf('['))) {
                case "StandardDeviation", "Variance" -> itself;
                case "Skewness", "Kurtosis", "ColumnCorrelation", "Entropy", "CustomSql" ->
                    Math.max(1, itself);
                default -> 0;
              };
        };
  }

  private static double size(String function, String column, Map<String, Double> expected) {
    return expected.get("CustomSql[]select %s(abs(%s)) from primary".formatted(function, column));
  }

  private static void close(
      String name, double value, Double expected, double tolerance, List<TableChange> changes) {
    if (Double.isNaN(expected) || Double.isInfinite(expected)) {
      assertThat(Double.valueOf(value)).as("%s after %s", name, changes).isEqualTo(expected);
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

  private static Map<String, Double> metrics(Evaluation evaluation) {
    return evaluation.metrics().stream()
        .collect(
            Collectors.toMap(
                metric -> metric.name() + metric.columns() + metric.detail(), Metric::value));
  }
}
