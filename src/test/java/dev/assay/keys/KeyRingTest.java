package dev.assay.keys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyRingTest {
  private final KeyRing first = KeyRing.create();
  private final KeyRing second = first.rotated();

  @Test
  void everyKeyOfTheRingStillMakesItsTokens() {
    assertThat(second.tokens("jo"))
        .containsExactlyInAnyOrder(first.token("jo"), second.token("jo"));
    assertThat(first.tokens("jo")).containsExactly(first.token("jo"));
  }

  @Test
  void aTokenIsKnownByItsValueUnderAnyKeyOfTheRing() {
    assertThat(second.isTokenOf(first.token("jo"), "jo")).isTrue();
    assertThat(second.isTokenOf(second.token("jo"), "jo")).isTrue();
    assertThat(second.isTokenOf(first.token("jo"), "bo")).isFalse();
    assertThat(first.isTokenOf(second.token("jo"), "jo")).isFalse();
    assertThat(second.isTokenOf("jo", "jo")).isFalse();
    assertThat(second.isTokenOf("tok1_#", "jo")).isFalse();
  }
}
