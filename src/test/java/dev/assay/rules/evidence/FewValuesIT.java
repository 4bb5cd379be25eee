package dev.assay.rules.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.model.Metric;
import dev.assay.model.RuleOutcome;
import dev.assay.model.Trace;
import dev.assay.rules.evaluate.Evaluation;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Distinct values and entropy of columns with few values follow what changed. */
@Tag("long")
class FewValuesIT {
  private static final String RULES =
      """
      Rules = [ DistinctValuesCount "k" > 0, Entropy "k" > 0, UniqueValueRatio "k" >= 0,
        DistinctValuesCount "s" > 0, Entropy "s" > 0, Entropy "s" > 0 where "k < 4",
        DistinctValuesCount "many" > 0, Entropy "many" > 0 ]
      """;

  private LiveTable table;

  @BeforeEach
  void threeFiles() {
    table =
        LiveTable.create(
            "id BIGINT, k INT, s STRING, many BIGINT",
            "'format-version'='2', 'write.delete.mode'='merge-on-read'");
    for (int file = 0; file < 3; file++) {
      append(file * 6000, 6000);
    }
  }

  private void append(long from, long rows) {
    table.sql(
        "INSERT INTO %s SELECT id, CAST(IF(id %% 50 = 0, NULL, id * id %% 11) AS INT), IF(id %% 13 = 0, NULL, concat('é', id %% 17)), "
            + "id * 7919 %% 5003 FROM range("
            + from
            + ", "
            + (from + rows)
            + ", 1, 1)");
  }

  @Test
  void onlyAppendedRowsAreRead() {
    table.byEvidence(RULES);
    append(18_000, 10);

    Evaluation after = same();

    for (RuleOutcome outcome : after.outcomes().subList(0, 5)) {
      assertThat(outcome.cost().trace())
          .as(outcome.rule())
          .extracting(Trace::storedSlices, Trace::scannedSlices, Trace::scannedRows)
          .containsExactly(3, 1, 10L);
    }
    assertThat(after.outcomes().get(6).cost().trace().scannedSlices()).isEqualTo(4);
  }

  @Test
  void onlyTheFileWithDeletedRowsIsReadAgain() {
    table.byEvidence(RULES);
    table.sql("DELETE FROM %s WHERE id BETWEEN 7000 AND 7100");

    Evaluation after = same();

    assertThat(after.outcomes().subList(0, 5))
        .allSatisfy(outcome -> assertThat(outcome.cost().trace().scannedSlices()).isEqualTo(1));
  }

  @Test
  void aColumnWhoseConditionMeansAnotherColumnIsCountedAgain() {
    String rules = "Rules = [ Entropy \"s\" > 0 where \"k < 4\" ]";
    table.byEvidence(rules);
    table.sql("ALTER TABLE %s DROP COLUMN k");
    table.sql("ALTER TABLE %s ADD COLUMN k INT");

    assertThat(table.byEvidence(rules).outcomes().get(0).unanswered()).isTrue();
  }

  @Test
  void aConditionThatSpeaksOfNowIsCountedEachTime() {
    String rules =
        "Rules = [ IsUnique \"id\" where \"current_date() > date'2020-01-01'\", Entropy \"k\" > 0 where \"current_date() > date'2020-01-01'\" ]";
    table.byEvidence(rules);

    assertThat(table.byEvidence(rules).outcomes())
        .allSatisfy(
            outcome -> {
              assertThat(outcome.passed()).as(outcome.message()).isTrue();
              assertThat(outcome.cost().trace().scannedSlices()).isEqualTo(3);
            });
  }

  @Test
  void noTextIsKept() {
    table.byEvidence(RULES);

    for (EvidenceBlock block : table.store().load(table.slices().storeKey().orElseThrow())) {
      assertThat(new String(block.encode(), java.nio.charset.StandardCharsets.UTF_8))
          .doesNotContain("é16");
    }
  }

  @Test
  void keptTimesOutliveHousekeeping() {
    table.byEvidence(RULES);
    append(18_000, 10);
    table.byEvidence(RULES);
    String key = table.slices().storeKey().orElseThrow();
    List<SliceId> live = table.slices().slices().stream().map(Slice::id).toList();
    table
        .store()
        .replace(
            key, EvidenceCleaner.clean(table.store().load(key), new java.util.HashSet<>(live)));
    append(19_000, 10);

    assertThat(same().outcomes().subList(0, 5))
        .allSatisfy(outcome -> assertThat(outcome.cost().trace().scannedRows()).isEqualTo(10));
  }

  /** Evidence comes to what every row comes to. */
  private Evaluation same() {
    Evaluation evidence = table.byEvidence(RULES);
    Evaluation rows = table.byReadingEverything(RULES);
    assertThat(evidence.metrics())
        .extracting(Metric::id)
        .isEqualTo(rows.metrics().stream().map(Metric::id).toList());
    for (int metric = 0; metric < rows.metrics().size(); metric++) {
      assertThat(evidence.metrics().get(metric).value())
          .as(evidence.metrics().get(metric).name())
          .isCloseTo(rows.metrics().get(metric).value(), within(1e-9));
    }
    double distinct = table.sql("SELECT count(DISTINCT s) FROM %s").first().getLong(0);
    assertThat(evidence.outcomes().get(3).measured()).contains(distinct);
    return evidence;
  }
}
