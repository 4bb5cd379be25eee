package dev.assay.rules.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EvidenceBlockTest {
  private static final SliceId A = SliceId.of("a");
  private static final SliceId B = SliceId.of("b");
  private static final SliceId C = SliceId.of("c");
  private static final EvidenceBlock BLOCK =
      new EvidenceBlock(
          List.of("größe", "sum"),
          List.of(1, 3),
          List.of(A, B),
          List.of(new long[] {1, -2}, new long[] {1, 2, 3, Long.MIN_VALUE, 5, Long.MAX_VALUE}));

  @Test
  void comesBackFromItsBytes() {
    EvidenceBlock decoded = EvidenceBlock.decode(BLOCK.encode()).orElseThrow();

    assertThat(decoded.signatures()).isEqualTo(BLOCK.signatures());
    assertThat(decoded.widths()).isEqualTo(BLOCK.widths());
    assertThat(decoded.slices()).isEqualTo(BLOCK.slices());
    assertThat(decoded.values()).usingRecursiveComparison().isEqualTo(BLOCK.values());
  }

  @Test
  void anyDamagedByteIsNoticed() {
    byte[] whole = BLOCK.encode();
    for (int position = 0; position < whole.length; position++) {
      byte[] damaged = whole.clone();
      damaged[position] ^= 0x10;
      assertThat(EvidenceBlock.decode(damaged)).as("byte %d", position).isEmpty();
    }
    for (int length = 0; length < whole.length; length++) {
      assertThat(EvidenceBlock.decode(java.util.Arrays.copyOf(whole, length))).isEmpty();
    }
  }

  @Test
  void valuesHaveToFitTheSlices() {
    assertThatThrownBy(
            () ->
                new EvidenceBlock(
                    List.of("a"), List.of(2), List.of(A), List.of(new long[] {1, 2, 3})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 numbers for 1 slices of width 2");
  }

  @Test
  void theNewestValueIsFound() {
    StoredEvidence stored = new StoredEvidence(List.of(block("x", A, 1), block("x", A, 2)));

    assertThat(stored.find("x", A, 1)).hasValueSatisfying(v -> assertThat(v).containsExactly(2));
    assertThat(stored.find("x", B, 1)).isEmpty();
    assertThat(stored.find("x", A, 2)).isEmpty();
    assertThat(stored.find("y", A, 1)).isEmpty();
  }

  @Test
  void cleaningKeepsTheNewestOfWhatIsLive() {
    List<EvidenceBlock> clean =
        EvidenceCleaner.clean(
            List.of(block("x", A, 1), block("x", B, 2), block("y", C, 3), block("x", A, 4)),
            Set.of(A, B));

    assertThat(clean).hasSize(1);
    StoredEvidence stored = new StoredEvidence(clean);
    assertThat(stored.find("x", A, 1)).hasValueSatisfying(v -> assertThat(v).containsExactly(4));
    assertThat(stored.find("x", B, 1)).hasValueSatisfying(v -> assertThat(v).containsExactly(2));
    assertThat(stored.find("y", C, 1)).isEmpty();
  }

  @Test
  void aSetIsTheSameInAnyOrder() {
    assertThat(SliceId.ofAll(List.of(A, B, C))).isEqualTo(SliceId.ofAll(List.of(C, A, B)));
    assertThat(SliceId.ofAll(List.of(A, B))).isNotEqualTo(SliceId.ofAll(List.of(A, B, C)));
  }

  private static EvidenceBlock block(String fact, SliceId slice, long value) {
    return new EvidenceBlock(
        List.of(fact), List.of(1), List.of(slice), List.of(new long[] {value}));
  }
}
