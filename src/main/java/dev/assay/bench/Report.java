package dev.assay.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes lines of what was measured. */
final class Report {
  private final Standings standings;
  private final List<Line> lines = new ArrayList<>();

  Report(Standings standings) {
    this.standings = standings;
  }

  /** A line of which nothing is asked. */
  Report line(String way) {
    return line(way, "", Target.NONE);
  }

  Report line(String way, String ratio, Target target) {
    lines.add(new Line(way, Optional.of(standings.lap(way)), ratio, target));
    return this;
  }

  /** A line without a time. */
  Report note(String what, String ratio, Target target) {
    lines.add(new Line(what, Optional.empty(), ratio, target));
    return this;
  }

  /** A line that is asked to be so many times faster than a peer. */
  Report faster(String way, String peer, double least) {
    double times = standings.share(peer, way);
    return line(
        way,
        "%.1f x faster than Deequ".formatted(times),
        Target.of(">= %.0f x".formatted(least), times >= least));
  }

  /** A line that may take a share of the time of another, and a moment that every run takes. */
  Report within(String way, String unit, double share, double moment) {
    double most = standings.lap(unit).seconds() * share + moment;
    String text = share < 1 ? "%.0f %%".formatted(share * 100) : "%.1f x".formatted(share);
    return line(
        way,
        "%.2f x %s".formatted(standings.share(way, unit), unit),
        Target.of(
            moment > 0 ? "<= %s + %.1f s".formatted(text, moment) : "<= " + text,
            standings.lap(way).seconds() <= most));
  }

  List<Line> lines() {
    return List.copyOf(lines);
  }
}
