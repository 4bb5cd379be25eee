package dev.assay.bench;

import dev.assay.bench.Stopwatch.Lap;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.RowCounts;
import dev.assay.pipeline.JobResult;
import dev.assay.pipeline.Lane;
import dev.assay.pipeline.PipelineRun;
import dev.assay.pipeline.RunListener.Point;
import dev.assay.pipeline.RunOption;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;

/**
 * What a job costs: CSV files in which one row in a hundred is wrong, read, typed, checked by row
 * rules, staged, quarantined, scored and put to the gate. The peer is Spark's own reader and one
 * plain write to a table of the same kind, which checks nothing and loses what it cannot read.
 */
final class LineBench {
  private static final String PLAIN = ": X, plain Spark read and write";
  private static final String RUN = ": the whole run, until it is published and recorded";
  private static final double MOST = 1.4;

  private final Setting setting;
  private final Function<Phases, Lane> lanes;
  private final Path folder;

  /**
   * @param lanes what a run needs, with the listener that is given
   * @param folder for the raw files
   */
  LineBench(Setting setting, Function<Phases, Lane> lanes, Path folder) {
    this.setting = setting;
    this.lanes = lanes;
    this.folder = folder;
  }

  List<Line> run() {
    List<Line> lines = new ArrayList<>();
    lines.addAll(measured(LineInput.NARROW, Math.min(setting.rows(), 5_000_000)));
    lines.addAll(measured(LineInput.WIDE, Math.min(setting.rows(), 1_500_000)));
    return lines;
  }

  private List<Line> measured(LineInput input, long rows) {
    String title = "%s, %,d rows".formatted(input.title(), rows);
    setting.say("making " + title);
    LineFolder files = new LineFolder(setting.spark(), folder, input, rows);
    files.make();
    files.makePlainTable(setting.catalog());
    Phases phases = new Phases();
    Lane lane = lanes.apply(phases);
    Standings standings =
        new Contest()
            .way(title + PLAIN, () -> plain(files))
            .way(title + RUN, () -> job(lane, files, rows))
            .run(setting);
    Lap unit = standings.lap(title + PLAIN);
    double staged = phases.median(Point.STAGED, setting.rounds()) / unit.seconds();
    double gated = phases.median(Point.GATED, setting.rounds()) / unit.seconds();
    return new Report(standings)
        .line(title + PLAIN)
        .note(title + ": stage and quarantine", "%.2f X".formatted(staged), Target.NONE)
        .note(
            title + ": stage, quarantine, score and gate",
            "%.2f X".formatted(gated),
            Target.of("<= 1.4 X", gated <= MOST))
        .line(
            title + RUN,
            "%.2f X".formatted(standings.share(title + RUN, title + PLAIN)),
            Target.NONE)
        .lines();
  }

  private Map<String, Boolean> plain(LineFolder files) {
    SparkSession spark = setting.spark();
    try {
      spark
          .read()
          .option("header", "true")
          .schema(files.schema())
          .csv(files.raw())
          .writeTo(files.plainTable(setting.catalog()))
          .overwrite(org.apache.spark.sql.functions.lit(true));
    } catch (NoSuchTableException e) {
      throw new IllegalStateException("the table was made a moment ago", e);
    }
    return Map.of();
  }

  /** Every round does all of it again: the input is known, but the run is forced. */
  private static Map<String, Boolean> job(Lane lane, LineFolder files, long rows) {
    JobResult result =
        new PipelineRun(lane)
            .run(List.of(files.job()), LocalDate.EPOCH, Set.of(RunOption.FORCE))
            .get(0);
    RowCounts counts = result.run().map(run -> run.counts()).orElse(RowCounts.NONE);
    if (result.ending() != JobResult.Ending.PUBLISHED
        || counts.read() != rows
        || counts.quarantined() != (rows + 99) / 100) {
      throw new AssayException(
          ExitKind.OUR_FAULT,
          "Expected %d rows to be read and published; the run ended %s with %s. %s"
              .formatted(rows, result.ending(), counts, result.message()));
    }
    return Map.of();
  }
}
