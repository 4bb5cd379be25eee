package dev.assay.prepare;

import dev.assay.model.job.Step;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which columns steps make of each source column, forward through renames and derived columns. */
final class MadeColumns {
  /** The source columns that each column holds something of, at the step that is looked at. */
  private final Map<String, Set<String>> sources = new HashMap<>();

  private final Map<String, Set<String>> made = new HashMap<>();

  private MadeColumns() {}

  static MadeColumns of(List<String> sourceColumns, List<Step> steps) {
    MadeColumns columns = new MadeColumns();
    for (String column : sourceColumns) {
      columns.hold(column, Set.of(lower(column)));
    }
    steps.forEach(columns::follow);
    return columns;
  }

  /** The source column itself, and all that is made of it at some step, as they are written. */
  Set<String> of(String sourceColumn) {
    return made.getOrDefault(lower(sourceColumn), Set.of(sourceColumn));
  }

  private void follow(Step step) {
    if (step instanceof Step.Renaming renaming) {
      Map<String, Set<String>> before = new HashMap<>(sources);
      renaming.names().keySet().forEach(old -> sources.remove(lower(old)));
      renaming
          .names()
          .forEach(
              (old, name) -> {
                Set<String> held = before.get(lower(old));
                // a mapping that jobs share names columns that this one has not
                if (held != null) {
                  hold(name, held);
                }
              });
    } else if (step instanceof Step.Derive derive) {
      derive.expressions().forEach((name, sql) -> hold(name, sourcesOf(sql)));
    }
  }

  private Set<String> sourcesOf(String sql) {
    Set<String> all = new LinkedHashSet<>();
    for (String column : ProtectedSources.columnsIn(sql)) {
      if (column.equals(ProtectedSources.EVERY)) {
        sources.values().forEach(all::addAll);
      } else {
        all.addAll(sources.getOrDefault(lower(column), Set.of()));
      }
    }
    return all;
  }

  private void hold(String column, Set<String> held) {
    sources.put(lower(column), Set.copyOf(held));
    held.forEach(source -> made.computeIfAbsent(source, key -> new LinkedHashSet<>()).add(column));
  }

  /** Spark does not tell case apart. */
  private static String lower(String column) {
    return column.toLowerCase(Locale.ROOT);
  }
}
