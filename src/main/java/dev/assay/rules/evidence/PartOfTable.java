package dev.assay.rules.evidence;

import dev.assay.model.AssayException;
import dev.assay.rules.plan.TableShape;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Some slices of a table, as if they were all of it. Its evidence is the table's, because a slice
 * is the same slice in both. What was opened to read its rows is closed with it.
 */
public final class PartOfTable implements SlicedTable, AutoCloseable {
  private final SlicedTable whole;
  private final List<Slice> slices;
  private @Nullable Opened opened;

  private PartOfTable(SlicedTable whole, List<Slice> slices) {
    this.whole = whole;
    this.slices = List.copyOf(slices);
  }

  /**
   * A part.
   *
   * @param slices of the table, in its order
   */
  public static PartOfTable of(SlicedTable whole, List<Slice> slices) {
    return new PartOfTable(whole, slices);
  }

  /** The part that is everything. */
  public static PartOfTable all(SlicedTable whole) {
    return new PartOfTable(whole, whole.slices());
  }

  @Override
  public TableShape shape() {
    return whole.shape();
  }

  @Override
  public List<Slice> slices() {
    return slices;
  }

  @Override
  public Optional<String> storeKey() {
    return whole.storeKey();
  }

  @Override
  public String identityOf(String column) {
    return whole.identityOf(column);
  }

  @Override
  public Dataset<Row> rows() {
    if (slices.size() == whole.slices().size()) {
      return whole.rows();
    }
    if (slices.isEmpty()) {
      return whole.rows().limit(0);
    }
    if (opened == null) {
      opened = whole.open(slices);
    }
    return opened.rows().drop(SLICE_COLUMN);
  }

  @Override
  public String settled(String sql) {
    return whole.settled(sql);
  }

  @Override
  public Dataset<Row> schema() {
    return whole.schema();
  }

  @Override
  public Optional<AssayException> refusal(Throwable failure) {
    return whole.refusal(failure);
  }

  @Override
  public Opened open(List<Slice> wanted) {
    return whole.open(wanted);
  }

  @Override
  public void close() {
    if (opened != null) {
      opened.close();
      opened = null;
    }
  }
}
