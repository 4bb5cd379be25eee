package dev.assay.sending.iceberg;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Nearest;
import dev.assay.model.TableName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;

/** Columns of a table that a job names, as text. */
final class TableColumns {
  private TableColumns() {}

  /**
   * Refuses columns that a table does not have.
   *
   * @throws AssayException that names the job, the table and the nearest column
   */
  static void require(Path job, TableName name, Table table, List<String> wanted) {
    List<String> known = table.schema().columns().stream().map(Types.NestedField::name).toList();
    for (String column : wanted) {
      if (!known.contains(column)) {
        throw new AssayException(
            ExitKind.WRONG_FILES,
            "%s: table %s has no column '%s'. %s Nothing was sent."
                .formatted(job, name, column, Nearest.suggestion(column, known)));
      }
    }
  }

  /** A value as text; empty for NULL. */
  static String text(Record row, String column) {
    Object value = row.getField(column);
    return value == null ? "" : value.toString();
  }

  /** The values of a key, parted by a slash; in values of several it is written as %2F. */
  static String key(Record row, List<String> columns) {
    if (columns.size() == 1) {
      return text(row, columns.get(0));
    }
    List<String> values = new ArrayList<>();
    columns.forEach(
        column -> values.add(text(row, column).replace("%", "%25").replace("/", "%2F")));
    return String.join("/", values);
  }
}
