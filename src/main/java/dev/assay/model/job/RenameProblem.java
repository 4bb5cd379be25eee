package dev.assay.model.job;

import dev.assay.model.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Why a step cannot give columns its new names.
 *
 * @param found what is wrong, without a full stop
 * @param remedy what to do about it
 */
public record RenameProblem(String found, String remedy) {
  /**
   * The problem, if there is one.
   *
   * @param columns those that are there before the step
   */
  public static Optional<RenameProblem> of(Step.Renaming step, List<String> columns) {
    Optional<RenameProblem> absent =
        step instanceof Step.Rename ? anyAbsent(step, columns) : allAbsent(step, columns);
    return absent.isPresent() ? absent : sameName(step, columns);
  }

  /** The columns after the step. */
  public static List<String> after(Step.Renaming step, List<String> columns) {
    return columns.stream().map(column -> step.names().getOrDefault(column, column)).toList();
  }

  private static Optional<RenameProblem> anyAbsent(Step.Renaming step, List<String> columns) {
    return step.names().keySet().stream()
        .filter(name -> !columns.contains(name))
        .findFirst()
        .map(
            name ->
                new RenameProblem(
                    "there is no column '%s' at this point".formatted(name),
                    Nearest.suggestion(name, columns)));
  }

  private static Optional<RenameProblem> allAbsent(Step.Renaming step, List<String> columns) {
    return step.names().keySet().stream().anyMatch(columns::contains)
        ? Optional.empty()
        : Optional.of(
            new RenameProblem(
                "none of the %d columns that the mapping renames is here"
                    .formatted(step.names().size()),
                "The columns here are: %s.".formatted(String.join(", ", columns))));
  }

  /** Spark does not tell case apart. */
  private static Optional<RenameProblem> sameName(Step.Renaming step, List<String> columns) {
    Map<String, List<String>> sources = new LinkedHashMap<>();
    for (String column : columns) {
      String name = step.names().getOrDefault(column, column);
      sources.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>()).add(column);
    }
    return sources.values().stream()
        .filter(same -> same.size() > 1)
        .filter(same -> same.stream().anyMatch(step.names()::containsKey))
        .findFirst()
        .map(
            same ->
                new RenameProblem(
                    "the columns '%s' would have the same name"
                        .formatted(String.join("' and '", same)),
                    "Drop all but one of them first, or leave one out of the renaming."));
  }
}
