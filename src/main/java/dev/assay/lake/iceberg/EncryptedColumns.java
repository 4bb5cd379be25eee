package dev.assay.lake.iceberg;

import java.util.Set;
import org.apache.spark.sql.api.java.UDF1;

/**
 * Columns whose texts differ each time they are written, although what they stand for does not.
 *
 * @param names the columns
 * @param likeness of a text, equal for texts that stand for the same; never given NULL
 */
public record EncryptedColumns(Set<String> names, UDF1<String, String> likeness) {
  /** For rows without such columns. */
  public static final EncryptedColumns NONE = new EncryptedColumns(Set.of(), text -> text);

  public EncryptedColumns {
    names = Set.copyOf(names);
  }
}
