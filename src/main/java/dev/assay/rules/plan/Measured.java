package dev.assay.rules.plan;

import dev.assay.model.Trace;
import dev.assay.model.UnansweredReason;
import java.util.Map;

/** What came of a measure: a number, or why there is none. */
public sealed interface Measured {
  /**
   * The number.
   *
   * @param trace where it came from, and what it cost
   * @param missing for a share of rows: how many rows are missing to the whole, by partition; empty
   *     if the table has no partitions or the measure counts no rows
   */
  record Value(double value, Trace trace, Map<String, Long> missing) implements Measured {
    public Value {
      missing = Map.copyOf(missing);
    }

    /** A number that cost nothing. */
    public Value(double value) {
      this(value, Trace.NOTHING, Map.of());
    }
  }

  /**
   * What files came to.
   *
   * @param share of the files that do what is asked, from 0 to 1
   * @param numbers by the reference's names, such as {@code FileCount}
   * @param observed in words: numbers of files, and some by name
   * @param trace files that were only listed are metadata, files that were read a scan
   */
  record Files(double share, Map<String, Double> numbers, String observed, Trace trace)
      implements Measured {
    public Files {
      numbers = Map.copyOf(numbers);
    }
  }

  /** No number. The message holds no value of a row. */
  record None(UnansweredReason reason, String message) implements Measured {}
}
