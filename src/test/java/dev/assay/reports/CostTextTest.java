package dev.assay.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.Spending;
import dev.assay.model.TableName;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CostTextTest {
  private static final LocalDate FROM = LocalDate.of(2026, 11, 1);

  private final List<Spending> spendings =
      List.of(
          spending("1", "marketing", "semantic.verdicts", "1.004", "USD", 10),
          spending("1", "marketing", "semantic.verdicts", "2.004", "USD", 20),
          spending("2", "marketing", "semantic.others", "0.5", "EUR", 5),
          spending("3", "", "semantic.verdicts", "9", "USD", 1_000));

  @Test
  void addsUpByDomainAndNeverTwoCurrencies() {
    assertThat(lines(CostText.By.DOMAIN))
        .containsSubsequence(
            "(no domain) 9.00 USD 1 1,000 documents",
            "marketing 3.01 USD 1 30 documents",
            "marketing 0.50 EUR 1 5 documents");
  }

  @Test
  void addsUpByTableJobServiceAndMonth() {
    assertThat(lines(CostText.By.TABLE)).contains("semantic.verdicts 12.01 USD 2 1,030 documents");
    assertThat(lines(CostText.By.JOB)).contains("p/verdicts 12.01 USD 2 1,030 documents");
    assertThat(lines(CostText.By.SERVICE))
        .contains("classification by content-model 12.01 USD 2 1,030 documents");
    assertThat(lines(CostText.By.MONTH)).contains("2026-11 12.01 USD 2 1,030 documents");
  }

  @Test
  void saysTheSameAsJson() {
    assertThat(new CostText(spendings, CostText.By.TABLE, FROM).json())
        .contains("\"table\" : \"semantic.verdicts\"", "\"amount\" : 12.008", "\"runs\" : 2");
  }

  @Test
  void saysThatNothingWasSpent() {
    assertThat(new CostText(List.of(), CostText.By.DOMAIN, FROM).text())
        .isEqualTo("Since 2026-11-01 no run has paid a service.");
    assertThat(new CostText(List.of(), CostText.By.DOMAIN, FROM).json()).isEqualTo("[ ]");
  }

  private List<String> lines(CostText.By by) {
    return new CostText(spendings, by, FROM)
        .text()
        .lines()
        .map(line -> line.strip().replaceAll("\\s+", " "))
        .toList();
  }

  private static Spending spending(
      String run, String domain, String table, String amount, String currency, long documents) {
    return new Spending(
        run,
        Instant.parse("2026-11-02T00:00:00Z"),
        "p",
        domain,
        "verdicts",
        TableName.parse(table),
        "classification",
        "content-model",
        Map.of("documents", documents),
        new BigDecimal(amount),
        currency);
  }
}
