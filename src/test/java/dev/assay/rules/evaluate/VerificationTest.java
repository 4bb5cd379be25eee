package dev.assay.rules.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Metric;
import dev.assay.rules.evidence.Slice;
import dev.assay.rules.evidence.SliceId;
import dev.assay.rules.parse.Rule;
import dev.assay.rules.parse.Ruleset;
import dev.assay.rules.plan.TableShape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerificationTest {
  private static final TableShape SHAPE =
      new TableShape(Map.of("real", "double", "whole", "int", "exact", "decimal(10,2)"));

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
                    new Evaluation(List.of(), List.of(other)),
                    SHAPE))
        .isInstanceOf(AssayException.class)
        .hasMessageContaining("RowCount of the table: 5.0 by evidence, 6.0 by reading")
        .extracting(failure -> ((AssayException) failure).kind())
        .isEqualTo(ExitKind.OUR_FAULT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Sum | real | 1 | 1.0000000001 | 1 | true",
        "Sum | real | 1 | 1.00000001 | 1 | false",
        // a sum of large numbers that cancel out
        "Sum | real | 1 | 2 | 1e15 | true",
        "Mean | real | 1 | 1.0000000001 | 1 | true",
        "Mean | real | 1 | 1.1 | 1 | false",
        "Mean | real | NaN | NaN | NaN | true",
        "Mean | real | Infinity | Infinity | Infinity | true",
        "Sum | whole | 1 | 1.0000000001 | 1 | false",
        "Mean | exact | 0.1 | 0.10000000000000002 | 1 | false",
        "Range | real | 0.1 | 0.10000000000000002 | 1 | false",
        "StandardDeviation | real | 1e-20 | 1.0000000001e-20 | 1 | true",
        "StandardDeviation | real | 1e-20 | 2e-20 | 1 | false",
        "Variance | whole | 4 | 4.1 | 1 | false",
        "Skewness | real | 1e-15 | -1e-15 | 1 | true",
        "Kurtosis | real | 3 | 3.001 | 1 | false",
        "Entropy | whole | 1 | 1.0001 | 1 | false",
        "ColumnCorrelation | real | 0.5 | 0.50000000001 | 1 | true",
        "ColumnCorrelation | real | 0.5 | 0.51 | 1 | false"
      })
  void numbersAreTheSameAsFarAsTheOrderOfAddingUpDoesNotShow(
      String name, String column, double value, double other, double size, boolean same) {
    Metric byEvidence = new Metric(name, List.of(column), "where k > 1", value);
    List<Metric> read = new ArrayList<>();
    read.add(new Metric(name, List.of(column), "where k > 1", other));
    for (Rule measured : sizes(byEvidence)) {
      read.add(new Metric("CustomSql", List.of(), measured.parameters().get(0), size));
    }

    ThrowingCallable verification =
        () -> Verification.require(of(byEvidence), new Evaluation(List.of(), read), SHAPE);

    if (same) {
      assertThatCode(verification).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(verification).hasMessageContaining(name + " of [" + column + "]");
    }
  }

  @Test
  void theSizesOfFloatingSumsAreReadToo() {
    assertThat(sizes(new Metric("Sum", List.of("real"), "where k > 1", 1)))
        .extracting(rule -> rule.parameters().get(0))
        .containsExactly("select sum(abs(`real`)) from primary where k > 1");
    assertThat(sizes(new Metric("Mean", List.of("real"), "", 1)))
        .extracting(rule -> rule.parameters().get(0))
        .containsExactly("select avg(abs(`real`)) from primary");
    assertThat(sizes(new Metric("Sum", List.of("whole"), "", 1))).isEmpty();
  }

  private static List<Rule> sizes(Metric metric) {
    return Verification.toBeRead(Ruleset.none(), of(metric), SHAPE).analyzers();
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
