package dev.assay.rules.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The columns of a table in their order, with their Spark SQL types.
 *
 * @param types for example {@code vin → string, distance_km → decimal(10,2)}
 */
public record TableShape(Map<String, String> types) {
  public TableShape {
    types = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(types));
  }

  public List<String> columns() {
    return List.copyOf(types.keySet());
  }

  /** The column a rule means: the exact name, or else the only one that differs in case. */
  public Optional<String> find(String name) {
    if (types.containsKey(name)) {
      return Optional.of(name);
    }
    List<String> near =
        types.keySet().stream().filter(column -> column.equalsIgnoreCase(name)).toList();
    return near.size() == 1 ? Optional.of(near.get(0)) : Optional.empty();
  }

  public Kind kindOf(String column) {
    return Kind.of(types.getOrDefault(column, ""));
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
