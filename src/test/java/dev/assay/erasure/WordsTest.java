package dev.assay.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "4711",
        "1;4711;x",
        "1,\"4711\",x",
        "a\t4711\tb",
        "{\"id\": 4711}",
        "(4711)",
        "It was 4711.",
        "4711\n"
      })
  void aKeyStandsAsAWholeWord(String text) {
    assertThat(Words.mentions(text, "4711")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "147112", "x4711", "4711.50", "DE-4711", "2026_4711_x", "4711@example.com"})
  void partOfAnotherWordIsAnother(String text) {
    assertThat(Words.mentions(text, "4711")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,Jo@Example.com,x|jo@example.com|true",
        "1,banjo@example.com,x|jo@example.com|false",
        "1,jo@example.com.au,x|jo@example.com|false",
        "'1,\"O\"\"Brien, Pat\",x'|O\"Brien, Pat|true",
        "'{\"name\":\"M\\u00fcller\"}'|Müller|true",
        "'{\"name\":\"M\\u00fcllers\"}'|Müller|false",
        "'{\"broken: M\\u00fcller'|Müller|false",
        "+49 171 1|+49 171 1|true"
      })
  void otherKeysToo(String text, String key, boolean mentioned) {
    assertThat(Words.mentions(text, key)).isEqualTo(mentioned);
  }

  @Test
  void aRecordIsTakenApartIntoWhatMayBeItsValues() {
    assertThat(Words.values("1;\" Jo \";x")).contains("1", "Jo", "jo", "JO", "x");
    assertThat(Words.values("{\"a\":{\"b\":[\"Jo\",7]}}")).contains("Jo", "7");
  }
}
