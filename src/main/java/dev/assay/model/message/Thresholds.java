package dev.assay.model.message;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * From which confidence on a category restricts a message.
 *
 * @param byCategory one per category of the model, each over 0 and at most 1
 * @param margin how far below its threshold a category sends a message to review, 0 to 1
 */
public record Thresholds(Map<String, Double> byCategory, double margin) implements Serializable {
  /** Of a job that names none. */
  public static final double USUAL_MARGIN = 0.1;

  public Thresholds {
    byCategory = java.util.Collections.unmodifiableMap(new TreeMap<>(byCategory));
  }

  /** These thresholds, with others in their place where a job names them. */
  public Thresholds with(Map<String, Double> others, double otherMargin) {
    Map<String, Double> all = new TreeMap<>(byCategory);
    all.putAll(others);
    return new Thresholds(all, otherMargin);
  }
}
