package dev.assay.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> KEYS = List.of("minimum-score", "ruleset", "table");

  @ParameterizedTest
  @CsvSource({
    "ruleset, ruleset",
    "ruelset, ruleset",
    "rulesets, ruleset",
    "RULESET, ruleset",
    "tabel, table",
    "minimum_score, minimum-score",
    "minimal-score, minimum-score",
    "minimumscr, minimum-score",
    "mini, minimum-score"
  })
  void findsTheWordThatWasMeant(String word, String meant) {
    assertThat(Nearest.to(word, KEYS)).contains(meant);
    assertThat(Nearest.suggestion(word, KEYS)).isEqualTo("Did you mean '%s'?".formatted(meant));
  }

  @ParameterizedTest
  @CsvSource({"gate", "set", "x", "completely-different-words"})
  void listsAllWordsWhenNoneIsNear(String word) {
    assertThat(Nearest.to(word, KEYS)).isEmpty();
    assertThat(Nearest.suggestion(word, KEYS))
        .isEqualTo("Expected one of: minimum-score, ruleset, table.");
  }

  @Test
  void prefersTheNearerWordAndThenTheFirst() {
    assertThat(Nearest.to("keyz", List.of("keypad", "key", "keys"))).contains("key");
    assertThat(Nearest.to("keyss", List.of("keyed", "keys"))).contains("keys");
  }

  @Test
  void findsNothingAmongNothing() {
    assertThat(Nearest.to("word", List.of())).isEqualTo(Optional.empty());
  }
}
