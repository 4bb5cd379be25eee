package dev.assay.catalog.iceberg;

import dev.assay.catalog.RecordedDecision;
import dev.assay.catalog.RecordedDecisions;
import dev.assay.ledger.LedgerTable;
import dev.assay.model.TableName;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** Table {@code assay.subscriptions}. */
public final class IcebergDecisions implements RecordedDecisions {
  /** Its name in namespace {@code assay}. */
  public static final String TABLE = "subscriptions";

  private static final Schema SCHEMA =
      new Schema(
          text(1, "request", "id of the request in the catalog"),
          text(2, "table_name", "the table that was asked for"),
          text(3, "project", "whose members asked"),
          text(4, "package", "the package of the governance file that was given"),
          text(5, "verdict", "what was decided"),
          text(6, "decided_by", "who decided"),
          text(7, "why", "the reason"),
          NestedField.required(8, "at", Types.TimestampType.withZone(), "when"));

  private final LedgerTable table;

  public IcebergDecisions(Catalog catalog) {
    this.table = LedgerTable.byValue(catalog, TABLE, SCHEMA, "table_name");
  }

  @Override
  public void add(RecordedDecision decision) {
    Record row = GenericRecord.create(SCHEMA);
    row.setField("request", decision.request());
    row.setField("table_name", decision.table().toString());
    row.setField("project", decision.project());
    row.setField("package", decision.packageName());
    row.setField("verdict", decision.verdict().name());
    row.setField("decided_by", decision.decidedBy());
    row.setField("why", decision.why());
    row.setField("at", decision.at().atOffset(ZoneOffset.UTC));
    table.append(List.of(row));
  }

  @Override
  public List<RecordedDecision> read() {
    List<RecordedDecision> decisions = new ArrayList<>();
    table.read(Expressions.alwaysTrue(), row -> decisions.add(decision(row)));
    decisions.sort(Comparator.comparing(RecordedDecision::at));
    return decisions;
  }

  private static RecordedDecision decision(Record row) {
    return new RecordedDecision(
        text(row, "request"),
        TableName.parse(text(row, "table_name")),
        text(row, "project"),
        text(row, "package"),
        RecordedDecision.Verdict.valueOf(text(row, "verdict")),
        text(row, "decided_by"),
        text(row, "why"),
        ((OffsetDateTime) row.getField("at")).toInstant());
  }

  private static String text(Record row, String name) {
    return String.valueOf(row.getField(name));
  }

  private static NestedField text(int id, String name, String doc) {
    return NestedField.required(id, name, Types.StringType.get(), doc);
  }
}
