package dev.assay.rules.evidence;

import dev.assay.rules.plan.TableShape;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A dataset: one slice, of which nothing is known and nothing can be kept. */
public final class WholeDataset implements SlicedTable {
  private final Dataset<Row> rows;
  private final Slice slice;

  public WholeDataset(Dataset<Row> rows) {
    this.rows = rows;
    this.slice = new Slice(SliceId.of("dataset"), "", "", -1, false, Slice.Metadata.NONE);
  }

  @Override
  public TableShape shape() {
    return SparkShape.of(rows.schema());
  }

  @Override
  public List<Slice> slices() {
    return List.of(slice);
  }

  @Override
  public Optional<String> storeKey() {
    return Optional.empty();
  }

  @Override
  public String identityOf(String column) {
    return column;
  }

  @Override
  public Dataset<Row> rows() {
    return rows;
  }

  @Override
  public Opened open(List<Slice> slices) {
    return new Opened() {
      @Override
      public Dataset<Row> rows() {
        return rows;
      }

      @Override
      public void close() {
        // nothing was opened
      }
    };
  }
}
