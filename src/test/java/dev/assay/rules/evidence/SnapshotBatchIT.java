package dev.assay.rules.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.RuleOutcome;
import dev.assay.rules.evaluate.Evaluation;
import dev.assay.rules.evaluate.RulesetEvaluator;
import dev.assay.rules.evaluate.Verification;
import dev.assay.rules.evidence.iceberg.SnapshotBatch;
import dev.assay.rules.parse.RulesetParser;
import dev.assay.rules.plan.MetricHistory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What a snapshot wrote, scored like a table of just these rows. */
class SnapshotBatchIT {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final String RULES =
      """
      Rules = [ RowCount > 0, IsComplete "s", Mean "v" > 100, ColumnValues "id" between 99 and 200,
        IsUnique "id", DistinctValuesCount "s" > 1,
        CustomSql "select count(*) from primary where v > 50" > 0,
        CustomSql "select max(id) - min(id) from primary" > 30 ]
      """;

  private LiveTable table;

  private void create(String properties) {
    table =
        LiveTable.create(
            "id BIGINT, v DOUBLE, s STRING, day DATE", "'format-version'='2'" + properties);
    append(0, 60, "'a'");
  }

  private void append(long from, long to, String text) {
    table
        .spark()
        .sql(
            "INSERT INTO %s SELECT id, id * 1D, %s, date_add(DATE'2026-11-01', CAST(id / 50 AS INT)) FROM range(%d, %d, 1, 2)"
                .formatted(table.name(), text, from, to));
  }

  private Evaluation batch() {
    Snapshot snapshot = table.iceberg().currentSnapshot();
    try (PartOfTable part =
        SnapshotBatch.of(
            table.slices(),
            table.iceberg(),
            snapshot.snapshotId(),
            Optional.ofNullable(snapshot.parentId()))) {
      return evaluate(part);
    }
  }

  private Evaluation evaluate(SlicedTable part) {
    return new RulesetEvaluator(table.store(), EvidenceOptions.ALL)
        .evaluate(part, RulesetParser.parse("test", RULES), Map.of(), NOW, MetricHistory.NONE);
  }

  private List<String> plain(Dataset<Row> rows) {
    return outcomes(
        new RulesetEvaluator(EvidenceStore.NONE, EvidenceOptions.SCAN_ONLY)
            .evaluate(
                new WholeDataset(rows),
                RulesetParser.parse("test", RULES),
                Map.of(),
                NOW,
                MetricHistory.NONE));
  }

  private Dataset<Row> rows(String condition) {
    return table.sql("SELECT * FROM %s WHERE " + condition);
  }

  @Test
  void whatWasAppendedOrOverwrittenIsScoredAlone() {
    create("");
    assertThat(outcomes(batch())).isEqualTo(plain(rows("true")));

    append(100, 150, "IF(id % 10 = 0, NULL, 'b')");
    assertThat(outcomes(batch())).isEqualTo(plain(rows("id >= 100")));

    // also an id that an older file has: within the batch it is unique
    append(0, 1, "'z'");
    assertThat(outcomes(batch()).get(4)).contains("PASSED");
    assertThat(table.byEvidence(RULES).outcomes().get(4).failed()).isTrue();

    table.sql("INSERT OVERWRITE %s SELECT id, 7D, 'c', DATE'2026-12-01' FROM range(500, 520)");
    assertThat(outcomes(batch())).isEqualTo(plain(rows("id >= 500")));
  }

  @Test
  void rowDeletesWriteNothingWhereTheyAreMergedOnRead() {
    create(", 'write.delete.mode'='merge-on-read', 'write.update.mode'='merge-on-read'");
    table.sql("DELETE FROM %s WHERE id = 5");

    assertThat(batch().outcomes())
        .extracting(outcome -> outcome.verdict().name())
        .startsWith("FAILED", "PASSED", "UNANSWERED", "PASSED", "PASSED");

    table.sql("UPDATE %s SET s = NULL WHERE id IN (7, 8)");
    assertThat(outcomes(batch())).isEqualTo(plain(rows("id IN (7, 8)")));
  }

  @Test
  void aRewrittenFileIsWrittenWithAllItsRowsAndACompactionWritesNone() {
    create(", 'write.delete.mode'='copy-on-write'");
    append(100, 150, "'b'");
    table.sql("DELETE FROM %s WHERE id = 120");
    Evaluation rewritten = batch();
    long rows = table.sql("SELECT * FROM %s WHERE id BETWEEN 100 AND 149").count();
    assertThat(rows).isEqualTo(49);
    // the append made two files; the one with row 120 was rewritten
    assertThat(outcomes(rewritten))
        .isEqualTo(plain(rows("id BETWEEN 100 AND 149 AND id != 120 AND id BETWEEN 100 AND 124")));

    table
        .spark()
        .sql(
            "CALL %s.system.rewrite_data_files(table => 'prepared.live', options => map('rewrite-all', 'true'))"
                .formatted(table.catalogName()));
    assertThat(table.iceberg().currentSnapshot().operation()).isEqualTo("replace");
    assertThat(batch().outcomes().get(0).failed()).isTrue();
  }

  @Test
  void withoutItsParentNobodyCanTell() {
    create("");
    append(100, 150, "'b'");
    long parent = table.iceberg().currentSnapshot().parentId();
    table.iceberg().expireSnapshots().expireSnapshotId(parent).commit();

    assertThatThrownBy(this::batch)
        .isInstanceOf(AssayException.class)
        .hasMessageContaining("snapshot %d, which snapshot".formatted(parent))
        .hasMessageEndingWith(
            "has expired, so nobody can tell what it wrote. Score the table as a whole.")
        .extracting(failure -> ((AssayException) failure).kind())
        .isEqualTo(ExitKind.INPUT_MISSING);
  }

  @Test
  void aSampleIsVerifiedAgainstItsRows() {
    create("");
    append(100, 150, "'b'");
    table.byEvidence(RULES);
    List<Slice> sample =
        Verification.sample(
            table.slices().slices(), table.iceberg().currentSnapshot().snapshotId());
    assertThat(sample).hasSize(1);

    try (PartOfTable part = PartOfTable.of(table.slices(), sample)) {
      Evaluation evidence =
          new RulesetEvaluator(EvidenceStore.readOnly(table.store()), EvidenceOptions.ALL)
              .evaluate(
                  part, RulesetParser.parse("test", RULES), Map.of(), NOW, MetricHistory.NONE);
      Evaluation reading =
          new RulesetEvaluator(EvidenceStore.NONE, EvidenceOptions.SCAN_ONLY)
              .evaluate(
                  part,
                  Verification.toBeRead(RulesetParser.parse("test", RULES), evidence, part.shape()),
                  Map.of(),
                  NOW,
                  MetricHistory.NONE);
      Verification.require(evidence, reading, part.shape());
    }
  }

  private static List<String> outcomes(Evaluation evaluation) {
    return evaluation.outcomes().stream().map(SnapshotBatchIT::text).toList();
  }

  private static String text(RuleOutcome outcome) {
    return "%s %s %s %s"
        .formatted(outcome.rule(), outcome.verdict(), outcome.observed(), outcome.failingRows());
  }
}
