package dev.assay.rules.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.api.Assay;
import dev.assay.model.RuleOutcome;
import dev.assay.model.Trace;
import dev.assay.rules.evaluate.Evaluation;
import dev.assay.rules.evaluate.FailingRows;
import dev.assay.rules.evaluate.RulesetEvaluator;
import dev.assay.rules.evaluate.RulesetExplainer;
import dev.assay.rules.evidence.iceberg.IcebergEvidence;
import dev.assay.rules.parse.RulesetParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which evidence is used when, and what it costs. */
class EvidenceIT {
  private static final String RULES =
      """
      Rules = [ RowCount > 1, IsComplete "id", ColumnValues "k" between -1 and 10,
        ColumnValues "s" in ["a", "b"], Mean "v" > 0, StandardDeviation "v" > 0,
        DataFreshness "ts" <= 3 days, IsUnique "id",
        CustomSql "select count(*) from primary where k > 7" = 0 ]
      """;

  private LiveTable table;

  @BeforeEach
  void fourFiles() {
    table =
        LiveTable.create(
            "id BIGINT, k INT, v DOUBLE, s STRING, ts TIMESTAMP",
            "'format-version'='2', 'write.delete.mode'='merge-on-read'");
    for (int file = 0; file < 4; file++) {
      append(file * 100, 100);
    }
  }

  private void append(long from, long rows) {
    table.sql(
        "INSERT INTO %s SELECT id, CAST(id %% 7 AS INT), id * 0.5D, IF(id %% 2 = 0, 'a', 'b'), "
            + "timestampadd(HOUR, -CAST(id %% 48 AS INT), TIMESTAMP'2026-11-21 09:00:00Z') FROM range("
            + from
            + ", "
            + (from + rows)
            + ", 1, 1)");
  }

  @Test
  void whatWasScoredOnceCostsNoJob() {
    Evaluation first = table.byEvidence(RULES);

    Evaluation[] scored = new Evaluation[1];
    int jobs = table.jobs(() -> scored[0] = table.byEvidence(RULES));
    Evaluation again = scored[0];

    assertThat(jobs).isZero();
    assertThat(verdicts(again)).isEqualTo(verdicts(first));
    assertThat(again.metrics()).isEqualTo(first.metrics());
    assertThat(again.outcomes()).allMatch(outcome -> trace(outcome).scannedSlices() == 0);
  }

  /** As threads of a pool are that was there before the session. */
  @Test
  void aThreadThatSparkDoesNotKnowScoresAsAnyOther() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      Evaluation elsewhere =
          pool.submit(
                  () -> {
                    SparkSession.clearActiveSession();
                    Evaluation scored = table.byEvidence(RULES);
                    assertThat(SparkSession.getActiveSession().isEmpty()).isTrue();
                    return scored;
                  })
              .get();

      assertThat(verdicts(elsewhere)).isEqualTo(verdicts(table.byReadingEverything(RULES)));
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void onlyTheFileWithDeletedRowsIsReadAgain() {
    table.byEvidence(RULES);
    table.sql("DELETE FROM %s WHERE id = 250");

    Evaluation after = table.byEvidence(RULES);

    for (RuleOutcome outcome : after.outcomes()) {
      assertThat(trace(outcome).scannedSlices()).as(outcome.rule()).isLessThanOrEqualTo(1);
    }
    assertThat(trace(after.outcomes().get(3)))
        .extracting(Trace::storedSlices, Trace::scannedSlices, Trace::scannedRows)
        .containsExactly(3, 1, 100L);
    assertThat(verdicts(after)).isEqualTo(verdicts(table.byReadingEverything(RULES)));
  }

  @Test
  void whatIsTrueOfAllRowsOfAFileIsTrueOfThoseThatDeletesLeft() {
    String rules =
        "Rules = [ IsComplete \"id\", ColumnValues \"k\" between -1 and 10, ColumnValues \"id\" > 1000 ]";
    table.sql("DELETE FROM %s WHERE id = 250");

    Evaluation after = table.byEvidence(rules);

    assertThat(after.outcomes())
        .extracting(outcome -> trace(outcome).scannedSlices())
        .containsExactly(1, 1, 1);
    // rows are counted, no column is read
    assertThat(after.outcomes()).allMatch(outcome -> trace(outcome).scannedBytes() == 0);
    assertThat(after.outcomes().get(2).failingRows()).contains(399L);
    assertThat(verdicts(after)).isEqualTo(verdicts(table.byReadingEverything(rules)));
    // and are counted once for whatever is asked later
    assertThat(
            table.jobs(
                () -> table.byEvidence("Rules = [ ColumnValues \"v\" between -1 and 1000 ]")))
        .isZero();
  }

  @Test
  void onlyAnAppendedFileIsRead() {
    table.byEvidence(RULES);
    append(400, 50);

    assertThat(table.byEvidence(RULES).outcomes())
        .allMatch(outcome -> trace(outcome).scannedRows() <= 50);
  }

  @Test
  void aDuplicateAcrossOldAndNewFilesIsFound() {
    assertThat(table.byEvidence("Rules = [ IsUnique \"id\" ]").outcomes())
        .allMatch(RuleOutcome::passed);
    append(399, 2);

    assertThat(table.byEvidence("Rules = [ IsUnique \"id\" ]").outcomes())
        .allMatch(RuleOutcome::failed);
  }

  @Test
  void damagedEvidenceIsComputedAgain() {
    Evaluation first = table.byEvidence(RULES);
    IcebergEvidence store = (IcebergEvidence) table.store();
    String key = table.slices().storeKey().orElseThrow();
    table
        .spark()
        .sql(
            "UPDATE %s.assay.evidence SET block = cast('nonsense' AS BINARY)"
                .formatted(table.catalogName()));
    assertThat(store.load(key)).isEmpty();

    Evaluation again = table.byEvidence(RULES);

    assertThat(verdicts(again)).isEqualTo(verdicts(first));
    assertThat(trace(again.outcomes().get(3)).scannedSlices()).isEqualTo(4);
    assertThat(store.load(key)).isNotEmpty();
  }

  @Test
  void withoutMetadataTheAnswersAreTheSame() {
    Evaluation with = table.byEvidence(RULES);
    Evaluation without = table.byEvidence(RULES, new EvidenceOptions(false, false));

    assertThat(verdicts(without)).isEqualTo(verdicts(with));
    assertThat(trace(with.outcomes().get(1)).source()).isEqualTo("METADATA");
    assertThat(trace(without.outcomes().get(1)).source()).isEqualTo("SCAN");
  }

  @Test
  void aFileWithoutMetricsIsRead() {
    table.sql("ALTER TABLE %s SET TBLPROPERTIES ('write.metadata.metrics.default'='none')");
    table.sql("INSERT INTO %s VALUES (NULL, 99, 0, 'a', TIMESTAMP'2026-11-21 09:00:00Z')");

    Evaluation evaluation = table.byEvidence(RULES);

    assertThat(trace(evaluation.outcomes().get(1)))
        .extracting(Trace::slices, Trace::scannedSlices)
        .containsExactly(5, 1);
    assertThat(evaluation.outcomes().get(1).failingRows()).contains(1L);
    assertThat(evaluation.outcomes().get(2).failingRows()).contains(1L);
  }

  @Test
  void nullCountsOfFilesWithoutBoundsAreNotBelieved() {
    table.sql("ALTER TABLE %s SET TBLPROPERTIES ('write.metadata.metrics.default'='counts')");
    table.sql(
        "INSERT INTO %s VALUES (NULL, 99, 0, 'a', TIMESTAMP'2026-11-21 09:00:00Z'), (1000, 1, 0, 'a', TIMESTAMP'2026-11-21 09:00:00Z')");

    assertThat(trace(table.byEvidence(RULES).outcomes().get(1)).scannedSlices()).isEqualTo(1);
  }

  /** Iceberg takes the milliseconds of such a file's footer for its microseconds. */
  @Test
  void metadataOfFilesThatWereWrittenElsewhereAreNotBelieved(@TempDir Path folder) {
    String files = folder.resolve("added").toString();
    // Iceberg reads such files one row after the other only
    table.sql("ALTER TABLE %s SET TBLPROPERTIES ('read.parquet.vectorization.enabled'='false')");
    table.spark().conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MILLIS");
    table
        .spark()
        .sql(
            "SELECT id, 0 AS k, 0D AS v, 'a' AS s, timestampadd(SECOND, CAST(id AS INT), TIMESTAMP'2026-11-21 09:00:00Z') AS ts FROM range(1000, 1010, 1, 1)")
        .write()
        .parquet(files);
    table.spark().conf().unset("spark.sql.parquet.outputTimestampType");
    table.sql(
        "CALL %s.system.add_files('%s', '`parquet`.`%s`')"
            .formatted(table.catalogName(), table.name(), files));
    String rules =
        """
        Rules = [
          ColumnValues "ts" > "2026-01-01",
          CustomSql "select min(ts) > timestamp'2026-01-01 00:00:00Z' from primary" = 1,
          IsUnique "id",
          RowCount = 410
        ]
        """;

    Evaluation evaluation = table.byEvidence(rules);

    assertThat(evaluation.outcomes()).as("%s", verdicts(evaluation)).allMatch(RuleOutcome::passed);
    assertThat(trace(evaluation.outcomes().get(0)).scannedSlices()).isEqualTo(5);
    assertThat(trace(evaluation.outcomes().get(3)).scannedSlices()).as("rows").isZero();
  }

  @Test
  void aFactThatCannotBeComputedDoesNotDisturbTheOthers() {
    Fact guilty = new Fact.Values("nothing");
    List<Fact> others =
        List.of(
            new Fact.Rows(),
            new Fact.Values("id"),
            new Fact.WholeSum("k", Optional.empty()),
            new Fact.FloatSum("v", Optional.empty()));
    List<Fact> all = new ArrayList<>(others);
    all.add(2, guilty);
    EvidenceCollector collector =
        new EvidenceCollector(table.slices(), table.store(), EvidenceOptions.SCAN_ONLY);

    Collected collected = collector.collect(all);

    assertThat(collected.of(guilty).error())
        .hasValueSatisfying(why -> assertThat(why).contains("nothing"));
    assertThat(others).allMatch(fact -> collected.of(fact).error().isEmpty());
    assertThat(collected.of(new Fact.Rows()).merged()).containsExactly(400);
  }

  @Test
  void aRuleThatCannotBeAnsweredDoesNotDisturbTheOthers() {
    Evaluation evaluation =
        new RulesetEvaluator(table.store(), EvidenceOptions.ALL)
            .evaluate(
                table.slices(),
                RulesetParser.parse(
                    "test", "Rules = [ DetectAnomalies \"RowCount\", RowCount = 400 ]"),
                Map.of(),
                Instant.parse("2026-11-21T10:00:00Z"),
                (metric, runs) -> {
                  throw new IllegalStateException("a secret");
                });

    assertThat(evaluation.outcomes().get(0).unanswered()).isTrue();
    assertThat(evaluation.outcomes().get(0).message())
        .contains("IllegalStateException")
        .doesNotContain("secret");
    assertThat(evaluation.outcomes().get(1).passed()).isTrue();
  }

  @Test
  void whatAnAnalyzerDoesNotMeasureIsSaid() {
    assertThat(table.byEvidence("Analyzers = [ Mean \"speed\", Mean \"k\" ]").remarks())
        .containsExactly(
            "Analyzer Mean \"speed\" measures nothing: there is no column 'speed'. Expected one of: id, k, v, s, ts.");
  }

  @Test
  void filesThatAreGoneFailAllFactsAtOnce() throws Exception {
    SlicedTable slices = table.slices();
    for (Slice slice : slices.slices()) {
      Files.delete(Path.of(slice.location().replaceFirst("^file:/*", "/")));
    }
    List<Fact> facts = List.of(new Fact.Values("id"), new Fact.Values("v"), new Fact.Values("k"));
    EvidenceCollector collector =
        new EvidenceCollector(slices, EvidenceStore.NONE, EvidenceOptions.SCAN_ONLY);

    assertThat(facts)
        .allSatisfy(
            fact ->
                assertThat(collector.collect(facts).of(fact).error())
                    .hasValueSatisfying(
                        why -> assertThat(why).startsWith("Measuring failed with")));
  }

  @Test
  void explainForeseesWhatHappens() {
    RulesetExplainer explainer = new RulesetExplainer(table.store(), EvidenceOptions.ALL);
    var foreseen =
        explainer.explain(
            table.slices(),
            RulesetParser.parse("test", RULES),
            Map.of(),
            Instant.parse("2026-11-21T10:00:00Z"));

    Evaluation happened = table.byEvidence(RULES);

    for (int rule : List.of(0, 1, 2, 3, 4, 5, 6, 8)) {
      assertThat(foreseen.get(rule).trace().scannedSlices())
          .as(foreseen.get(rule).rule())
          .isEqualTo(trace(happened.outcomes().get(rule)).scannedSlices());
    }
    assertThat(foreseen.get(7).passes()).contains("keys");
  }

  @Test
  void failingRowsComeWithTheRulesTheyBreakAndCounts() {
    Assay assay = Assay.on(table.spark());
    FailingRows failing =
        assay.failingRows(
            table.spark().read().table(table.name()),
            "Rules = [ ColumnValues \"k\" < 5, ColumnValues \"s\" = \"a\" where \"id < 10\", IsComplete \"v\", RowCount > 1 ]");

    List<Row> rows = failing.rows().collectAsList();

    assertThat(failing.rules()).hasSize(3);
    assertThat(rows)
        .allSatisfy(
            row -> {
              boolean large = row.getInt(1) >= 5;
              boolean odd = row.getLong(0) < 10 && !row.getString(3).equals("a");
              assertThat(row.getList(5)).hasSize((large ? 1 : 0) + (odd ? 1 : 0));
            });
    assertThat(failing.counts().values())
        .containsExactly(IntStream.range(0, 400).filter(id -> id % 7 >= 5).count(), 5L, 0L);
    assertThat(rows)
        .hasSize(
            (int)
                IntStream.range(0, 400)
                    .filter(id -> id % 7 >= 5 || (id < 10 && id % 2 == 1))
                    .count());
  }

  @Test
  void wrongSqlInOneRuleCostsNoOtherItsFailingRows() {
    FailingRows failing =
        Assay.on(table.spark())
            .failingRows(
                table.spark().sql("SELECT * FROM VALUES (1), (-1), (NULL) AS t(a)"),
                "Rules = [ ColumnValues \"a\" > 0, IsComplete \"a\" where \"b = 1\", IsComplete \"a\" where \"a +\" ]");

    assertThat(failing.rows().collectAsList()).hasSize(2);
    assertThat(failing.counts()).containsExactly(Map.entry("ColumnValues \"a\" > 0", 2L));
    assertThat(failing.unreadable())
        .containsOnlyKeys("IsComplete \"a\" where \"b = 1\"", "IsComplete \"a\" where \"a +\"");
  }

  @Test
  void rowsThatBreakARuleAreCountedByPartition() {
    table.sql("DELETE FROM %s WHERE true");
    table.sql("ALTER TABLE %s ADD PARTITION FIELD k");
    table.sql(
        "INSERT INTO %s SELECT id, CAST(id %% 2 AS INT), IF(id %% 5 = 0, NULL, 1D), 'a', TIMESTAMP'2026-11-21 09:00:00Z' FROM range(0, 100, 1, 1)");
    table.sql("DELETE FROM %s WHERE id = 1 OR id = 5");

    RuleOutcome outcome =
        table.byEvidence("Rules = [ IsComplete \"v\", RowCount > 1 ]").outcomes().get(0);

    assertThat(outcome.cost().failingByPartition()).isEqualTo(Map.of("k=0", 10L, "k=1", 9L));
  }

  @Test
  void failingRowsNeedARuleAboutRows() {
    assertThatThrownBy(
            () ->
                Assay.on(table.spark())
                    .failingRows(
                        table.spark().read().table(table.name()), "Rules = [ RowCount > 1 ]"))
        .hasMessage("no rule is about single rows");
  }

  @Test
  void moreRulesThanFitIntoOneMaskAreAllSeen() {
    StringBuilder rules = new StringBuilder("Rules = [ ");
    for (int rule = 0; rule < 60; rule++) {
      rules.append(rule == 0 ? "" : ", ").append("ColumnValues \"id\" != ").append(rule * 3);
    }
    FailingRows failing =
        Assay.on(table.spark()).failingRows(table.spark().read().table(table.name()), rules + " ]");

    assertThat(failing.rows().collectAsList())
        .hasSize(60)
        .allSatisfy(
            row ->
                assertThat(row.getList(5))
                    .containsExactly("ColumnValues \"id\" != " + row.getLong(0)));
    assertThat(failing.counts().values()).hasSize(60).containsOnly(1L);
  }

  @Test
  void hugeMeansWithTinyVarianceKeepTheirDigits() {
    table.sql("DELETE FROM %s WHERE true");
    table.sql(
        "INSERT INTO %s SELECT id, 1, 1e15D + (id %% 2), 'a', TIMESTAMP'2026-11-21 09:00:00Z' FROM range(0, 1000, 1, 3)");
    String rules = "Rules = [ StandardDeviation \"v\" = 0.5, Mean \"v\" = 1000000000000000.5 ]";

    assertThat(verdicts(table.byEvidence(rules, EvidenceOptions.SCAN_ONLY)))
        .containsExactly("PASSED", "PASSED");
    assertThat(verdicts(table.byReadingEverything(rules))).containsExactly("PASSED", "PASSED");
  }

  @Test
  void pastSnapshotsAreScoredWithTheirOwnColumns() {
    Evaluation then = table.byEvidence(RULES);
    var snapshot = table.iceberg().currentSnapshot();
    table.sql("ALTER TABLE %s DROP COLUMN s");
    appendWithoutText();

    Evaluation now =
        new RulesetEvaluator(table.store(), new EvidenceOptions(false, false))
            .evaluate(
                table.slices(snapshot),
                RulesetParser.parse("test", RULES),
                Map.of(),
                Instant.parse("2026-11-21T10:00:00Z"),
                dev.assay.rules.plan.MetricHistory.NONE);

    assertThat(verdicts(now)).isEqualTo(verdicts(then));
  }

  private void appendWithoutText() {
    table.sql("INSERT INTO %s SELECT 5000, 1, 1D, TIMESTAMP'2026-11-21 09:00:00Z'");
  }

  private static List<String> verdicts(Evaluation evaluation) {
    return evaluation.outcomes().stream()
        .map(outcome -> outcome.unanswered() ? outcome.message() : outcome.verdict().name())
        .toList();
  }

  private static Trace trace(RuleOutcome outcome) {
    return outcome.cost().trace();
  }
}
