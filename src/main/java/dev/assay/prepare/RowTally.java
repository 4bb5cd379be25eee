package dev.assay.prepare;

import dev.assay.model.QuarantineCount;
import dev.assay.model.RowCounts;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.jspecify.annotations.Nullable;

/** Where rows went, counted while they are made. */
final class RowTally implements Serializable {
  private record Reason(String kind, @Nullable String column, String detail)
      implements Serializable {}

  private long sound;
  private long quarantined;
  private final Map<String, Long> fates = new HashMap<>();
  private final Map<Reason, Long> reasons = new HashMap<>();

  void addSound() {
    sound++;
  }

  void addFate(String fate) {
    fates.merge(fate, 1L, Long::sum);
  }

  void addQuarantined(ArrayData problems) {
    quarantined++;
    for (int index = 0; index < problems.numElements(); index++) {
      InternalRow problem = problems.getStruct(index, 3);
      Reason reason =
          new Reason(
              problem.getUTF8String(0).toString(),
              problem.isNullAt(1) ? null : problem.getUTF8String(1).toString(),
              problem.getUTF8String(2).toString());
      reasons.merge(reason, 1L, Long::sum);
    }
  }

  /** Both together. */
  RowTally plus(RowTally other) {
    RowTally both = new RowTally();
    for (RowTally tally : List.of(this, other)) {
      both.sound += tally.sound;
      both.quarantined += tally.quarantined;
      tally.fates.forEach((fate, rows) -> both.fates.merge(fate, rows, Long::sum));
      tally.reasons.forEach((reason, rows) -> both.reasons.merge(reason, rows, Long::sum));
    }
    return both;
  }

  RowCounts counts() {
    Map<String, Long> filtered = new TreeMap<>();
    Map<String, Long> duplicates = new TreeMap<>();
    long elsewhere = 0;
    for (Map.Entry<String, Long> fate : fates.entrySet()) {
      elsewhere += fate.getValue();
      (fate.getKey().startsWith("filter") ? filtered : duplicates)
          .put(fate.getKey(), fate.getValue());
    }
    return new RowCounts(sound + quarantined + elsewhere, filtered, duplicates, quarantined, sound);
  }

  /** How often each reason was given. A row with two reasons counts in both. */
  List<QuarantineCount> reasons() {
    return reasons.entrySet().stream()
        .map(
            entry ->
                new QuarantineCount(
                    entry.getKey().kind(),
                    Optional.ofNullable(entry.getKey().column()),
                    entry.getKey().detail(),
                    entry.getValue()))
        .sorted()
        .toList();
  }
}
