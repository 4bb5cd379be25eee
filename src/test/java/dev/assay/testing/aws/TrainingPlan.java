package dev.assay.testing.aws;

import java.util.Map;

/**
 * What becomes of a classifier in training.
 *
 * @param ending the last status: TRAINED, TRAINED_WITH_WARNING or IN_ERROR
 * @param message what the description then says; may be empty
 * @param progress how fast
 * @param labels how many, as the description then says
 * @param trainedDocuments how many
 * @param testDocuments how many
 * @param metrics by their names in EvaluationMetrics
 */
public record TrainingPlan(
    String ending,
    String message,
    Progress progress,
    int labels,
    int trainedDocuments,
    int testDocuments,
    Map<String, Double> metrics) {
  private static final Map<String, Double> METRICS =
      Map.of(
          "Accuracy", 0.95,
          "Precision", 0.94,
          "Recall", 0.93,
          "F1Score", 0.935,
          "MicroPrecision", 0.95,
          "MicroRecall", 0.94,
          "MicroF1Score", 0.945,
          "HammingLoss", 0.02);

  /** Succeeds with good metrics, a status further with each description. */
  public static TrainingPlan trained() {
    return ending("TRAINED", "");
  }

  public static TrainingPlan trainedWithWarning(String message) {
    return ending("TRAINED_WITH_WARNING", message);
  }

  public static TrainingPlan inError(String message) {
    return ending("IN_ERROR", message);
  }

  /** The same at another pace. */
  public TrainingPlan at(Progress pace) {
    return new TrainingPlan(
        ending, message, pace, labels, trainedDocuments, testDocuments, metrics);
  }

  /** The same with other metrics. */
  public TrainingPlan measured(Map<String, Double> other) {
    return new TrainingPlan(
        ending, message, progress, labels, trainedDocuments, testDocuments, other);
  }

  private static TrainingPlan ending(String ending, String message) {
    return new TrainingPlan(ending, message, Progress.everyDescriptions(1), 3, 900, 100, METRICS);
  }
}
