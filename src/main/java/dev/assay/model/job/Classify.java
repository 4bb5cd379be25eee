package dev.assay.model.job;

import dev.assay.model.message.Thresholds;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a classify job reads its messages and decides about them.
 *
 * @param key columns that tell messages apart
 * @param text the column with the text
 * @param keep columns that the verdicts repeat
 * @param model the name of a trained model; {@code name@version} for one version
 * @param by who classifies
 * @param thresholds by category, in the place of the model's own
 * @param margin below a threshold, for review
 * @param languages ISO 639-1, in which the model can judge
 * @param personalData who looks for personal data
 * @param region where telephone numbers without a country code are from, ISO 3166
 * @param maximumCost of one run, in the currency of the profile's prices
 */
public record Classify(
    List<String> key,
    String text,
    List<String> keep,
    String model,
    By by,
    Map<String, Double> thresholds,
    double margin,
    List<String> languages,
    Detector personalData,
    String region,
    Optional<BigDecimal> maximumCost) {
  public Classify {
    key = List.copyOf(key);
    keep = List.copyOf(keep);
    thresholds = java.util.Collections.unmodifiableMap(new TreeMap<>(thresholds));
    languages = List.copyOf(languages);
  }

  /** Who classifies. */
  public enum By {
    /** The model on this machine. */
    LOCAL,
    /** A Comprehend endpoint, text by text. */
    ENDPOINT,
    /** Comprehend jobs over files. */
    BATCH,
    /** The local model, and a Comprehend endpoint for what it is unsure of. */
    CASCADE
  }

  /** Who looks for personal data. */
  public enum Detector {
    LOCAL,
    COMPREHEND,
    NONE
  }

  /**
   * The same with another model, to compare decisions: without a search for personal data, which no
   * decision depends on and which may cost.
   */
  public Classify comparedWith(String other) {
    return new Classify(
        key,
        text,
        keep,
        other,
        by,
        thresholds,
        margin,
        languages,
        Detector.NONE,
        region,
        maximumCost);
  }

  /** The thresholds of a job with a model that has some itself. */
  public Thresholds over(Thresholds ofModel) {
    return ofModel.with(thresholds, margin);
  }
}
