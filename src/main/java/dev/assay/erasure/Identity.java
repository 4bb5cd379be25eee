package dev.assay.erasure;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import java.io.Serializable;

/**
 * Something that a person is known by. Its text does not show the value.
 *
 * @param column the name of the columns that hold it; empty for a token, which any column may hold
 * @param value as it is written in the tables
 */
public record Identity(String column, String value) implements Serializable {
  /**
   * Reads {@code column=value}.
   *
   * @throws AssayException if it has another shape; the message does not repeat it
   */
  public static Identity parse(String text) {
    int equals = text.indexOf('=');
    String column = equals < 0 ? "" : text.substring(0, equals).strip();
    String value = equals < 0 ? "" : text.substring(equals + 1).strip();
    if (column.isEmpty() || value.isEmpty()) {
      throw new AssayException(
          ExitKind.USAGE,
          "A key is not of the form COLUMN=VALUE. Expected for example customer_id=4711; a token goes with --token.");
    }
    return new Identity(column, value);
  }

  /** Whether it is a token, of whatever column. */
  public boolean isToken() {
    return column.isEmpty();
  }

  /** Whether columns of this name hold it; Spark does not tell case apart. */
  public boolean isOf(String name) {
    return !isToken() && column.equalsIgnoreCase(name);
  }

  @Override
  public String toString() {
    return isToken() ? "a token" : column + "=…";
  }
}
