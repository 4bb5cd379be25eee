package dev.assay.jobs;

import dev.assay.model.job.Input;
import java.util.List;
import java.util.Map;

/** What a classify job must have and must not. */
final class ClassifyKind {
  private ClassifyKind() {}

  static void check(Yaml yaml, Map<String, Input> inputs) {
    yaml.require("classify");
    boolean oneTable =
        inputs.size() == 1 && inputs.values().iterator().next() instanceof Input.Table;
    if (!oneTable) {
      throw yaml.require("inputs")
          .error(
              "a classify job has %d inputs, or files".formatted(inputs.size()),
              "Expected one table with the messages; a prepare job reads files.");
    }
    for (String key : List.of("sql", "steps")) {
      yaml.find(key)
          .ifPresent(
              value -> {
                throw value.error(
                    "a classify job has no %s".formatted(key),
                    "Do that in the job that writes its input.");
              });
    }
  }
}
