package dev.assay.model;

/** Spark SQL text for names and literals. */
public final class Sql {
  private Sql() {}

  /** A column name, quoted so that any name works. */
  public static String column(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** A string literal. */
  public static String text(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
