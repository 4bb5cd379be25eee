package dev.assay.rules.evidence;

import dev.assay.model.AssayException;
import dev.assay.model.Outage;
import dev.assay.rules.plan.TableShape;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** One state of a table, as slices. What it says never changes while it is used. */
public interface SlicedTable {
  /** Names, in {@link #open}, the slice that a row comes from. */
  String SLICE_COLUMN = "_assay_slice";

  /** The columns. */
  TableShape shape();

  /** All slices, in the order of their ids. */
  List<Slice> slices();

  /**
   * Under which evidence of this table is kept, the same for all its states; empty if nothing may
   * be kept, because nobody can say whether a slice was seen before.
   */
  Optional<String> storeKey();

  /**
   * What a column is whatever its name: equal for the same column of another state, different for
   * another column that took its name, or another type.
   */
  String identityOf(String column);

  /** All rows. Nothing is read yet. */
  Dataset<Row> rows();

  /** Something with the same columns, to be analysed and never read. */
  default Dataset<Row> schema() {
    return rows();
  }

  /**
   * What a failed read says of the table itself, such as that a file is damaged or storage did not
   * answer; thrown then, instead of leaving rules unanswered.
   */
  default Optional<AssayException> refusal(Throwable failure) {
    return Outage.noAnswer(failure);
  }

  /** SQL over the rows as it is read: with the instant of the evaluation for the present. */
  default String settled(String sql) {
    return sql;
  }

  /** The rows of some slices, with {@link #SLICE_COLUMN} if there is more than one slice at all. */
  Opened open(List<Slice> slices);

  /** Rows that can be read until they are closed. */
  interface Opened extends AutoCloseable {
    Dataset<Row> rows();

    @Override
    void close();
  }
}
