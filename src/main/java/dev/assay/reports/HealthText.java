package dev.assay.reports;

import dev.assay.health.Health;
import dev.assay.health.Undelivered;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How datasets are, in the terminal. */
public final class HealthText {
  private static final int RUNS_IN_TABLE = 3;
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneOffset.UTC);

  private HealthText() {}

  /** A line per dataset, and what is to be said of those that are not ok. */
  public static String of(List<Health> datasets) {
    List<String> parts = new ArrayList<>();
    parts.add(
        new TextTable<Health>()
            .left("", health -> sign(health.light()))
            .left("table", health -> health.table().toString())
            .left("health", health -> health.light().text())
            .left(
                "data date",
                health -> health.newestRows().map(run -> run.dataDate().toString()).orElse("–"))
            .left(
                "published (UTC)",
                health -> health.newestRows().map(run -> MINUTE.format(run.stateAt())).orElse("–"))
            .left(
                "due (UTC)",
                health -> health.due().map(due -> MINUTE.format(due.at())).orElse("no schedule"))
            .right(
                "written",
                health ->
                    health
                        .newestRows()
                        .map(run -> Numbers.count(run.counts().written()))
                        .orElse("–"))
            .left("last runs", HealthText::lastRuns)
            .right("holds", health -> Numbers.count(health.holds().size()))
            .left("to deliver", health -> undelivered(health.undelivered()))
            .of(datasets));
    List<String> findings =
        datasets.stream()
            .flatMap(
                health ->
                    health.findings().stream()
                        .map(finding -> "%s: %s".formatted(health.table(), finding)))
            .toList();
    if (!findings.isEmpty()) {
      parts.add(String.join("\n", findings));
    }
    long ok = datasets.stream().filter(Health::ok).count();
    parts.add("%d dataset(s): %d ok, %d not.".formatted(datasets.size(), ok, datasets.size() - ok));
    if (datasets.stream().anyMatch(health -> !health.holds().isEmpty())) {
      parts.add("'assay held' says why runs are held, and how to decide.");
    }
    return String.join("\n\n", parts);
  }

  private static String sign(Health.Light light) {
    return switch (light) {
      case OK -> "✓";
      case UNUSUAL, LATE -> "!";
      case HELD, NEVER_PUBLISHED -> "✗";
    };
  }

  /** Newest first, each with its score. */
  private static String lastRuns(Health health) {
    return health.lastRuns().stream()
        .limit(RUNS_IN_TABLE)
        .map(HealthText::run)
        .collect(Collectors.joining(", "));
  }

  private static String run(RunRecord run) {
    String score = Numbers.score(run.score().value());
    return run.state() == RunState.PUBLISHED ? score : score + " " + RunHistory.state(run);
  }

  private static String undelivered(Undelivered undelivered) {
    List<String> words = new ArrayList<>();
    if (undelivered.waiting() > 0) {
      words.add(undelivered.waiting() + " waiting");
    }
    if (undelivered.parked() > 0) {
      words.add(undelivered.parked() + " parked");
    }
    return words.isEmpty() ? "–" : String.join(", ", words);
  }
}
