package dev.assay.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.model.Fingerprint;
import dev.assay.model.Outcomes;
import dev.assay.model.RowCounts;
import dev.assay.model.RuleOutcome;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.Score;
import dev.assay.model.ScoreScope;
import dev.assay.model.TableName;
import dev.assay.model.job.Profile;
import dev.assay.model.job.Publishing;
import dev.assay.scores.iceberg.IcebergLedger;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableReportTest {
  private static final TableName TRIPS = TableName.parse("prepared.trips");
  private static final Instant YESTERDAY = Instant.parse("2026-11-17T04:00:00.000000001Z");
  private static final Instant TODAY = Instant.parse("2026-11-18T04:00:00.123456789Z");
  private static final RuleOutcome PASSED = Outcomes.passed("Mean \"km\" > 1", Map.of());
  private static final RuleOutcome FAILED = Outcomes.failed("Mean \"km\" > 1", Map.of());

  @TempDir private Path home;
  private IcebergLedger ledger;

  @BeforeEach
  void opensALedger() {
    ledger =
        new IcebergLedger(
            LakeCatalog.open(
                    new Profile(
                        "test",
                        home,
                        "lake",
                        Map.of(
                            "type",
                            "hadoop",
                            "warehouse",
                            home.resolve("warehouse").toString(),
                            "cache-enabled",
                            "false"),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Publishing.NOWHERE))
                .iceberg());
  }

  @Test
  void theFirstRunHasNoneBeforeItThoughTheLedgerKeepsItsStartLessFinely() {
    RunRecord first = published("a", TODAY, PASSED);

    TableReport report = TableReport.of(ledger, first, run -> List.of(), run -> List.of());

    assertThat(report.previous()).isEmpty();
    assertThat(report.history()).extracting(RunRecord::runId).containsExactly("a");
  }

  @Test
  void aRunIsComparedWithTheOneBeforeItAndNotWithItself() {
    published("a", YESTERDAY, PASSED);
    RunRecord today = published("b", TODAY, FAILED);

    TableReport report = TableReport.of(ledger, today, run -> List.of(), run -> List.of());

    assertThat(report.previous()).map(RunRecord::runId).contains("a");
    assertThat(report.explanation().changes()).hasSize(1);
  }

  private RunRecord published(String id, Instant at, RuleOutcome outcome) {
    RunRecord run =
        new RunRecord(
            id,
            "demo",
            TRIPS.name(),
            TRIPS,
            LocalDate.of(2026, 11, 17),
            RunState.PUBLISHED,
            at,
            at,
            Fingerprint.of(id),
            Fingerprint.of("content"),
            Fingerprint.of("ruleset"),
            List.of("raw.trips@1"),
            Optional.empty(),
            1,
            "run_" + id,
            Score.of(List.of(outcome)),
            RowCounts.NONE,
            Optional.empty(),
            List.of(),
            "",
            "test",
            at,
            ScoreScope.TABLE,
            Map.of());
    ledger.recordScoring(run, List.of(outcome), List.of(), List.of());
    return run;
  }
}
