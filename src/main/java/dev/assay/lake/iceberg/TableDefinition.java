package dev.assay.lake.iceberg;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.Output;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.types.StructType;

/** Creates a job's table from its output settings. */
final class TableDefinition {
  private static final Pattern TRANSFORM =
      Pattern.compile(
          "(years|months|days|hours|bucket|truncate)\\((?:(\\d+)\\s*,\\s*)?([^,)]+)\\)");

  /** A table property: who made the table. */
  private static final String MADE_BY = "assay.made-by";

  private final LakeCatalog catalog;
  private final Output output;

  TableDefinition(LakeCatalog catalog, Output output) {
    this.catalog = catalog;
    this.output = output;
  }

  Table create(StructType rows) {
    catalog.ensureNamespace(output.table());
    Schema schema = SparkSchemaUtil.convert(rows);
    Map<String, String> properties = TableSettings.wanted(output);
    properties.putIfAbsent(TableProperties.FORMAT_VERSION, "2");
    properties.put(MADE_BY, "assay");
    try {
      return catalog
          .iceberg()
          .buildTable(LakeCatalog.identifier(output.table()), commented(schema))
          .withPartitionSpec(partitioning(schema))
          .withSortOrder(sorting(schema))
          .withProperties(properties)
          .create();
    } catch (AlreadyExistsException e) {
      return catalog.find(output.table()).orElseThrow(() -> e);
    }
  }

  /** Whether a run of Assay made the table. */
  static boolean isOurs(Table table) {
    return table.properties().containsKey(MADE_BY);
  }

  /**
   * Refuses a job whose partitions are no longer those of its table: it would go on being written
   * the old way without a word.
   */
  void requireSamePartitions(Table table) {
    if (output.partition().isEmpty()) {
      // nothing is asked for: also a table that somebody else made keeps its own
      return;
    }
    PartitionSpec wanted = partitioning(table.schema());
    if (!wanted.compatibleWith(table.spec())) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "%s: output.partition is %s, and the table is partitioned by %s. Change the table with ALTER TABLE ... REPLACE PARTITION FIELD, or write another table."
              .formatted(
                  output.table(),
                  output.partition(),
                  table.spec().fields().isEmpty() ? "nothing" : table.spec().fields()));
    }
  }

  private Schema commented(Schema schema) {
    List<org.apache.iceberg.types.Types.NestedField> fields =
        schema.columns().stream()
            .map(
                field ->
                    output.comments().containsKey(field.name())
                        ? org.apache.iceberg.types.Types.NestedField.from(field)
                            .withDoc(output.comments().get(field.name()))
                            .build()
                        : field)
            .toList();
    return new Schema(fields);
  }

  private PartitionSpec partitioning(Schema schema) {
    PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
    List<String> transforms =
        output.partition().isEmpty() && output.mode() == Output.Mode.APPEND
            ? List.of(Output.DATE_COLUMN)
            : output.partition();
    for (String transform : transforms) {
      try {
        add(spec, transform.trim());
      } catch (IllegalArgumentException | ValidationException e) {
        throw wrong("partition", transform, e);
      }
    }
    return spec.build();
  }

  private static void add(PartitionSpec.Builder spec, String transform) {
    Matcher matcher = TRANSFORM.matcher(transform);
    if (!matcher.matches()) {
      spec.identity(transform);
      return;
    }
    String column = matcher.group(3).trim();
    switch (matcher.group(1)) {
      case "years" -> spec.year(column);
      case "months" -> spec.month(column);
      case "days" -> spec.day(column);
      case "hours" -> spec.hour(column);
      case "bucket" -> spec.bucket(column, Integer.parseInt(matcher.group(2)));
      default -> spec.truncate(column, Integer.parseInt(matcher.group(2)));
    }
  }

  /**
   * The order of the table's files.
   *
   * @throws AssayException if a column of it is not there
   */
  SortOrder sorting(Schema schema) {
    SortOrder.Builder order = SortOrder.builderFor(schema);
    for (String column : output.sort()) {
      try {
        order.asc(column.trim());
      } catch (IllegalArgumentException | ValidationException e) {
        throw wrong("sort", column, e);
      }
    }
    return order.build();
  }

  private AssayException wrong(String key, String value, RuntimeException cause) {
    return new AssayException(
        ExitKind.WRONG_FILES,
        "%s: output.%s '%s' cannot be used: %s"
            .formatted(output.table(), key, value, cause.getMessage()),
        cause);
  }
}
