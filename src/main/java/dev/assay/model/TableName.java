package dev.assay.model;

import java.util.regex.Pattern;

/**
 * A table as jobs name it: a layer (an Iceberg namespace) and a name, both lower case.
 *
 * @param layer {@code raw}, {@code prepared}, {@code semantic}, or one of Assay's own namespaces
 */
public record TableName(String layer, String name) implements Comparable<TableName> {
  private static final Pattern PART = Pattern.compile("[a-z][a-z0-9_]*");

  public TableName {
    if (!PART.matcher(layer).matches() || !PART.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'%s.%s' is not a table name: expected layer.name in lower-case letters, digits and underscores"
              .formatted(layer, name));
    }
  }

  /**
   * Reads {@code layer.name}.
   *
   * @throws IllegalArgumentException if the text has another shape
   */
  public static TableName parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 0) {
      throw new IllegalArgumentException(
          "'%s' is not a table name: expected layer.name, for example prepared.trips"
              .formatted(text));
    }
    return new TableName(text.substring(0, dot), text.substring(dot + 1));
  }

  @Override
  public int compareTo(TableName other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return layer + "." + name;
  }
}
