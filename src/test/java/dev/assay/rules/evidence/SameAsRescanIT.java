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
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import org.apache.iceberg.Snapshot;

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
        (IsComplete "id") and (RowCount > 2)
      ]
      """;

  /** One commit, with a number that makes it different from others of its kind. */
  record Change(Kind kind, int seed) {
    void apply(LiveTable table) {
      kind.apply(table, seed);
    }
  }

  enum Kind {
    APPEND,
    APPEND_HOSTILE,
    APPEND_NULLS,
    APPEND_DUPLICATES,
    DELETE_ROWS,
    DELETE_ALL_OF_A_KEY,
    UPDATE,
    COPY_ON_WRITE,
    MERGE_ON_READ,
    COMPACT,
    ADD_COLUMN,
    RENAME,
    RENAME_BACK,
    DROP_AND_ADD,
    WIDEN,
    REORDER,
    PARTITION,
    OVERWRITE_PARTITION,
    ROLLBACK,
    BRANCH;

    void apply(LiveTable table, int seed) {
      switch (this) {
        case APPEND -> append(table, seed, "id", "CAST(id % 9 AS INT)", "id * 1.25D");
        case APPEND_HOSTILE ->
            append(
                table,
                seed,
                "id * 1000003",
                "CAST(id % 5 AS INT)",
                "CASE id %% 4 WHEN 0 THEN 1e15 + id WHEN 1 THEN -1e15 WHEN 2 THEN -0.0D ELSE %s END"
                    .formatted(
                        seed % 3 == 0
                            ? "double('NaN')"
                            : seed % 3 == 1 ? "1e15" : "double('Infinity')"));
        case APPEND_NULLS ->
            append(
                table,
                seed,
                "IF(id % 3 = 0, NULL, id)",
                "CAST(NULL AS INT)",
                "CAST(NULL AS DOUBLE)");
        case APPEND_DUPLICATES -> append(table, seed % 2, "id % 20", "CAST(id % 3 AS INT)", "1D");
        case DELETE_ROWS -> table.sql("DELETE FROM %s WHERE id %% 7 = %d", seed % 7);
        case DELETE_ALL_OF_A_KEY -> table.sql("DELETE FROM %s WHERE id >= %d", seed * 100 % 500);
        case UPDATE ->
            table.sql("UPDATE %s SET v = v + 1, s = 'updated' WHERE id %% 11 = %d", seed % 11);
        case COPY_ON_WRITE -> mode(table, "copy-on-write");
        case MERGE_ON_READ -> mode(table, "merge-on-read");
        case COMPACT ->
            table.sql(
                "CALL "
                    + table.catalogName()
                    + ".system.rewrite_data_files(table => 'prepared.live', options => map('rewrite-all','true'))");
        case ADD_COLUMN -> table.sql("ALTER TABLE %s ADD COLUMN extra_%d INT", System.nanoTime());
        case RENAME -> alter(table, "RENAME COLUMN s TO t");
        case RENAME_BACK -> alter(table, "RENAME COLUMN t TO s");
        case DROP_AND_ADD -> {
          alter(table, "DROP COLUMN f");
          alter(table, "ADD COLUMN f FLOAT");
        }
        case WIDEN -> alter(table, "ALTER COLUMN k TYPE BIGINT");
        case REORDER -> alter(table, "ALTER COLUMN v FIRST");
        case PARTITION -> alter(table, "ADD PARTITION FIELD bucket(2, day)");
        case OVERWRITE_PARTITION ->
            table.sql("DELETE FROM %s WHERE day = DATE'2026-11-%02d'", 1 + seed % 5);
        case ROLLBACK -> rollback(table, seed);
        case BRANCH -> {
          table.sql("ALTER TABLE %s CREATE OR REPLACE BRANCH side");
          table.sql("DELETE FROM %s.branch_side WHERE k = 1");
          table.sql(
              "CALL "
                  + table.catalogName()
                  + ".system.fast_forward('prepared.live', 'main', 'side')");
        }
      }
    }

    private static void append(LiveTable table, int seed, String id, String k, String v) {
      String text = columns(table).contains("s") ? "s" : "t";
      List<String> added =
          columns(table).stream().filter(name -> name.startsWith("extra_")).toList();
      String statement =
          """
          INSERT INTO %s (id, k, v, d, w, TEXT, ts, day, fADDED)
          SELECT ID, K, V, CAST(id %% 300 AS DECIMAL(12,2)) / 2, CAST(id AS DECIMAL(38,4)) * 100000000000000,
            CASE WHEN id %% 13 = 0 THEN NULL WHEN id %% 17 = 0 THEN '' WHEN id %% 19 = 0 THEN '𝄞é' ELSE concat('a', id) END,
            timestampadd(DAY, -CAST(id %% 35 AS INT), TIMESTAMP'2026-11-21 09:00:00Z'),
            date_add(DATE'2026-11-01', CAST(id %% 5 AS INT)), CAST(id %% 3 AS FLOAT) / 10NULLS
          FROM range(FROM, TO, 1, 2)"""
              .replace("TEXT", text)
              .replace("ADDED", added.isEmpty() ? "" : ", " + String.join(", ", added))
              .replace("NULLS", ", NULL".repeat(added.size()))
              .replace("ID,", id.replace("%", "%%") + ",")
              .replace(" K,", " " + k.replace("%", "%%") + ",")
              .replace(" V,", " " + v.replace("%", "%%") + ",")
              .replace("FROM, TO", seed * 100 + ", " + (seed * 100 + 60));
      table.sql(statement);
    }

    private static List<String> columns(LiveTable table) {
      return table.iceberg().schema().columns().stream().map(field -> field.name()).toList();
    }

    /** What cannot be done now, for example renaming a column twice, is not done. */
    private static void alter(LiveTable table, String change) {
      try {
        table.sql("ALTER TABLE %s " + change);
      } catch (Exception e) {
        assertThat(e).isNotNull();
      }
    }

    private static void mode(LiveTable table, String mode) {
      table.sql(
          "ALTER TABLE %s SET TBLPROPERTIES ('write.delete.mode'='"
              + mode
              + "', 'write.update.mode'='"
              + mode
              + "')");
    }

    private static void rollback(LiveTable table, int seed) {
      List<Snapshot> ancestors = new ArrayList<>();
      table
          .iceberg()
          .history()
          .forEach(entry -> ancestors.add(table.iceberg().snapshot(entry.snapshotId())));
      Snapshot chosen = ancestors.get(seed % ancestors.size());
      table.iceberg().manageSnapshots().setCurrentSnapshot(chosen.snapshotId()).commit();
    }
  }

  @Provide
  Arbitrary<List<Change>> changes() {
    return Combinators.combine(Arbitraries.of(Kind.class), Arbitraries.integers().between(0, 9))
        .as(Change::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  @Property(tries = 6, shrinking = ShrinkingMode.OFF)
  void afterAnyCommits(@ForAll("changes") List<Change> changes) {
    sameAsRescan(changes);
  }

  @Property(tries = 25, shrinking = ShrinkingMode.BOUNDED)
  @Tag("long")
  void afterManyCommits(@ForAll("changes") List<Change> changes) {
    sameAsRescan(changes);
  }

  @Property(tries = 2000, shrinking = ShrinkingMode.FULL)
  @Tag("soak")
  void afterAllCommits(@ForAll("changes") List<Change> changes) {
    sameAsRescan(changes);
  }

  private static void sameAsRescan(List<Change> changes) {
    LiveTable table = LiveTable.create(COLUMNS, "'format-version'='2'");
    Kind.APPEND.apply(table, 1);
    same(table, List.of());
    for (int done = 0; done < changes.size(); done++) {
      changes.get(done).apply(table);
      same(table, changes.subList(0, done + 1));
    }
  }

  private static void same(LiveTable table, List<Change> changes) {
    table.spark().catalog().refreshTable(table.name());
    Evaluation evidence = table.byEvidence(RULES);
    Evaluation everything = table.byReadingEverything(RULES);

    List<String> different = new ArrayList<>(outcomes(evidence));
    different.removeAll(outcomes(everything));
    assertThat(different).as("after %s", changes).isEmpty();
    Map<String, Double> metrics = metrics(evidence);
    Map<String, Double> expected = metrics(everything);
    assertThat(metrics.keySet()).isEqualTo(expected.keySet());
    metrics.forEach((name, value) -> close(name, value, expected.get(name), changes));
  }

  private static void close(String name, double value, Double expected, List<Change> changes) {
    if (Double.isNaN(expected) || Double.isInfinite(expected)) {
      assertThat(Double.valueOf(value)).as("%s after %s", name, changes).isEqualTo(expected);
    } else {
      // sums of floating numbers around 1e15 that cancel out
      double scale = name.contains("[v]") ? 1e15 : 1;
      assertThat(value)
          .as("%s after %s", name, changes)
          .isCloseTo(expected, within(1e-9 * Math.max(scale, Math.abs(expected))));
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
