package dev.assay.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowCountsTest {
  @Test
  void sumsOverSteps() {
    RowCounts counts = new RowCounts(100, Map.of("f1", 3L, "f2", 4L), Map.of("d", 5L), 6, 82);

    assertThat(counts.filteredTotal()).isEqualTo(7);
    assertThat(counts.duplicatesTotal()).isEqualTo(5);
    assertThat(RowCounts.NONE.filteredTotal()).isZero();
    assertThat(RowCounts.NONE.duplicatesTotal()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "100, 3, 5, 6, 86, true",
    "100, 3, 5, 6, 85, false",
    "100, 3, 5, 6, 87, false",
    "100, 2, 5, 6, 86, false",
    "100, 3, 4, 6, 86, false",
    "100, 3, 5, 5, 86, false",
    "101, 3, 5, 6, 86, false"
  })
  void reconcilesWhenEveryRowIsAccountedFor(
      long read, long filtered, long duplicates, long quarantined, long written, boolean right) {
    assertThat(
            new RowCounts(
                    read,
                    Map.of("filter", filtered),
                    Map.of("deduplicate", duplicates),
                    quarantined,
                    written)
                .reconciles())
        .isEqualTo(right);
  }

  @Test
  void noRowsReconcile() {
    assertThat(RowCounts.NONE.reconciles()).isTrue();
  }

  @Test
  void sortsStepsAndIsNotTouchedByTheMapsItCameFrom() {
    Map<String, Long> filtered = new LinkedHashMap<>();
    filtered.put("b", 1L);
    filtered.put("a", 2L);
    RowCounts counts = new RowCounts(3, filtered, Map.of(), 0, 0);

    filtered.put("c", 9L);

    assertThat(List.copyOf(counts.filtered().entrySet()))
        .containsExactly(Map.entry("a", 2L), Map.entry("b", 1L));
  }

  @Test
  void aMergeTouchesTheSumOfItsRows() {
    assertThat(new MergeCounts(1, 20, 300, 4000).total()).isEqualTo(4321);
  }
}
