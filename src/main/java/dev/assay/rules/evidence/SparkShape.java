package dev.assay.rules.evidence;

import dev.assay.rules.plan.TableShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns of a Spark schema, and the fields of its structs. */
public final class SparkShape {
  private SparkShape() {}

  /** As rules know them. */
  public static TableShape of(StructType schema) {
    Map<String, String> types = new LinkedHashMap<>();
    Map<String, TableShape.Field> fields = new LinkedHashMap<>();
    for (StructField column : schema.fields()) {
      types.put(column.name(), column.dataType().catalogString());
      inside(column, List.of(column.name()), fields);
    }
    return new TableShape(types, fields);
  }

  /** Where two ways make the same path, the shorter way has it. */
  private static void inside(
      StructField field, List<String> parts, Map<String, TableShape.Field> fields) {
    if (!(field.dataType() instanceof StructType struct)) {
      return;
    }
    for (StructField inner : struct.fields()) {
      List<String> way = new ArrayList<>(parts);
      way.add(inner.name());
      fields.putIfAbsent(
          String.join(".", way), new TableShape.Field(inner.dataType().catalogString(), way));
    }
    for (StructField inner : struct.fields()) {
      List<String> way = new ArrayList<>(parts);
      way.add(inner.name());
      inside(inner, way, fields);
    }
  }
}
