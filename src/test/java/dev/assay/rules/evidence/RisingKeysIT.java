package dev.assay.rules.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.rules.evidence.keys.KeyCounter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys of several numbers in a table that was loaded in their order. */
class RisingKeysIT {
  private static final String RISING = "keys rise from row to row";

  private LiveTable table;

  @BeforeEach
  void create() {
    table =
        LiveTable.create(
            "o BIGINT, n INT, day DATE",
            "'format-version'='2', 'write.delete.mode'='merge-on-read'");
  }

  @Test
  void riseAsWordsInADictionary() {
    orders(0, 1000);
    orders(1000, 1000);

    KeyCounter.Answer answer = count();

    assertThat(answer.step()).isEqualTo(RISING);
    assertThat(answer.counts().unique()).isTrue();
    assertThat(answer.counts().distinct()).isEqualTo(2000);
  }

  @Test
  void oneRowTwiceAtTheSeamOfTwoFilesIsFound() {
    orders(0, 1001);
    orders(1000, 1000);

    KeyCounter.Answer answer = count();

    assertThat(answer.step()).isNotEqualTo(RISING);
    assertThat(answer.counts().unique()).isFalse();
    assertThat(answer.counts().distinct()).isEqualTo(2000);
  }

  @Test
  void aSecondNumberThatFallsIsARunOfItsOwn() {
    table.sql("INSERT INTO %s VALUES (1, 2, date'2026-11-18'), (1, 1, date'2026-11-18')");

    assertThat(count().step()).isEqualTo(RISING);
  }

  @Test
  void equalRowsInOneFileAreFound() {
    table.sql("INSERT INTO %s VALUES (1, 1, date'2026-11-18'), (1, 1, date'2026-11-18')");

    assertThat(count().counts().unique()).isFalse();
  }

  @Test
  void aNumberThatIsMissingProvesNothing() {
    table.sql("INSERT INTO %s VALUES (1, 0, date'2026-11-18'), (1, NULL, date'2026-11-18')");

    KeyCounter.Answer answer = count();

    assertThat(answer.step()).isNotEqualTo(RISING);
    assertThat(answer.counts().unique()).isTrue();
  }

  private void orders(long from, long rows) {
    table.sql(
        "INSERT INTO %s SELECT id DIV 7, CAST(id %% 7 AS INT), date_add(date'2026-11-18', CAST(id AS INT)) FROM range("
            + from
            + ", "
            + (from + rows)
            + ", 1, 1)");
  }

  private KeyCounter.Answer count() {
    return new KeyCounter(table.slices(), table.store(), EvidenceOptions.ALL)
        .count(List.of("o", "n"), Optional.empty(), true, table.sql("SELECT * FROM %s").count());
  }
}
