package dev.assay.reports;

import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.ScoreScope;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Runs of a table, one line each. */
public final class RunHistory {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private RunHistory() {}

  /** The runs as a table; {@code runs} newest first. */
  public static String of(List<RunRecord> runs) {
    List<Line> lines = new ArrayList<>();
    for (int index = 0; index < runs.size(); index++) {
      lines.add(new Line(runs.get(index), before(runs, index)));
    }
    return new TextTable<Line>()
        .left("run", line -> line.run.runId().substring(0, 8))
        .left("started (UTC)", line -> MINUTE.format(line.run.startedAt()))
        .left("data date", line -> line.run.dataDate().toString())
        .right("score", line -> ScoreText.of(line.run))
        .right(
            "change",
            line ->
                Numbers.change(
                    line.run.score().value(), line.before.flatMap(run -> run.score().value())))
        .right("coverage", line -> Numbers.points(line.run.score().coverage()) + " %")
        .right("failed", line -> String.valueOf(line.run.score().failed()))
        .right("written", line -> Numbers.count(line.run.counts().written()))
        .left("state", line -> state(line.run))
        .of(lines);
  }

  static String state(RunRecord run) {
    String state = run.state().name().toLowerCase(Locale.ROOT);
    return run.note().startsWith("overridden") ? state + " (overridden)" : state;
  }

  private static Optional<RunRecord> before(List<RunRecord> runs, int index) {
    ScoreScope scope = runs.get(index).scope();
    return runs.subList(index + 1, runs.size()).stream()
        .filter(run -> run.state() == RunState.PUBLISHED && run.scope() == scope)
        .findFirst();
  }

  private record Line(RunRecord run, Optional<RunRecord> before) {}
}
