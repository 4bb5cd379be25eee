package dev.assay.cli;

import dev.assay.health.Undelivered;
import dev.assay.ledger.LedgerTable;
import dev.assay.model.TableName;
import dev.assay.publishing.Delivery;
import dev.assay.publishing.iceberg.IcebergDeliveries;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/**
 * What of the ledger's deliveries has not arrived, at all destinations together: also at those that
 * the profile does not name any more. Reads only.
 */
final class OpenDeliveries {
  private static final Schema NAME =
      new Schema(NestedField.required(1, "destination", Types.StringType.get()));

  private OpenDeliveries() {}

  /** By table; those without any are left out. */
  static Map<TableName, Undelivered> of(Catalog catalog) {
    Map<List<String>, Line> newest = new HashMap<>();
    LedgerTable.byValue(catalog, IcebergDeliveries.TABLE, NAME, "destination")
        .read(
            Expressions.alwaysTrue(),
            row ->
                newest.merge(
                    List.of(text(row, "destination"), text(row, "key")), line(row), Line::later));
    return counted(newest.values());
  }

  private static Map<TableName, Undelivered> counted(Collection<Line> lines) {
    Map<TableName, Undelivered> open = new HashMap<>();
    for (Line line : lines) {
      if (line.state != Delivery.State.DELIVERED) {
        boolean parked = line.state == Delivery.State.PARKED;
        open.merge(line.table, new Undelivered(parked ? 0 : 1, parked ? 1 : 0), Undelivered::plus);
      }
    }
    return open;
  }

  private static Line line(Record row) {
    return new Line(
        TableName.parse(text(row, "table_name")),
        (Integer) row.getField("attempt"),
        Delivery.State.valueOf(text(row, "state")));
  }

  private static String text(Record row, String name) {
    return String.valueOf(row.getField(name));
  }

  private record Line(TableName table, int attempt, Delivery.State state) {
    /** The later attempt counts, and of an attempt its end, as the outbox has it. */
    Line later(Line other) {
      if (attempt != other.attempt) {
        return attempt > other.attempt ? this : other;
      }
      return state.compareTo(other.state) >= 0 ? this : other;
    }
  }
}
