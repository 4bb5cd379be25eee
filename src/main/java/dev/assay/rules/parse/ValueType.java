package dev.assay.rules.parse;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The types that ColumnDataType asks values to be readable as. */
public enum ValueType {
  Boolean("BOOLEAN"),
  Date("DATE"),
  Timestamp("TIMESTAMP"),
  Integer("INT"),
  Long("BIGINT"),
  Float("FLOAT"),
  Double("DOUBLE"),
  String("STRING");

  private final String sql;

  ValueType(String sql) {
    this.sql = sql;
  }

  /** As the reference spells them. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Enum::name).toList();
  }

  /** The type of a name or of what Spark calls it, in any case. */
  public static Optional<ValueType> named(String name) {
    return Arrays.stream(values())
        .filter(type -> type.name().equalsIgnoreCase(name) || type.sql.equalsIgnoreCase(name))
        .findFirst();
  }

  /** The type in Spark SQL. */
  public String sql() {
    return sql;
  }
}
