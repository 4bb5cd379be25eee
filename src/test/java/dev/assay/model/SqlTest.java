package dev.assay.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {"id, `id`", "a b.c, `a b.c`", "a`b``, `a``b`````", "a\"b, `a\"b`"})
  void quotesColumnNames(String name, String quoted) {
    assertThat(Sql.column(name)).isEqualTo(quoted);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {"open, 'open'", "it's, 'it\\'s'", "a\\b, 'a\\\\b'", "\\', '\\\\\\''", "~~, ''"})
  void quotesText(String text, String quoted) {
    assertThat(Sql.text(text)).isEqualTo(quoted);
  }
}
