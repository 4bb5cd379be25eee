package dev.assay.pipeline;

import dev.assay.model.job.Step;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The output columns that a job protects, under the names that they have in the end. */
final class ProtectedColumns {
  private ProtectedColumns() {}

  static Set<String> of(List<Step> steps) {
    Set<String> columns = new LinkedHashSet<>();
    for (Step step : steps) {
      if (step instanceof Step.Protect protect) {
        columns.addAll(protect.columns().keySet());
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
