package dev.assay.messages.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.message.ReviewReason;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextLookTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\u200B\u200B", "\n\t"})
  void nothingToReadIsEmpty(String text) {
    assertThat(look(text)).contains(ReviewReason.EMPTY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"🎉🎉🎉", "!!! ???", "12345", "🎰 777 🎰", ":-) 5"})
  void emojiSignsAndDigitsAreNoWords(String text) {
    assertThat(look(text)).contains(ReviewReason.NO_WORDS);
  }

  @Test
  void bytesAreNoText() {
    byte[] bytes = new byte[200];
    new java.util.Random(1).nextBytes(bytes);
    assertThat(look("ab\u0000\u0001cd")).contains(ReviewReason.NOT_TEXT);
    assertThat(
            look(
                "data: "
                    + Base64.getEncoder()
                        .encodeToString(bytes)
                        .replace("+", "x")
                        .replace("/", "y")))
        .contains(ReviewReason.NOT_TEXT);
    assertThat(look("\uFFFD\uFFFD hello")).contains(ReviewReason.NOT_TEXT);
  }

  @Test
  void moreThanAMessageIsTooLong() {
    assertThat(look("word ".repeat(2_001))).contains(ReviewReason.TOO_LONG);
    assertThat(look("word ".repeat(2_000))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"OK", "Your car is ready 🚗", "Zimní pneumatiky", "您的车已准备好", "a👍bc"})
  void wordsAreWords(String text) {
    assertThat(look(text)).isEmpty();
  }

  private static java.util.Optional<ReviewReason> look(String text) {
    return TextLook.of(text, NormalText.of(text));
  }
}
