package dev.assay.reports;

import dev.assay.model.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What classifying the messages of a run came to, in words, from the run's metrics. */
final class Classified {
  private static final String ASKED = "CascadeAsked";

  private final List<Metric> metrics;

  private Classified(List<Metric> metrics) {
    this.metrics = metrics;
  }

  /** Empty for a run that gave no verdicts. */
  static Optional<Classified> of(List<Metric> metrics) {
    return metrics.stream().anyMatch(metric -> metric.name().equals("Verdicts"))
        ? Optional.of(new Classified(metrics))
        : Optional.empty();
  }

  /** All lines of a run's summary. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(decisions());
    lines.add(costs().isEmpty() ? asked() : "%s, for %s".formatted(asked(), costs()));
    if (!saving().isEmpty()) {
      lines.add(saving());
    }
    return lines;
  }

  private String decisions() {
    Map<String, Double> decisions = named("Verdicts");
    return "%s messages: %s compliant, %s restricted, %s for review"
        .formatted(
            count(decisions.values().stream().mapToDouble(Double::doubleValue).sum()),
            count(decisions.getOrDefault("compliant", 0.0)),
            count(decisions.getOrDefault("restricted", 0.0)),
            count(decisions.getOrDefault("review", 0.0)));
  }

  /** How many texts were new. */
  String asked() {
    return "%s texts classified, %s known from before"
        .formatted(count(sum("TextsClassified")), count(sum("TextsKnown")));
  }

  /** What was paid; empty if nobody was, or nobody knows the price. */
  String costs() {
    return money("ClassificationCost");
  }

  /** What asking the local model first has saved; empty if it was not asked first. */
  String saving() {
    if (metrics.stream().noneMatch(metric -> metric.name().equals(ASKED))) {
      return "";
    }
    double settled = sum("CascadeSettled");
    double asked = sum(ASKED);
    String counts =
        "The local model settled %s of %s texts, and %s went to Comprehend"
            .formatted(count(settled), count(settled + asked), count(asked));
    String whole = money("CascadeWholeCost");
    return whole.isEmpty()
        ? counts
        : "%s: all of them would have cost about %s, and these cost %s"
            .formatted(counts, whole, costs().isEmpty() ? "nothing" : costs());
  }

  private String money(String name) {
    return metrics.stream()
        .filter(metric -> metric.name().equals(name) && !metric.detail().isEmpty())
        .map(metric -> Numbers.money(metric.value(), metric.detail()))
        .findFirst()
        .orElse("");
  }

  private double sum(String name) {
    return named(name).values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private Map<String, Double> named(String name) {
    Map<String, Double> values = new TreeMap<>();
    metrics.stream()
        .filter(metric -> metric.name().equals(name))
        .forEach(metric -> values.put(metric.detail(), metric.value()));
    return values;
  }

  private static String count(double value) {
    return Numbers.count((long) value);
  }
}
