package dev.assay.model.lineage;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run read, and what it made of it.
 *
 * @param types Spark's type of each column of the output, in its order
 */
public record RunLineage(
    List<InputDataset> inputs, Map<String, String> types, ColumnLineage columns) {
  public RunLineage {
    inputs = List.copyOf(inputs);
    types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
  }
}
