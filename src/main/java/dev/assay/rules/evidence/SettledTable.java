package dev.assay.rules.evidence;

import dev.assay.model.AssayException;
import dev.assay.rules.plan.TableShape;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A table for which it is a certain instant, also in SQL. */
public final class SettledTable implements SlicedTable {
  private final SlicedTable table;
  private final UnaryOperator<String> present;

  private SettledTable(SlicedTable table, UnaryOperator<String> present) {
    this.table = table;
    this.present = present;
  }

  /** The table at an instant. */
  public static SettledTable at(Instant instant, SlicedTable table) {
    ZoneId zone =
        ZoneId.of(
            table.schema().sparkSession().conf().get("spark.sql.session.timeZone"),
            ZoneId.SHORT_IDS);
    return new SettledTable(table, new PresentTime(instant, zone, table.shape().columns()));
  }

  @Override
  public String settled(String sql) {
    return present.apply(sql);
  }

  @Override
  public TableShape shape() {
    return table.shape();
  }

  @Override
  public List<Slice> slices() {
    return table.slices();
  }

  @Override
  public Optional<String> storeKey() {
    return table.storeKey();
  }

  @Override
  public String identityOf(String column) {
    return table.identityOf(column);
  }

  @Override
  public Dataset<Row> rows() {
    return table.rows();
  }

  @Override
  public Dataset<Row> schema() {
    return table.schema();
  }

  @Override
  public Optional<AssayException> refusal(Throwable failure) {
    return table.refusal(failure);
  }

  @Override
  public Opened open(List<Slice> slices) {
    return table.open(slices);
  }
}
