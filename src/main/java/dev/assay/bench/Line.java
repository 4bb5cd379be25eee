package dev.assay.bench;

import dev.assay.bench.Stopwatch.Lap;
import java.util.Optional;
import java.util.function.Function;

/**
 * A line of the report.
 *
 * @param lap what it took; empty for a line that measures something else than time
 * @param ratio how that compares
 */
public record Line(String way, Optional<Lap> lap, String ratio, Target target) {
  public String seconds() {
    return text(taken -> "%.2f".formatted(taken.seconds()));
  }

  public String jobs() {
    return text(taken -> Long.toString(taken.jobs()));
  }

  public String rowsRead() {
    return text(taken -> "%,d".formatted(taken.rows()));
  }

  public String megabytesRead() {
    return text(taken -> "%,d".formatted(taken.bytes() / 1_000_000));
  }

  private String text(Function<Lap, String> form) {
    return lap.map(form).orElse("");
  }
}
