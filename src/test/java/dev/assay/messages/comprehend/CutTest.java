package dev.assay.messages.comprehend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CutTest {
  @Test
  void leavesWhatFitsAsItIs() {
    String text = "é".repeat(5_000);

    assertThat(Cut.of(text, 10_000)).isEqualTo(new Cut(text, false));
    assertThat(Cut.of("", 10)).isEqualTo(new Cut("", false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "é", "€", "😀"})
  void neverCutsACharacterInHalf(String character) {
    int size = character.getBytes(StandardCharsets.UTF_8).length;
    for (int shift = 0; shift < 4; shift++) {
      String text = "x".repeat(shift) + character.repeat(4_000);

      Cut cut = Cut.of(text, 1_001);

      int bytes = cut.text().getBytes(StandardCharsets.UTF_8).length;
      assertThat(cut.truncated()).isTrue();
      assertThat(text).startsWith(cut.text());
      assertThat(bytes).isBetween(1_001 - size + 1, 1_001);
      assertThat(cut.text()).doesNotContain("?").matches("x{0,3}(?:" + character + ")+");
      assertThat(cut.characters()).isEqualTo(shift + (bytes - shift) / size);
    }
  }
}
