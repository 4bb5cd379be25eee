package dev.assay.model.lineage;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the columns of a result come from.
 *
 * @param columns by column of the result, in its order; a column made of nothing has no source
 * @param rows what decides which rows the result has, and how they are put together
 */
public record ColumnLineage(Map<String, Set<ColumnSource>> columns, Set<ColumnSource> rows) {
  /** A job of which nothing is known. */
  public static final ColumnLineage NONE = new ColumnLineage(Map.of(), Set.of());

  public ColumnLineage {
    Map<String, Set<ColumnSource>> copy = new LinkedHashMap<>();
    columns.forEach(
        (name, sources) -> copy.put(name, Collections.unmodifiableSet(new TreeSet<>(sources))));
    columns = Collections.unmodifiableMap(copy);
    rows = Collections.unmodifiableSet(new TreeSet<>(rows));
  }
}
