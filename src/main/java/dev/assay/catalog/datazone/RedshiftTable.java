package dev.assay.catalog.datazone;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;

/** A table or view of Redshift. */
public record RedshiftTable(String database, String schema, String name) {
  /**
   * Reads {@code database.schema.table}.
   *
   * @throws AssayException if it is anything else
   */
  public static RedshiftTable parse(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3 || java.util.Arrays.stream(parts).anyMatch(String::isEmpty)) {
      throw new AssayException(
          ExitKind.USAGE,
          "'%s' is no table of Redshift. Expected database.schema.table.".formatted(text));
    }
    return new RedshiftTable(parts[0], parts[1], parts[2]);
  }

  @Override
  public String toString() {
    return "%s.%s.%s".formatted(database, schema, name);
  }
}
