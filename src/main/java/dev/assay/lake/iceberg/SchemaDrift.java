package dev.assay.lake.iceberg;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.spark.sql.types.StructType;

/**
 * How the rows' columns differ from the table's. Added and widened columns can be taken in; removed
 * and retyped ones never.
 *
 * @param added columns the table does not have
 * @param widened new type by column
 */
public record SchemaDrift(List<NestedField> added, Map<String, Type> widened) {
  static final SchemaDrift NONE = new SchemaDrift(List.of(), Map.of());

  /**
   * Compares.
   *
   * @throws AssayException if a column is gone or has a type that the table's cannot grow into
   */
  static SchemaDrift between(Table table, StructType rows, Output output) {
    Schema found = SparkSchemaUtil.convert(rows);
    List<NestedField> added = new ArrayList<>();
    Map<String, Type> widened = new TreeMap<>();
    for (NestedField column : table.schema().columns()) {
      NestedField now =
          found.columns().stream()
              .filter(field -> field.name().equals(column.name()))
              .findFirst()
              .orElseThrow(
                  () -> refused(output, "the column '%s' is gone".formatted(column.name())));
      compare(output, column, now, widened);
    }
    List<String> known = table.schema().columns().stream().map(NestedField::name).toList();
    for (NestedField column : found.columns()) {
      if (!known.contains(column.name())) {
        added.add(column);
      }
    }
    return new SchemaDrift(added, widened);
  }

  public boolean isEmpty() {
    return added.isEmpty() && widened.isEmpty();
  }

  /** The drift in words. */
  public String describe() {
    List<String> parts = new ArrayList<>();
    added.forEach(
        column -> parts.add("new column '%s' %s".formatted(column.name(), column.type())));
    widened.forEach((name, type) -> parts.add("column '%s' is now %s".formatted(name, type)));
    return String.join(", ", parts);
  }

  /** What becomes of it when the table stays as it is. */
  String describeUntaken(Table table) {
    List<String> parts = new ArrayList<>();
    if (!added.isEmpty()) {
      parts.add("left out: " + new SchemaDrift(added, Map.of()).describe());
    }
    widened.forEach(
        (name, type) ->
            parts.add(
                "column '%s' is now %s, and was written as the table's %s"
                    .formatted(name, type, table.schema().findField(name).type())));
    return String.join("; ", parts);
  }

  /** Takes the drift into the table; it shows on every branch from now on. */
  void evolve(Table table) {
    org.apache.iceberg.UpdateSchema update = table.updateSchema();
    added.forEach(column -> update.addColumn(null, column.name(), column.type(), column.doc()));
    widened.forEach((name, type) -> update.updateColumn(name, type.asPrimitiveType()));
    update.commit();
  }

  private static void compare(
      Output output, NestedField column, NestedField now, Map<String, Type> widened) {
    if (sameType(column.type(), now.type())) {
      return;
    }
    if (now.type().isPrimitiveType()
        && column.type().isPrimitiveType()
        && TypeUtil.isPromotionAllowed(column.type(), now.type().asPrimitiveType())) {
      widened.put(column.name(), now.type());
      return;
    }
    // rows narrower than the table fit as they are
    if (now.type().isPrimitiveType()
        && column.type().isPrimitiveType()
        && TypeUtil.isPromotionAllowed(now.type(), column.type().asPrimitiveType())) {
      return;
    }
    throw refused(
        output,
        "the column '%s' was %s and is %s".formatted(column.name(), column.type(), now.type()));
  }

  private static boolean sameType(Type one, Type other) {
    return one.isPrimitiveType()
        ? one.equals(other)
        : one.toString().replaceAll("\\d+: ", "").equals(other.toString().replaceAll("\\d+: ", ""));
  }

  private static AssayException refused(Output output, String what) {
    return new AssayException(
        ExitKind.WRONG_FILES,
        "%s: %s. A job may add and widen columns; for anything else make a new table or change the old one by hand."
            .formatted(output.table(), what));
  }
}
