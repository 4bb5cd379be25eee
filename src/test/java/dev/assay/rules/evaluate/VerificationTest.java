package dev.assay.rules.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Metric;
import dev.assay.rules.evidence.Slice;
import dev.assay.rules.evidence.SliceId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerificationTest {
  @Test
  void aSampleIsATenthRoundedUp() {
    assertThat(Verification.sample(List.of(), 1)).isEmpty();
    assertThat(Verification.sample(slices(1), 1)).hasSize(1);
    assertThat(Verification.sample(slices(10), 1)).hasSize(1);
    assertThat(Verification.sample(slices(11), 1)).hasSize(2);
    assertThat(Verification.sample(slices(250), 1)).hasSize(25);
  }

  @Test
  void theSameSnapshotGivesTheSameSampleInTheOrderOfTheTable() {
    List<Slice> slices = slices(100);

    List<Slice> sample = Verification.sample(slices, 42);

    assertThat(Verification.sample(slices, 42)).isEqualTo(sample);
    assertThat(sample).isSubsetOf(slices).isSortedAccordingTo((a, b) -> a.id().compareTo(b.id()));
    assertThat(Verification.sample(slices, 43)).isNotEqualTo(sample);
  }

  @Test
  void samplesOfManySnapshotsCoverEverything() {
    List<Slice> slices = slices(50);
    Set<Slice> seen = new HashSet<>();
    for (long snapshot = 0; snapshot < 200; snapshot++) {
      seen.addAll(Verification.sample(slices, snapshot));
    }

    assertThat(seen).hasSameSizeAs(slices);
  }

  @Test
  void anExactNumberThatDiffersIsOurFault() {
    Metric rows = new Metric("RowCount", List.of(), "", 5);
    Metric other = new Metric("RowCount", List.of(), "", 6);

    assertThatThrownBy(
            () ->
                Verification.require(
                    new Evaluation(List.of(), List.of(rows)),
                    new Evaluation(List.of(), List.of(other))))
        .isInstanceOf(AssayException.class)
        .hasMessageContaining("RowCount of the table: 5.0 by evidence, 6.0 by reading")
        .extracting(failure -> ((AssayException) failure).kind())
        .isEqualTo(ExitKind.OUR_FAULT);
  }

  @Test
  void theLastDigitsOfFloatingSumsMayDiffer() {
    Metric one = new Metric("Mean", List.of("a"), "", 0.1);
    Metric other = new Metric("Mean", List.of("a"), "", 0.1 + 1e-17);
    Metric third = new Metric("Mean", List.of("a"), "", Math.nextUp(0.1));

    assertThatCode(
            () -> {
              Verification.require(of(one), of(other));
              Verification.require(of(one), of(third));
            })
        .doesNotThrowAnyException();
  }

  private static Evaluation of(Metric metric) {
    return new Evaluation(List.of(), List.of(metric));
  }

  private static List<Slice> slices(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            number ->
                new Slice(
                    SliceId.of("slice " + number), "f" + number, "", 1, true, Slice.Metadata.NONE))
        .sorted((a, b) -> a.id().compareTo(b.id()))
        .toList();
  }
}
