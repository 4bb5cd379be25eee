package dev.assay.publishing.iceberg;

import dev.assay.ledger.LedgerTable;
import dev.assay.model.TableName;
import dev.assay.publishing.Announcement;
import dev.assay.publishing.Deliveries;
import dev.assay.publishing.Delivery;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/** Table {@code assay.deliveries}, partitioned by destination. */
public final class IcebergDeliveries implements Deliveries {
  /** Its name in namespace {@code assay}. */
  public static final String TABLE = "deliveries";

  private static final Schema SCHEMA =
      new Schema(
          text(1, "destination"),
          text(2, "key"),
          text(3, "kind"),
          text(4, "table_name"),
          text(5, "run_id"),
          NestedField.required(6, "announced_at", Types.TimestampType.withZone()),
          NestedField.required(7, "attempt", Types.IntegerType.get()),
          text(8, "state"),
          text(9, "reason"),
          text(10, "id"),
          NestedField.required(11, "at", Types.TimestampType.withZone()),
          NestedField.optional(12, "until", Types.TimestampType.withZone()));

  private final LedgerTable table;
  private final Expression ofDestination;
  private Optional<Long> snapshot = Optional.empty();

  public IcebergDeliveries(Catalog catalog, String destination) {
    this.table = table(catalog);
    this.ofDestination = Expressions.equal("destination", destination);
  }

  /** How deliveries ended, at all destinations. */
  public static List<Delivery> ended(Catalog catalog) {
    List<Delivery> lines = new ArrayList<>();
    table(catalog)
        .read(
            Expressions.in("state", Delivery.State.DELIVERED.name(), Delivery.State.PARKED.name()),
            row -> lines.add(delivery(row)));
    return lines;
  }

  private static LedgerTable table(Catalog catalog) {
    return LedgerTable.byValue(catalog, TABLE, SCHEMA, "destination").writtenOften();
  }

  @Override
  public List<Delivery> read() {
    List<Delivery> lines = new ArrayList<>();
    snapshot = table.read(ofDestination, row -> lines.add(delivery(row)));
    return lines;
  }

  @Override
  public boolean add(List<Delivery> lines) {
    Optional<Long> added =
        table.appendUnlessChanged(
            ofDestination, snapshot, lines.stream().map(IcebergDeliveries::row).toList());
    if (added.isPresent()) {
      snapshot = added;
    }
    return added.isPresent();
  }

  private static Record row(Delivery line) {
    Record row = GenericRecord.create(SCHEMA);
    row.setField("destination", line.destination());
    row.setField("key", line.key());
    row.setField("kind", line.kind().name());
    row.setField("table_name", line.table().toString());
    row.setField("run_id", line.runId());
    row.setField("announced_at", utc(line.announcedAt()));
    row.setField("attempt", line.attempt());
    row.setField("state", line.state().name());
    row.setField("reason", line.reason());
    row.setField("id", line.id());
    row.setField("at", utc(line.at()));
    row.setField("until", line.until().map(IcebergDeliveries::utc).orElse(null));
    return row;
  }

  private static Delivery delivery(Record row) {
    return new Delivery(
        text(row, "destination"),
        text(row, "key"),
        Announcement.Kind.valueOf(text(row, "kind")),
        TableName.parse(text(row, "table_name")),
        text(row, "run_id"),
        Objects.requireNonNull(instant(row, "announced_at")),
        (Integer) row.getField("attempt"),
        Delivery.State.valueOf(text(row, "state")),
        text(row, "reason"),
        text(row, "id"),
        Objects.requireNonNull(instant(row, "at")),
        Optional.ofNullable(instant(row, "until")));
  }

  private static String text(Record row, String name) {
    return String.valueOf(row.getField(name));
  }

  private static @Nullable Instant instant(Record row, String name) {
    OffsetDateTime time = (OffsetDateTime) row.getField(name);
    return time == null ? null : time.toInstant();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static NestedField text(int id, String name) {
    return NestedField.required(id, name, Types.StringType.get());
  }
}
