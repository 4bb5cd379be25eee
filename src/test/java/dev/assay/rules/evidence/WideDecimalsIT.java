package dev.assay.rules.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.Metric;
import dev.assay.rules.evaluate.Evaluation;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Decimals of more than 18 digits are summed and compared to their last digit. */
class WideDecimalsIT {
  private static final String MOST = "9999999999999999999999999999999999.9999";

  private static final String RULES =
      """
      Rules = [ RowCount > 1 ]
      Analyzers = [ Sum "w", Mean "w", Minimum "w", Maximum "w", Range "w",
        Sum "w" where "id > 2", Range "w" where "id > 2", Sum "c", Mean "c", Range "c" ]
      """;

  private LiveTable table;

  @BeforeEach
  void threeFilesWhoseNumbersCancelOut() {
    table =
        LiveTable.create(
            "id BIGINT, w DECIMAL(38,4), c DECIMAL(24,0)",
            "'format-version'='2', 'write.delete.mode'='merge-on-read'");
    table.sql("INSERT INTO %s VALUES (1, " + MOST + ", 999999999999999999999999)");
    table.sql("INSERT INTO %s VALUES (2, -" + MOST + ", -999999999999999999999998), (3, NULL, 1)");
    table.sql(
        "INSERT INTO %s VALUES (4, -0.0001, NULL), (5, 0.0004, 3), (6, "
            + MOST
            + ", NULL), (7, "
            + MOST
            + ", NULL), (8, -"
            + MOST
            + ", NULL), (9, -"
            + MOST
            + ", NULL)");
  }

  @Test
  void digitsThatADoubleDoesNotHaveAreKept() {
    for (Evaluation evaluation :
        new Evaluation[] {
          table.byEvidence(RULES, EvidenceOptions.SCAN_ONLY),
          table.byEvidence(RULES),
          table.byEvidence(RULES),
          table.byReadingEverything(RULES)
        }) {
      assertThat(metrics(evaluation))
          .containsEntry("Sum w", 0.0003)
          .containsEntry("Mean w", 0.0003 / 8)
          .containsEntry("Minimum w", -1e34)
          .containsEntry("Maximum w", 1e34)
          .containsEntry("Range w", 2e34)
          .containsEntry("Sum w where id > 2", 0.0003)
          .containsEntry("Range w where id > 2", 2e34)
          .containsEntry("Sum c", 5.0)
          .containsEntry("Mean c", 1.25);
    }
  }

  @Test
  void boundsOfNeighboursAreTakenFromMetadataAndFromRows() {
    table.sql("DELETE FROM %s WHERE id <> 6");
    table.sql("INSERT INTO %s VALUES (10, 9999999999999999999999999999999999.9994, NULL)");

    Evaluation byRows = table.byEvidence(RULES, EvidenceOptions.SCAN_ONLY);

    assertThat(metrics(table.byEvidence(RULES))).containsEntry("Range w", 0.0005);
    assertThat(metrics(byRows)).containsEntry("Range w", 0.0005);
  }

  @Test
  void aSumThatNoDecimalCanHoldIsANumberAllTheSame() {
    table.sql("DELETE FROM %s WHERE w < 0 OR w IS NULL");

    assertThat(metrics(table.byEvidence(RULES))).containsEntry("Sum w", 3e34);
    assertThat(metrics(table.byReadingEverything(RULES))).containsEntry("Sum w", 3e34);
  }

  private static Map<String, Double> metrics(Evaluation evaluation) {
    return evaluation.metrics().stream()
        .collect(
            Collectors.toMap(
                metric ->
                    (metric.name()
                            + " "
                            + String.join(",", metric.columns())
                            + " "
                            + metric.detail())
                        .trim(),
                Metric::value));
  }
}
