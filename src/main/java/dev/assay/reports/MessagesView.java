package dev.assay.reports;

import dev.assay.model.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What verdicts about messages came to, run by run, from the ledger's metrics. */
final class MessagesView {
  private final TableReport report;

  MessagesView(TableReport report) {
    this.report = report;
  }

  /** Empty for a table that holds no verdicts. */
  Map<String, Object> model() {
    Map<String, Object> model = new LinkedHashMap<>();
    List<Map<String, String>> runs = new ArrayList<>();
    report
        .history()
        .forEach(
            run -> {
              Map<String, Double> decisions = named("Verdicts", run.runId());
              if (!decisions.isEmpty()) {
                runs.add(
                    Map.of(
                        "date", run.dataDate().toString(),
                        "compliant", count(decisions, "compliant"),
                        "restricted", count(decisions, "restricted"),
                        "review", count(decisions, "review"),
                        "categories", text(named("Restricted", run.runId()))));
              }
            });
    if (runs.isEmpty()) {
      return model;
    }
    String run = report.run().runId();
    model.put("runs", runs);
    model.put("reasons", text(named("Review", run)));
    model.put("personalData", text(named("PersonalData", run)));
    Optional<Classified> classified = Classified.of(metrics(run));
    model.put("asked", classified.map(Classified::asked).orElse(""));
    model.put("cost", classified.map(Classified::costs).orElse(""));
    model.put("saving", classified.map(Classified::saving).orElse(""));
    model.put(
        "examples",
        report.messages().stream()
            .map(
                message ->
                    Map.of(
                        "decision", message.decision(),
                        "why", message.why().toLowerCase(Locale.ROOT),
                        "text", message.text()))
            .toList());
    return model;
  }

  private Map<String, Double> named(String name, String run) {
    Map<String, Double> values = new TreeMap<>();
    metrics(run).stream()
        .filter(metric -> metric.name().equals(name))
        .forEach(metric -> values.put(metric.detail(), metric.value()));
    return values;
  }

  private List<Metric> metrics(String run) {
    return report.metrics().getOrDefault(run, List.of());
  }

  private static String count(Map<String, Double> values, String name) {
    return Numbers.count(values.getOrDefault(name, 0.0).longValue());
  }

  private static String text(Map<String, Double> values) {
    List<String> parts = new ArrayList<>();
    values.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .forEach(
            entry ->
                parts.add(
                    "%s %s"
                        .formatted(
                            entry.getKey().toLowerCase(Locale.ROOT),
                            Numbers.count(entry.getValue().longValue()))));
    return String.join(", ", parts);
  }
}
