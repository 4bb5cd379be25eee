package dev.assay.rules.evidence.keys;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Keys that rise from row to row need no memory: each run is unique in itself, and runs that do not
 * overlap are unique together. Tables that were loaded in the order of their key are like that. A
 * key of several numbers rises as words in a dictionary do. Where keys do not rise, it is noticed
 * within a few rows.
 */
final class RisingRuns {
  private static final int MOST_RUNS = 256;

  /** A run of keys, each greater than the one before. */
  private record Run(long[] first, long[] last) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Of a task in which keys do not rise. */
    static final Run NONE = new Run(new long[0], new long[0]);

    boolean isNone() {
      return first.length == 0;
    }
  }

  private RisingRuns() {}

  /**
   * Whether keys are proven to be unique; if not, that is still open.
   *
   * @param numbers that make a key together; a row in which one is NULL proves nothing
   */
  static boolean prove(Dataset<Row> rows, List<Column> numbers) {
    List<Run> runs =
        new ArrayList<>(
            rows.select(numbers.toArray(Column[]::new))
                .queryExecution()
                .toRdd()
                .toJavaRDD()
                .mapPartitions(new FindRuns(numbers.size()))
                .collect());
    if (runs.stream().anyMatch(Run::isNone)) {
      return false;
    }
    runs.sort((one, other) -> Arrays.compare(one.first(), other.first()));
    for (int index = 1; index < runs.size(); index++) {
      if (Arrays.compare(runs.get(index).first(), runs.get(index - 1).last()) <= 0) {
        return false;
      }
    }
    return true;
  }

  /** The runs of one task; none if they prove nothing. */
  private static final class FindRuns implements FlatMapFunction<Iterator<InternalRow>, Run> {
    private static final long serialVersionUID = 1L;

    private final int width;

    FindRuns(int width) {
      this.width = width;
    }

    @Override
    public Iterator<Run> call(Iterator<InternalRow> rows) {
      List<Run> runs = new ArrayList<>();
      long[] first = new long[0];
      long[] last = new long[width];
      while (rows.hasNext()) {
        InternalRow row = rows.next();
        boolean begins = first.length == 0;
        if (!begins && !rises(last, row)) {
          runs.add(new Run(first, last.clone()));
          begins = true;
        }
        if (runs.size() > MOST_RUNS || !take(row, last)) {
          return List.of(Run.NONE).iterator();
        }
        if (begins) {
          first = last.clone();
        }
      }
      if (first.length > 0) {
        runs.add(new Run(first, last));
      }
      return runs.iterator();
    }

    private boolean rises(long[] last, InternalRow row) {
      for (int part = 0; part < width; part++) {
        long next = row.getLong(part);
        if (next != last[part]) {
          return next > last[part];
        }
      }
      return false;
    }

    private boolean take(InternalRow row, long[] into) {
      for (int part = 0; part < width; part++) {
        if (row.isNullAt(part)) {
          return false;
        }
        into[part] = row.getLong(part);
      }
      return true;
    }
  }
}
