package dev.assay.messages.local;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is to be known about a model before anybody trusts it.
 *
 * @param trainedOn distinct texts
 * @param files fingerprints of the files it was made from, by name
 * @param thresholds chosen for the target recall, within bounds
 * @param heldOut on the training texts, each judged by a model that has not seen it
 * @param test on the test texts, if there are any
 * @param disguised on the same texts, disguised as senders do
 */
public record ModelCard(
    String name,
    String version,
    int trainedOn,
    Map<String, String> files,
    double targetRecall,
    Map<String, Double> thresholds,
    Quality heldOut,
    Optional<Quality> test,
    Optional<Quality> disguised) {

  /** As a text file that people read. */
  public String markdown() {
    StringBuilder card = new StringBuilder();
    card.append("# Model %s, version %s%n%n".formatted(name, version));
    card.append(
        "Logistic regression over hashed words, word pairs and letter pieces, one per category, calibrated; trained on %,d distinct texts.%n%n"
            .formatted(trainedOn));
    files.forEach(
        (file, fingerprint) -> card.append("- `%s`: SHA-256 %s%n".formatted(file, fingerprint)));
    card.append(
        "%nThresholds are the highest that reach a recall of %.2f on held-out training texts, but none is below %s or above %s.%n"
            .formatted(targetRecall, ThresholdChoice.LOWEST, ThresholdChoice.HIGHEST));
    List<String> wanting =
        heldOut.byCategory().entrySet().stream()
            .filter(category -> category.getValue().recall().value() < targetRecall)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    if (!wanting.isEmpty()) {
      card.append("Short of that recall there: %s.%n".formatted(String.join(", ", wanting)));
    }
    section(card, "Training texts, held out", heldOut);
    test.ifPresent(quality -> section(card, "Test texts", quality));
    disguised.ifPresent(quality -> section(card, "Test texts, disguised", quality));
    return card.toString();
  }

  private void section(StringBuilder card, String title, Quality quality) {
    card.append("%n## %s (%,d)%n%n".formatted(title, quality.texts()));
    card.append("| category | texts | precision | recall | F1 | threshold |\n");
    card.append("| --- | ---: | --- | --- | --- | ---: |\n");
    quality
        .byCategory()
        .forEach(
            (category, measures) ->
                card.append(
                    line(
                        category,
                        measures,
                        "%.3f".formatted(thresholds.getOrDefault(category, 0.0)))));
    card.append(line("restricted (any)", quality.restricted(), ""));
    card.append("%nMacro-F1 %s; 95 %% bootstrap intervals.%n".formatted(text(quality.macroF1())));
    confusion(card, quality);
  }

  private static String line(String name, Quality.Measures measures, String threshold) {
    return "| %s | %d | %s | %s | %s | %s |%n"
        .formatted(
            name,
            measures.positives(),
            text(measures.precision()),
            text(measures.recall()),
            text(measures.f1()),
            threshold);
  }

  private static void confusion(StringBuilder card, Quality quality) {
    Set<String> given = new TreeSet<>();
    quality.confusion().values().forEach(counts -> given.addAll(counts.keySet()));
    card.append("\n| is \\ was given | ").append(String.join(" | ", given)).append(" |\n");
    card.append("| --- |").append(" ---: |".repeat(given.size())).append('\n');
    quality
        .confusion()
        .forEach(
            (truth, counts) -> {
              card.append("| ").append(truth).append(" |");
              given.forEach(
                  category -> card.append(" %d |".formatted(counts.getOrDefault(category, 0))));
              card.append('\n');
            });
  }

  private static String text(Quality.Interval interval) {
    return String.format(
        Locale.ROOT, "%.3f (%.3f–%.3f)", interval.value(), interval.low(), interval.high());
  }
}
