package dev.assay.rules.plan;

import dev.assay.model.Nearest;
import dev.assay.model.Sql;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The columns of a table in their order, with their Spark SQL types, and the fields inside those
 * that are structs. A rule names a field by its path, {@code address.city}. A column whose own name
 * is that text comes before a path.
 *
 * @param types of the columns, for example {@code vin → string, distance_km → decimal(10,2)}
 * @param fields by path, at any depth; what lies inside arrays and maps is not among them
 */
public record TableShape(Map<String, String> types, Map<String, Field> fields) {
  /**
   * A field inside a struct.
   *
   * @param type its Spark SQL type
   * @param parts the names on the way to it, the column's first
   */
  public record Field(String type, List<String> parts) {
    public Field {
      parts = List.copyOf(parts);
    }
  }

  public TableShape {
    types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** A table of which no fields are known. */
  public TableShape(Map<String, String> types) {
    this(types, Map.of());
  }

  /** The columns; fields are not columns. */
  public List<String> columns() {
    return List.copyOf(types.keySet());
  }

  /**
   * What a rule means by a name: a column of exactly this name, else the only column that differs
   * in case, else a field by the same two steps.
   */
  public Optional<String> find(String name) {
    return find(name, types).or(() -> find(name, fields));
  }

  private static Optional<String> find(String name, Map<String, ?> known) {
    if (known.containsKey(name)) {
      return Optional.of(name);
    }
    List<String> near = known.keySet().stream().filter(name::equalsIgnoreCase).toList();
    return near.size() == 1 ? Optional.of(near.get(0)) : Optional.empty();
  }

  /** The array or map that a name leads into, where rules cannot follow; empty if there is none. */
  public Optional<String> collectionOn(String name) {
    for (int dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
      Optional<String> outer = find(name.substring(0, dot));
      if (outer.isPresent() && typeOf(outer.get()).matches("(?s)(array|map)<.*")) {
        return outer;
      }
    }
    return Optional.empty();
  }

  /** The type of a column or field as {@link #find} names it; an empty text if there is none. */
  public String typeOf(String name) {
    String type = types.get(name);
    if (type != null) {
      return type;
    }
    Field field = fields.get(name);
    return field == null ? "" : field.type();
  }

  /** A column or field, as {@link #find} names it, in Spark SQL. */
  public String sql(String name) {
    Field field = types.containsKey(name) ? null : fields.get(name);
    return field == null
        ? Sql.column(name)
        : field.parts().stream().map(Sql::column).collect(Collectors.joining("."));
  }

  /** What somebody may have meant by a name that is neither a column nor a field. */
  public String suggestion(String name) {
    List<String> all = new ArrayList<>(types.keySet());
    all.addAll(fields.keySet());
    return Nearest.to(name, all).isPresent()
        ? Nearest.suggestion(name, all)
        : Nearest.suggestion(name, types.keySet());
  }

  public Kind kindOf(String name) {
    return Kind.of(typeOf(name));
  }

  /** The families of types that rules tell apart. */
  public enum Kind {
    NUMBER,
    TEXT,
    DATE,
    TIMESTAMP,
    BOOLEAN,
    OTHER;

    static Kind of(String type) {
      String base = type.contains("(") ? type.substring(0, type.indexOf('(')) : type;
      return switch (base) {
        case "tinyint", "smallint", "int", "bigint", "float", "double", "decimal" -> NUMBER;
        case "string", "varchar", "char" -> TEXT;
        case "date" -> DATE;
        case "timestamp", "timestamp_ntz" -> TIMESTAMP;
        case "boolean" -> BOOLEAN;
        default -> OTHER;
      };
    }
  }
}
