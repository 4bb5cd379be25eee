package dev.assay.suggest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Samples in which quotes do not fit. */
class CsvSnifferTest {
  @Test
  void oneStrayQuoteDoesNotHideTheColumns() {
    StringBuilder text = new StringBuilder("id,name\n1,\"stray\n");
    for (int row = 2; row < 50; row++) {
      text.append(row).append(",b\n");
    }

    CsvSniffer look = CsvSniffer.look(text.toString()).orElseThrow();

    assertThat(look.columns()).containsExactly("id", "name");
    assertThat(look.multiLine()).isFalse();
    assertThat(look.values().get(0)).hasSize(48).doesNotContain("1");
  }

  @Test
  void aSampleMayEndWithinQuotes() {
    StringBuilder text = new StringBuilder("id;note\n");
    for (int row = 0; row < 50; row++) {
      text.append(row).append(";\"two\nlines\"\n");
    }
    text.append("50;\"cut\nin the mid");

    CsvSniffer look = CsvSniffer.look(text.toString()).orElseThrow();

    assertThat(look.columns()).containsExactly("id", "note");
    assertThat(look.delimiter()).isEqualTo(';');
    assertThat(look.multiLine()).isTrue();
    assertThat(look.values().get(1)).hasSize(50).containsOnly("two\nlines");
  }
}
