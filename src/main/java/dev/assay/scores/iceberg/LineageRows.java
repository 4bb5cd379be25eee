package dev.assay.scores.iceberg;

import dev.assay.model.RunRecord;
import dev.assay.model.TableName;
import dev.assay.model.lineage.ColumnLineage;
import dev.assay.model.lineage.ColumnSource;
import dev.assay.model.lineage.InputDataset;
import dev.assay.model.lineage.Relation;
import dev.assay.model.lineage.RunLineage;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;

/** A run's lineage as rows of the ledger, and back. */
final class LineageRows {
  static final String INPUT = "INPUT";
  private static final String COLUMN = "COLUMN";
  private static final String SOURCE = "SOURCE";
  private static final String ROWS = "ROWS";

  private final RunRecord run;
  private final List<Record> rows = new ArrayList<>();

  private LineageRows(RunRecord run) {
    this.run = run;
  }

  static List<Record> of(RunRecord run, RunLineage lineage) {
    LineageRows made = new LineageRows(run);
    for (InputDataset input : lineage.inputs()) {
      Record row = made.row(INPUT);
      row.setField("input", input.alias());
      row.setField("input_table", input.table().map(TableName::toString).orElse(null));
      row.setField("input_snapshot_id", input.snapshot().orElse(null));
      row.setField("input_location", input.location());
    }
    lineage
        .types()
        .forEach(
            (column, type) -> {
              Record row = made.row(COLUMN);
              row.setField("column", column);
              row.setField("type", type);
            });
    lineage
        .columns()
        .columns()
        .forEach(
            (column, sources) ->
                sources.forEach(source -> made.source(SOURCE, source).setField("column", column)));
    lineage.columns().rows().forEach(source -> made.source(ROWS, source));
    return made.rows;
  }

  private Record source(String kind, ColumnSource source) {
    Record row = row(kind);
    row.setField("input", source.input());
    row.setField("input_column", source.field());
    row.setField("relation", source.relation().name());
    row.setField("masked", source.masked());
    return row;
  }

  private Record row(String kind) {
    Record row = GenericRecord.create(LedgerSchemas.LINEAGE);
    row.setField("run_id", run.runId());
    row.setField("table_name", run.table().toString());
    row.setField("kind", kind);
    row.setField("ordinal", rows.size());
    row.setField("at", run.stateAt().atOffset(ZoneOffset.UTC));
    rows.add(row);
    return row;
  }

  /** Empty if the run left none. */
  static Optional<RunLineage> lineage(List<Record> unordered) {
    List<InputDataset> inputs = new ArrayList<>();
    Map<String, String> types = new LinkedHashMap<>();
    Map<String, Set<ColumnSource>> columns = new LinkedHashMap<>();
    Set<ColumnSource> deciding = new TreeSet<>();
    unordered.stream()
        .sorted(Comparator.comparing(row -> (Integer) row.getField("ordinal")))
        .forEach(
            row -> {
              switch (text(row, "kind")) {
                case INPUT -> inputs.add(input(row));
                case COLUMN -> {
                  types.put(text(row, "column"), text(row, "type"));
                  columns.put(text(row, "column"), new TreeSet<>());
                }
                case SOURCE ->
                    columns
                        .computeIfAbsent(text(row, "column"), name -> new TreeSet<>())
                        .add(source(row));
                default -> deciding.add(source(row));
              }
            });
    return unordered.isEmpty()
        ? Optional.empty()
        : Optional.of(new RunLineage(inputs, types, new ColumnLineage(columns, deciding)));
  }

  private static InputDataset input(Record row) {
    @Nullable Object table = row.getField("input_table");
    return new InputDataset(
        text(row, "input"),
        Optional.ofNullable(table).map(name -> TableName.parse(name.toString())),
        Optional.ofNullable((Long) row.getField("input_snapshot_id")),
        text(row, "input_location"));
  }

  private static ColumnSource source(Record row) {
    return new ColumnSource(
        text(row, "input"),
        text(row, "input_column"),
        Relation.valueOf(text(row, "relation")),
        (Boolean) row.getField("masked"));
  }

  private static String text(Record row, String name) {
    return String.valueOf(row.getField(name));
  }
}
