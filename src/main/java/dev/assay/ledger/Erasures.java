package dev.assay.ledger;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Table {@code assay.erasures}: that rows were removed, when, by whom and why, and how many of
 * which table. It never holds what they were found by. Lines are added and never changed.
 */
public final class Erasures {
  private static final Schema SCHEMA =
      new Schema(
          text(1, "erasure_id", "of the call"),
          NestedField.required(
              2, "at", Types.TimestampType.withZone(), "when the line was written"),
          text(3, "kind", "forget or retention"),
          text(4, "state", "begun, or done; without a later line the call did not end"),
          text(5, "removed_by", "who called"),
          text(6, "reason", "as given, or the retention"),
          text(7, "place", "a table, or reports"),
          count(8, "rows_found", "in the table as it was"),
          count(9, "older_found", "copies in older snapshots only"),
          count(10, "rows_left", "found and not removed"),
          count(11, "unsearchable", "records that could not be looked into"),
          NestedField.required(
              12,
              "given_up",
              Types.ListType.ofRequired(13, Types.StringType.get()),
              "tags, branches and held runs that went with the rows"));

  private final LedgerTable table;

  public Erasures(Catalog catalog) {
    this.table = LedgerTable.byMonth(catalog, "erasures", SCHEMA);
  }

  /**
   * A line.
   *
   * @param kind {@code forget} or {@code retention}
   * @param done whether it is what came of it, rather than what is about to be done
   */
  public record Line(
      String erasureId,
      Instant at,
      String kind,
      boolean done,
      String by,
      String reason,
      String place,
      long rowsFound,
      long olderFound,
      long rowsLeft,
      long unsearchable,
      List<String> givenUp) {
    public Line {
      givenUp = List.copyOf(givenUp);
    }
  }

  /** Adds lines of one call, all with the same time, in one commit. */
  public void add(List<Line> lines) {
    table.append(lines.stream().map(Erasures::row).toList());
  }

  /** All lines. */
  public List<Line> all() {
    return table.scan(Expressions.alwaysTrue()).stream().map(Erasures::line).toList();
  }

  private static Record row(Line line) {
    Record row = GenericRecord.create(SCHEMA);
    row.setField("erasure_id", line.erasureId());
    row.setField("at", OffsetDateTime.ofInstant(line.at(), ZoneOffset.UTC));
    row.setField("kind", line.kind());
    row.setField("state", line.done() ? "done" : "begun");
    row.setField("removed_by", line.by());
    row.setField("reason", line.reason());
    row.setField("place", line.place());
    row.setField("rows_found", line.rowsFound());
    row.setField("older_found", line.olderFound());
    row.setField("rows_left", line.rowsLeft());
    row.setField("unsearchable", line.unsearchable());
    row.setField("given_up", line.givenUp());
    return row;
  }

  private static Line line(Record row) {
    List<String> givenUp = new ArrayList<>();
    ((List<?>) row.getField("given_up")).forEach(ref -> givenUp.add((String) ref));
    return new Line(
        (String) row.getField("erasure_id"),
        ((OffsetDateTime) row.getField("at")).toInstant(),
        (String) row.getField("kind"),
        "done".equals(row.getField("state")),
        (String) row.getField("removed_by"),
        (String) row.getField("reason"),
        (String) row.getField("place"),
        (Long) row.getField("rows_found"),
        (Long) row.getField("older_found"),
        (Long) row.getField("rows_left"),
        (Long) row.getField("unsearchable"),
        givenUp);
  }

  private static NestedField text(int id, String name, String comment) {
    return NestedField.required(id, name, Types.StringType.get(), comment);
  }

  private static NestedField count(int id, String name, String comment) {
    return NestedField.required(id, name, Types.LongType.get(), comment);
  }
}
