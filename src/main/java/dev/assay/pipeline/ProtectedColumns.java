package dev.assay.pipeline;

import dev.assay.model.job.Protection;
import dev.assay.model.job.Step;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The output columns that a job protects, under the names that they have in the end. */
final class ProtectedColumns {
  private ProtectedColumns() {}

  static Set<String> of(List<Step> steps) {
    return of(steps, EnumSet.allOf(Protection.class));
  }

  /** Those that are encrypted; what later steps made of one may be something else. */
  static Set<String> encrypted(List<Step> steps) {
    return of(steps, EnumSet.of(Protection.ENCRYPT));
  }

  private static Set<String> of(List<Step> steps, Set<Protection> kinds) {
    Set<String> columns = new LinkedHashSet<>();
    for (Step step : steps) {
      if (step instanceof Step.Protect protect) {
        protect
            .columns()
            .forEach(
                (column, how) -> {
                  if (kinds.contains(how)) {
                    columns.add(column);
                  }
                });
      } else if (step instanceof Step.Renaming rename) {
        rename
            .names()
            .forEach(
                (source, target) -> {
                  if (columns.contains(source)) {
                    columns.add(target);
                  }
                });
      }
    }
    return columns;
  }
}
