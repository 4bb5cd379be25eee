package dev.assay.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  // ledgers keep fingerprints, so the digits themselves must not change between versions
  @Test
  void isTheSha256OfThePartsWithTheirLengths() {
    assertThat(Fingerprint.of("ab", "c").hex())
        .isEqualTo("430fb1b4ac43316eca81fab27a1930ab8eff8fef6a1dc7903dce44bbc2790dc5");
    assertThat(Fingerprint.of("fü").hex())
        .isEqualTo("44ccf32508415b8a09528bcb45bf849696ff7c25eaeee8d9f065bf128816a028");
    assertThat(Fingerprint.of("").hex())
        .isEqualTo("ba768b331fd86cec803be04e56ab2b3d4c0e98ef4ee4fcd4e72ad7cce61a1d1f");
  }

  @Test
  void isEqualForEqualParts() {
    assertThat(Fingerprint.of("a", "b")).isEqualTo(Fingerprint.of(List.of("a", "b")));
  }

  @Test
  void tellsPartsAndTheirBoundariesApart() {
    assertThat(
            List.of(
                Fingerprint.of("ab", "c"),
                Fingerprint.of("a", "bc"),
                Fingerprint.of("abc"),
                Fingerprint.of("abc", ""),
                Fingerprint.of("", "abc"),
                Fingerprint.of("c", "ab"),
                Fingerprint.of("2:ab1:c"),
                Fingerprint.of(List.of())))
        .doesNotHaveDuplicates();
  }

  @Test
  void hasAShortFormForPeopleAndOneForTables() {
    Fingerprint fingerprint = Fingerprint.of("ab", "c");

    assertThat(fingerprint.brief()).isEqualTo("430fb1b4ac43");
    assertThat(fingerprint).hasToString(fingerprint.hex());
    assertThat(fingerprint.asUuid())
        .isEqualTo(Fingerprint.of("ab", "c").asUuid())
        .isNotEqualTo(Fingerprint.of("ab", "d").asUuid())
        .extracting(UUID::version)
        .isEqualTo(3);
  }
}
