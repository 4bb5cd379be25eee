package dev.assay.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.messages.text.NormalText;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BenchMessagesTest {
  private final BenchMessages messages = new BenchMessages();

  @Test
  void everyNumberIsAnotherTextAlsoAfterNormalising() {
    Set<String> hashes = new HashSet<>();
    for (int number = 0; number < 20_000; number++) {
      String text = messages.text(number);
      assertThat(text).hasSize(BenchMessages.CHARACTERS);
      hashes.add(NormalText.of(text).hash());
    }
    assertThat(hashes).hasSize(20_000);
  }
}
