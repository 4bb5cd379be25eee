package dev.assay.reports;

import dev.assay.model.Metric;
import dev.assay.model.QuarantineCount;
import dev.assay.model.RuleOutcome;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.pipeline.JobResult;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The end of a run in the terminal. */
public final class RunSummary {
  /** Reasons named per table; the rest is in the report. */
  private static final int MOST_LINES = 4;

  private final String title;
  private final List<JobResult> results;
  private final Function<RunRecord, List<Metric>> metrics;

  private RunSummary(
      String title, List<JobResult> results, Function<RunRecord, List<Metric>> metrics) {
    this.title = title;
    this.results = results;
    this.metrics = metrics;
  }

  public static RunSummary of(String pipeline, LocalDate dataDate, List<JobResult> results) {
    return of(pipeline, dataDate, results, run -> List.of());
  }

  /**
   * With what came of messages.
   *
   * @param metrics of a run of this summary; none of one that gave no verdicts
   */
  public static RunSummary of(
      String pipeline,
      LocalDate dataDate,
      List<JobResult> results,
      Function<RunRecord, List<Metric>> metrics) {
    return new RunSummary("%s · %s".formatted(pipeline, dataDate), results, metrics);
  }

  /** The text, several lines. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append("\n").append(title).append("\n");
    text.append(table()).append("\n");
    List<String> remarks = new ArrayList<>();
    results.forEach(result -> remarks.addAll(remarks(result)));
    remarks.forEach(remark -> text.append(remark).append("\n"));
    return text.toString();
  }

  private String table() {
    return new TextTable<JobResult>()
        .left("table", result -> result.table().toString())
        .right("score", result -> number(result, ScoreText::of))
        .right("change", RunSummary::change)
        .right("coverage", result -> number(result, RunSummary::coverage))
        .right("read", result -> number(result, run -> Numbers.count(run.counts().read())))
        .right(
            "filtered",
            result -> number(result, run -> Numbers.count(run.counts().filteredTotal())))
        .right(
            "dupl.", result -> number(result, run -> Numbers.count(run.counts().duplicatesTotal())))
        .right("quar.", result -> number(result, run -> Numbers.count(run.counts().quarantined())))
        .right("written", result -> number(result, run -> Numbers.count(run.counts().written())))
        .right("scanned", RunSummary::scanned)
        .left("gate", RunSummary::gate)
        .of(results);
  }

  private static String number(JobResult result, Function<RunRecord, String> cell) {
    return result.run().map(cell).orElse("");
  }

  private static String coverage(RunRecord run) {
    return Numbers.points(run.score().coverage()) + " %";
  }

  private static String change(JobResult result) {
    return Numbers.change(
        result.run().flatMap(run -> run.score().value()),
        result.previous().flatMap(run -> run.score().value()));
  }

  private static String scanned(JobResult result) {
    return result.ending() == JobResult.Ending.UNCHANGED
        ? ""
        : EvidenceText.scanned(result.outcomes());
  }

  private static String gate(JobResult result) {
    return switch (result.ending()) {
      case PUBLISHED -> "published";
      case HELD -> "HELD";
      case UNCHANGED -> "nothing to do";
      case RESCORED -> "scored again";
      case SKIPPED -> "skipped";
      case FAILED -> "FAILED";
    };
  }

  private List<String> remarks(JobResult result) {
    List<String> lines = new ArrayList<>();
    if (!result.message().isEmpty()) {
      lines.add("");
      lines.add("%s %s: %s".formatted(result.table(), gate(result), result.message()));
    }
    result.run().ifPresent(run -> held(result.ending(), run, lines));
    if (result.ending() == JobResult.Ending.PUBLISHED || result.ending() == JobResult.Ending.HELD) {
      result
          .run()
          .flatMap(run -> Classified.of(metrics.apply(run)))
          .ifPresent(classified -> messages(result, classified, lines));
    }
    List<RuleOutcome> failed =
        result.outcomes().stream().filter(outcome -> !outcome.passed()).toList();
    if (result.ending() != JobResult.Ending.UNCHANGED) {
      rules(result, failed, lines);
      quarantine(result, lines);
    }
    return lines;
  }

  private static void messages(JobResult result, Classified classified, List<String> lines) {
    lines.add("");
    lines.add("%s: %s".formatted(result.table(), classified.lines().get(0)));
    classified.lines().stream().skip(1).forEach(line -> lines.add("  " + line));
  }

  private static void held(JobResult.Ending ending, RunRecord run, List<String> lines) {
    boolean held = run.state() == RunState.HELD;
    if (run.gateReasons().isEmpty() || !(held || ending == JobResult.Ending.RESCORED)) {
      return;
    }
    lines.add("");
    lines.add(
        held
            ? "%s is held, main is unchanged:".formatted(run.table())
            : "%s is on main, and the gate as it is now would hold it:".formatted(run.table()));
    if (held) {
      HeldRun.reasons(run).forEach(line -> lines.add("  " + line));
      lines.add("  " + HeldRun.decision(run));
    } else {
      run.gateReasons().forEach(reason -> lines.add("  ✗ " + reason));
    }
  }

  private static void rules(JobResult result, List<RuleOutcome> failed, List<String> lines) {
    Optional<RunRecord> run = result.run();
    if (failed.isEmpty() || run.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("%s: rules that did not pass".formatted(result.table()));
    failed.stream().limit(MOST_LINES).forEach(outcome -> lines.add(rule(outcome)));
    more(failed.size(), lines);
  }

  private static String rule(RuleOutcome outcome) {
    String sign = outcome.failed() ? "✗" : "?";
    String shadow = outcome.shadow() ? " (shadow)" : "";
    return "  %s %s%s: %s".formatted(sign, outcome.rule(), shadow, outcome.message());
  }

  private static void quarantine(JobResult result, List<String> lines) {
    if (result.quarantine().isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("%s: quarantined rows, by reason".formatted(result.table()));
    result.quarantine().stream().limit(MOST_LINES).forEach(count -> lines.add(reason(count)));
    more(result.quarantine().size(), lines);
  }

  private static String reason(QuarantineCount count) {
    return "  %5s  %s".formatted(Numbers.count(count.rows()), words(count));
  }

  /** A reason in words. */
  static String words(QuarantineCount count) {
    String about = count.column().map(column -> column + " ").orElse("");
    String detail = count.kind().equals("ROW_RULE") ? "breaks " + count.detail() : count.detail();
    return about + detail;
  }

  private static void more(int size, List<String> lines) {
    if (size > MOST_LINES) {
      lines.add("  … and %d more in the report".formatted(size - MOST_LINES));
    }
  }
}
