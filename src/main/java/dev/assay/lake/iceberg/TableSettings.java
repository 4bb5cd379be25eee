package dev.assay.lake.iceberg;

import dev.assay.model.job.Output;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.ReplaceSortOrder;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Types;

/**
 * Properties, owner, description, comments and sort order of a table. They belong to the table and
 * show on every branch, so they are brought up to date only after its rows were published.
 */
public final class TableSettings {
  private TableSettings() {}

  /**
   * Sets what differs from what the job says; what it does not name stays.
   *
   * @param facts further properties
   */
  public static void apply(LakeCatalog catalog, Output output, Map<String, String> facts) {
    Table table = catalog.find(output.table()).orElseThrow();
    Map<String, String> properties = wanted(output);
    properties.putAll(facts);
    set(table, properties);
    comments(table, output);
    sortOrder(catalog, table, output);
  }

  /** Files that are there stay as they are; those written from now on are sorted so. */
  private static void sortOrder(LakeCatalog catalog, Table table, Output output) {
    if (output.sort().isEmpty()) {
      // nothing is asked for: also a table that somebody else made keeps its own
      return;
    }
    SortOrder wanted = new TableDefinition(catalog, output).sorting(table.schema());
    if (!wanted.sameOrder(table.sortOrder())) {
      ReplaceSortOrder update = table.replaceSortOrder();
      output.sort().forEach(column -> update.asc(column.trim()));
      update.commit();
    }
  }

  /** Sets properties that differ; others stay. */
  public static void set(Table table, Map<String, String> properties) {
    Map<String, String> changed = new HashMap<>();
    properties.forEach(
        (key, value) -> {
          if (!value.equals(table.properties().get(key))) {
            changed.put(key, value);
          }
        });
    if (!changed.isEmpty()) {
      UpdateProperties update = table.updateProperties();
      changed.forEach(update::set);
      update.commit();
    }
  }

  /** The table properties that an output asks for. */
  static Map<String, String> wanted(Output output) {
    Map<String, String> properties = new HashMap<>(output.properties());
    output.owner().ifPresent(owner -> properties.put("owner", owner));
    output.description().ifPresent(text -> properties.put("comment", text));
    return properties;
  }

  private static void comments(Table table, Output output) {
    Concurrently.commit(table, now -> commentOn(now, output));
  }

  private static void commentOn(Table table, Output output) {
    UpdateSchema update = table.updateSchema();
    boolean changed = false;
    for (Types.NestedField column : table.schema().columns()) {
      String comment = output.comments().get(column.name());
      if (comment != null && !Objects.equals(comment, column.doc())) {
        update.updateColumnDoc(column.name(), comment);
        changed = true;
      }
    }
    if (changed) {
      update.commit();
    }
  }
}
