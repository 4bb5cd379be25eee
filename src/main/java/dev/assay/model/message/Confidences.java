package dev.assay.model.message;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a classifier said about a text.
 *
 * @param byCategory 0 to 1; a category that is not here was not reported
 */
public record Confidences(Map<String, Double> byCategory) {
  public Confidences {
    byCategory = java.util.Collections.unmodifiableMap(new TreeMap<>(byCategory));
  }
}
