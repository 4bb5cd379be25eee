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
          text(1, "destination", "which, as the profile names it"),
          text(2, "key", "of the announcement; the same for a repeat"),
          text(3, "kind", "what is told"),
          text(4, "table_name", "the table it is about"),
          text(5, "run_id", "the run it is about"),
          NestedField.required(
              6, "announced_at", Types.TimestampType.withZone(), "when the ledger had it to tell"),
          NestedField.required(7, "attempt", Types.IntegerType.get(), "1 for the first"),
          text(8, "state", "what came of the attempt"),
          text(9, "reason", "why it was not delivered; empty otherwise"),
          text(10, "id", "of the attempt"),
          NestedField.required(
              11, "at", Types.TimestampType.withZone(), "when the line was written"),
          NestedField.optional(
              12,
              "until",
              Types.TimestampType.withZone(),
              "of an intent: so long nobody else begins; of what waits: not before"));

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

  private static NestedField text(int id, String name, String doc) {
    return NestedField.required(id, name, Types.StringType.get(), doc);
  }
}
