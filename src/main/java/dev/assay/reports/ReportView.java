package dev.assay.reports;

import dev.assay.model.MergeCounts;
import dev.assay.model.RuleOutcome;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.ScoreScope;
import dev.assay.scores.Explanation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A table's report as the template wants it: text and lists only. */
final class ReportView {
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final int MOST_PARTITIONS = 8;

  private final TableReport report;
  private final RunRecord run;
  private final List<HtmlReport.Link> announced;

  ReportView(TableReport report, List<HtmlReport.Link> announced) {
    this.report = report;
    this.announced = announced;
    this.run = report.run();
  }

  Map<String, Object> model() {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("table", run.table().toString());
    model.put("anchor", run.table().toString().replace('.', '-'));
    model.put("state", RunHistory.state(run));
    model.put("held", run.state() == RunState.HELD);
    model.put("score", Numbers.score(run.score().value()));
    model.put("grade", grade());
    model.put("batch", run.scope() == ScoreScope.BATCH);
    model.put("coverage", Numbers.points(run.score().coverage()));
    model.put(
        "change",
        Numbers.change(
            run.score().value(), report.previous().flatMap(other -> other.score().value())));
    model.put("dataDate", run.dataDate().toString());
    model.put("started", SECOND.format(run.startedAt()));
    model.put("counts", counts());
    model.put("gateReasons", run.gateReasons());
    model.put(
        "holdTitle",
        switch (run.state()) {
          case HELD -> "Why it is held";
          case DISCARDED -> "Why it was held";
          default -> "Published; why the gate would hold it";
        });
    model.put("note", run.note());
    model.put("lost", lost());
    model.put("lostByColumn", lostByColumn());
    model.put("lostByPartition", lostByPartition());
    model.put("changes", changes());
    model.put("rules", rules());
    model.put("quarantine", quarantine());
    model.put("samples", samples());
    model.put("messages", new MessagesView(report).model());
    model.put("trend", trend());
    model.put("inputs", Inputs.brief(run.inputs()));
    model.put("announced", announced);
    model.put("footer", footer());
    return model;
  }

  private String grade() {
    if (run.state() == RunState.HELD) {
      return "bad";
    }
    return run.score().failed() + run.score().unanswered() == 0 ? "good" : "fair";
  }

  private List<Map<String, String>> counts() {
    List<Map<String, String>> counts = new ArrayList<>();
    counts.add(pair("read", run.counts().read()));
    counts.add(pair("filtered", run.counts().filteredTotal()));
    counts.add(pair("duplicates", run.counts().duplicatesTotal()));
    counts.add(pair("quarantined", run.counts().quarantined()));
    counts.add(pair("written", run.counts().written()));
    run.merged().ifPresent(merged -> addMerged(merged, counts));
    return counts;
  }

  private static void addMerged(MergeCounts merged, List<Map<String, String>> counts) {
    counts.add(pair("inserted", merged.inserted()));
    counts.add(pair("updated", merged.updated()));
    counts.add(pair("deleted", merged.deleted()));
    counts.add(pair("unchanged", merged.unchanged()));
  }

  private static Map<String, String> pair(String label, long count) {
    return Map.of("label", label, "value", Numbers.count(count));
  }

  private List<Map<String, Object>> lost() {
    return report.explanation().lost().stream().map(ReportView::lost).toList();
  }

  private static Map<String, Object> lost(Explanation.Lost lost) {
    return Map.of(
        "rule", lost.outcome().rule(),
        "points", Numbers.points(lost.points()),
        "width", lost.points().setScale(2, RoundingMode.HALF_UP).toPlainString(),
        "message", lost.outcome().message());
  }

  private List<Map<String, String>> lostByColumn() {
    List<Map<String, String>> columns = new ArrayList<>();
    report.explanation().lostByColumn().entrySet().stream()
        .sorted(Map.Entry.<String, BigDecimal>comparingByValue().reversed())
        .forEach(
            entry ->
                columns.add(
                    Map.of("column", entry.getKey(), "points", Numbers.points(entry.getValue()))));
    return columns;
  }

  private List<Map<String, String>> lostByPartition() {
    return report.explanation().lostByPartition().stream()
        .limit(MOST_PARTITIONS)
        .map(
            loss ->
                Map.of(
                    "partition", loss.partition(),
                    "rule", loss.outcome().rule(),
                    "rows", Numbers.count(loss.rows()),
                    "points", Numbers.points(loss.points())))
        .toList();
  }

  private List<Map<String, String>> changes() {
    return report.explanation().changes().stream()
        .map(
            change ->
                Map.of(
                    "rule", change.rule(),
                    "before", change.before().map(ReportView::word).orElse("new"),
                    "now", word(change.now())))
        .toList();
  }

  private static String word(RuleOutcome.Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  private List<Map<String, String>> rules() {
    return report.outcomes().stream().map(ReportView::rule).toList();
  }

  private static Map<String, String> rule(RuleOutcome outcome) {
    return Map.of(
        "verdict", word(outcome.verdict()),
        "sign", ScoreText.sign(outcome),
        "rule", outcome.rule(),
        "observed", outcome.observed(),
        "message", outcome.unanswered() ? outcome.message() : "",
        "evidence", EvidenceText.of(outcome.cost().trace()),
        "labels", labels(outcome));
  }

  private static String labels(RuleOutcome outcome) {
    return String.join(
        ", ",
        outcome.labels().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(label -> label.getKey() + "=" + label.getValue())
            .toList());
  }

  private List<Map<String, String>> quarantine() {
    return report.quarantine().stream()
        .map(
            count -> Map.of("reason", RunSummary.words(count), "rows", Numbers.count(count.rows())))
        .toList();
  }

  private List<Map<String, String>> samples() {
    return report.samples().stream()
        .map(
            sample ->
                Map.of(
                    "source",
                    sample.source(),
                    "shape",
                    sample.shape(),
                    "reasons",
                    sample.reasons()))
        .toList();
  }

  private Map<String, Object> trend() {
    List<String> labels = new ArrayList<>();
    List<String> scores = new ArrayList<>();
    List<String> coverages = new ArrayList<>();
    List<RunRecord> oldestFirst = new ArrayList<>(report.history());
    Collections.reverse(oldestFirst);
    for (RunRecord past : oldestFirst) {
      String batch = past.scope() == ScoreScope.BATCH ? " (batch)" : "";
      String held = past.state() == RunState.HELD ? " (held)" : "";
      labels.add(past.dataDate() + batch + held);
      // no score is a gap, never a zero
      scores.add(past.score().value().map(BigDecimal::toPlainString).orElse("null"));
      coverages.add(past.score().coverage().toPlainString());
    }
    return Map.of("labels", labels, "scores", scores, "coverages", coverages);
  }

  private List<Map<String, String>> footer() {
    List<Map<String, String>> footer = new ArrayList<>();
    footer.add(Map.of("label", "run", "value", run.runId()));
    footer.add(Map.of("label", "snapshot", "value", String.valueOf(run.snapshot())));
    footer.add(
        Map.of(
            "label",
            "main before",
            "value",
            run.parentSnapshot().map(String::valueOf).orElse("none")));
    new TreeMap<>(run.references())
        .forEach(
            (alias, table) -> footer.add(Map.of("label", "compared " + alias, "value", table)));
    footer.add(Map.of("label", "ruleset", "value", run.ruleset().brief()));
    footer.add(Map.of("label", "input", "value", run.content().brief()));
    footer.add(Map.of("label", "now() meant", "value", SECOND.format(run.evaluationInstant())));
    footer.add(Map.of("label", "Assay", "value", run.productVersion()));
    return footer;
  }
}
