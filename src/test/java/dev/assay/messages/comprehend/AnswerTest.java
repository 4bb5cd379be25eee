package dev.assay.messages.comprehend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerTest {
  private static final Answer ANSWER =
      new Answer("h1", Map.of("HATE", 0.25, "SPAM", 1.0), true, false);

  @Test
  void aLineIsReadAsItWasWritten() {
    assertThat(Answer.parse(ANSWER.line())).contains(ANSWER);
    assertThat(Answer.parse(Answer.refusal("h2", false).line()))
        .contains(Answer.refusal("h2", false));
  }

  @Test
  void noTornLineIsAnAnswer() {
    String line = ANSWER.line();
    for (int length = 0; length < line.length(); length++) {
      assertThat(Answer.parse(line.substring(0, length))).isEmpty();
    }
  }
}
