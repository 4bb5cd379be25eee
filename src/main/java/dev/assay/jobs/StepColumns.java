package dev.assay.jobs;

import dev.assay.model.job.ColumnSpec;
import dev.assay.model.job.Input;
import dev.assay.model.job.Protection;
import dev.assay.model.job.RenameProblem;
import dev.assay.model.job.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Follows declared columns through the steps of a job, and refuses renamings that cannot work. */
final class StepColumns {
  private StepColumns() {}

  /**
   * Checks the steps of a job whose only input declares its columns; says nothing of others.
   *
   * @param list where the steps stand, one item each
   * @throws InvalidJobException if a step gives names that it cannot give
   */
  static void check(Yaml list, List<Step> steps, Collection<Input> inputs) {
    if (inputs.size() != 1
        || !(inputs.iterator().next() instanceof Input.Files files)
        || files.columns().isEmpty()) {
      return;
    }
    List<Yaml> items = list.items();
    List<String> columns = files.columns().stream().map(ColumnSpec::name).toList();
    for (int index = 0; index < steps.size(); index++) {
      if (steps.get(index) instanceof Step.Renaming renaming) {
        Yaml item = items.get(index);
        RenameProblem.of(renaming, columns)
            .ifPresent(
                problem -> {
                  throw item.error(problem.found(), problem.remedy());
                });
      }
      columns = after(steps.get(index), columns);
    }
  }

  private static List<String> after(Step step, List<String> columns) {
    if (step instanceof Step.Renaming renaming) {
      return RenameProblem.after(renaming, columns);
    }
    List<String> after = new ArrayList<>(columns);
    if (step instanceof Step.Derive derive) {
      derive.expressions().keySet().stream()
          .filter(column -> !after.contains(column))
          .forEach(after::add);
    } else if (step instanceof Step.Drop drop) {
      after.removeAll(drop.columns());
    } else if (step instanceof Step.Protect protect) {
      after.removeIf(column -> protect.columns().get(column) == Protection.DROP);
    }
    return after;
  }
}
