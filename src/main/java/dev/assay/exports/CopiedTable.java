package dev.assay.exports;

import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/**
 * A table of the ledger as it is, by the columns named. Columns that an earlier version of the
 * table did not have are left out.
 */
record CopiedTable(String name, List<String> columns) implements ExportedTable {
  private static final String AT = "at";

  CopiedTable {
    columns = List.copyOf(columns);
  }

  @Override
  public String source() {
    return name;
  }

  @Override
  public String time() {
    return AT;
  }

  @Override
  public Set<String> reads() {
    return new LinkedHashSet<>(columns);
  }

  @Override
  public Schema schema(Schema source) {
    List<NestedField> fields =
        columns.stream()
            .map(column -> (@Nullable NestedField) source.findField(column))
            .filter(Objects::nonNull)
            .map(Objects::requireNonNull)
            .toList();
    return new Schema(fields);
  }

  @Override
  public List<Record> rows(List<Record> month, Schema schema) {
    return month.stream()
        .map(row -> copy(row, schema))
        .sorted(
            Comparator.comparing((Record row) -> (OffsetDateTime) row.getField(AT))
                .thenComparing(Record::toString))
        .toList();
  }

  private static Record copy(Record row, Schema schema) {
    Record copy = GenericRecord.create(schema);
    for (NestedField field : schema.columns()) {
      copy.setField(field.name(), shown(field.name(), row.getField(field.name())));
    }
    return copy;
  }

  private static @Nullable Object shown(String column, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return column.equals(PartitionNames.COLUMN)
          ? PartitionNames.withoutValues(map)
          : new TreeMap<>(map);
    }
    return value;
  }
}
