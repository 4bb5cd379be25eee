package dev.assay.reports;

import dev.assay.messages.comprehend.ComprehendTrainer;
import dev.assay.messages.local.ModelCard;
import dev.assay.messages.local.Quality;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A model's quality in the terminal. */
public final class ModelSummary {
  private ModelSummary() {}

  private record Line(String name, String texts, Quality.Measures measures, String threshold) {}

  /** A table of the test texts, or else of the held-out training texts, and what it comes to. */
  public static String text(ModelCard card) {
    Quality quality = card.test().orElse(card.heldOut());
    List<Line> lines = new ArrayList<>();
    quality
        .byCategory()
        .forEach(
            (category, measures) ->
                lines.add(
                    new Line(
                        category,
                        Numbers.count(measures.positives()),
                        measures,
                        number(card.thresholds().getOrDefault(category, 0.0)))));
    lines.add(
        new Line(
            "restricted (any)",
            Numbers.count(quality.restricted().positives()),
            quality.restricted(),
            ""));
    StringBuilder text = new StringBuilder();
    text.append(
        "%n%s@%s · %s %s%n"
            .formatted(
                card.name(),
                card.version(),
                Numbers.count(quality.texts()),
                card.test().isPresent() ? "test texts" : "held-out training texts"));
    text.append(
        new TextTable<Line>()
            .left("category", Line::name)
            .right("texts", Line::texts)
            .right("precision", line -> interval(line.measures().precision()))
            .right("recall", line -> interval(line.measures().recall()))
            .right("F1", line -> interval(line.measures().f1()))
            .right("threshold", Line::threshold)
            .of(lines));
    text.append(
        "%nmacro-F1 %s; in brackets 95 %% bootstrap intervals%n"
            .formatted(interval(quality.macroF1())));
    card.disguised()
        .ifPresent(
            disguised ->
                text.append(
                    "the same texts disguised: recall of restricted %s, precision %s%n"
                        .formatted(
                            interval(disguised.restricted().recall()),
                            interval(disguised.restricted().precision()))));
    return text.toString();
  }

  /**
   * What Comprehend measured; it says nothing about single categories, and chooses no thresholds.
   */
  public static String text(String name, ComprehendTrainer.Trained trained) {
    Map<String, Double> metrics = trained.metrics();
    List<String> rows = new ArrayList<>();
    if (metrics.containsKey("F1Score")) {
      rows.add("");
    }
    if (metrics.containsKey("MicroF1Score")) {
      rows.add("Micro");
    }
    StringBuilder text = new StringBuilder();
    text.append(
        "%n%s · trained on %s texts, measured by Comprehend on %s others%n"
            .formatted(
                name, Numbers.count(trained.documents()), Numbers.count(trained.testDocuments())));
    if (rows.isEmpty()) {
      return text.append("Comprehend measured nothing.%n".formatted()).toString();
    }
    text.append(
        new TextTable<String>()
            .left("category", row -> row.isEmpty() ? "all (mean of labels)" : "all (over texts)")
            .right("precision", row -> number(metrics, row + "Precision"))
            .right("recall", row -> number(metrics, row + "Recall"))
            .right("F1", row -> number(metrics, row + "F1Score"))
            .of(rows));
    text.append(
        "%naccuracy %s, Hamming loss %s%n"
            .formatted(number(metrics, "Accuracy"), number(metrics, "HammingLoss")));
    return text.toString();
  }

  private static String number(Map<String, Double> metrics, String name) {
    return metrics.containsKey(name) ? number(metrics.getOrDefault(name, 0.0)) : "–";
  }

  private static String interval(Quality.Interval interval) {
    return "%s (%s–%s)"
        .formatted(number(interval.value()), number(interval.low()), number(interval.high()));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
