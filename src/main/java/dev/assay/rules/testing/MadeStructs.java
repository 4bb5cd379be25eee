package dev.assay.rules.testing;

import dev.assay.model.Sql;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Columns that are named by paths, put together as the structs that the paths lead through. */
final class MadeStructs {
  private final Map<String, List<String>> rest = new LinkedHashMap<>();

  private MadeStructs(Collection<String> paths) {
    for (String path : paths) {
      int dot = path.indexOf('.');
      List<String> inside =
          rest.computeIfAbsent(dot < 0 ? path : path.substring(0, dot), name -> new ArrayList<>());
      if (dot >= 0) {
        inside.add(path.substring(dot + 1));
      }
    }
  }

  /** SQL over columns of these names: one expression for each column that comes of them. */
  static String[] expressions(Collection<String> paths) {
    MadeStructs outermost = new MadeStructs(paths);
    return outermost.rest.entrySet().stream()
        .map(
            entry ->
                value("", entry.getKey(), entry.getValue()) + " AS " + Sql.column(entry.getKey()))
        .toArray(String[]::new);
  }

  /** A struct is NULL where all that it holds is. */
  private static String value(String outer, String name, List<String> inside) {
    if (inside.isEmpty()) {
      return Sql.column(outer + name);
    }
    String here = outer + name + ".";
    String present =
        inside.stream()
            .map(path -> Sql.column(here + path) + " IS NOT NULL")
            .collect(Collectors.joining(" OR "));
    String fields =
        new MadeStructs(inside)
            .rest.entrySet().stream()
                .map(
                    entry ->
                        "%s, %s"
                            .formatted(
                                Sql.text(entry.getKey()),
                                value(here, entry.getKey(), entry.getValue())))
                .collect(Collectors.joining(", "));
    return "IF(%s, named_struct(%s), NULL)".formatted(present, fields);
  }
}
