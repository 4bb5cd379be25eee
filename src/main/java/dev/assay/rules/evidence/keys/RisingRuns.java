package dev.assay.rules.evidence.keys;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Keys that rise from row to row need no memory: each run is unique in itself, and runs that do not
 * overlap are unique together. Tables that were loaded in the order of their key are like that.
 * Where they are not, it is noticed within a few rows.
 */
final class RisingRuns {
  private static final int MOST_RUNS = 256;

  /** A run of keys, each greater than the one before. */
  record Run(long first, long last, long keys) implements Serializable {}

  private RisingRuns() {}

  /** Whether keys are proven to be unique; if not, that is still open. */
  static boolean prove(Dataset<Row> rows, Column number) {
    List<Run> runs =
        new ArrayList<>(
            rows.select(number)
                .queryExecution()
                .toRdd()
                .toJavaRDD()
                .mapPartitions(new FindRuns())
                .collect());
    if (runs.stream().anyMatch(run -> run.keys() < 0)) {
      return false;
    }
    runs.sort(Comparator.comparingLong(Run::first));
    for (int index = 1; index < runs.size(); index++) {
      if (runs.get(index).first() <= runs.get(index - 1).last()) {
        return false;
      }
    }
    return true;
  }

  /** The runs of one task; a single one with a negative number of keys if there are too many. */
  private static final class FindRuns implements FlatMapFunction<Iterator<InternalRow>, Run> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<Run> call(Iterator<InternalRow> rows) {
      List<Run> runs = new ArrayList<>();
      long first = 0;
      long last = 0;
      long keys = 0;
      while (rows.hasNext()) {
        long key = rows.next().getLong(0);
        if (keys > 0 && key <= last) {
          runs.add(new Run(first, last, keys));
          if (runs.size() > MOST_RUNS) {
            return List.of(new Run(0, 0, -1)).iterator();
          }
          keys = 0;
        }
        if (keys == 0) {
          first = key;
        }
        last = key;
        keys++;
      }
      if (keys > 0) {
        runs.add(new Run(first, last, keys));
      }
      return runs.iterator();
    }
  }
}
