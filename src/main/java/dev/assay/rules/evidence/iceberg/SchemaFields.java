package dev.assay.rules.evidence.iceberg;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * A schema's columns and the fields of its structs by name. What lies inside lists and maps is left
 * out: a file has other numbers of such values than of rows.
 */
final class SchemaFields {
  private final Map<String, Types.NestedField> byName = new HashMap<>();
  private final Schema schema;

  SchemaFields(Schema schema) {
    this.schema = schema;
    schema.columns().forEach(column -> byName.put(column.name(), column));
    schema.columns().forEach(column -> inside(column.name(), column.type()));
  }

  private void inside(String path, Type type) {
    if (!type.isStructType()) {
      return;
    }
    type.asStructType()
        .fields()
        .forEach(field -> byName.putIfAbsent(path + "." + field.name(), field));
    type.asStructType().fields().forEach(field -> inside(path + "." + field.name(), field.type()));
  }

  /** A column or, by its path, a field; a column of that very name comes first. */
  Optional<Types.NestedField> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  boolean isColumn(Types.NestedField field) {
    return schema.asStruct().field(field.fieldId()) != null;
  }
}
