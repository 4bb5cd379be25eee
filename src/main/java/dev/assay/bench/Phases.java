package dev.assay.bench;

import dev.assay.model.TableName;
import dev.assay.pipeline.RunListener;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** When runs reached their points, in seconds since their input was known. */
final class Phases implements RunListener {
  private final Map<Point, List<Double>> seconds = new EnumMap<>(Point.class);
  private long begin;

  @Override
  public void reached(TableName table, Point point) {
    if (point == Point.INPUT_FOUND) {
      begin = System.nanoTime();
    }
    seconds.computeIfAbsent(point, key -> new ArrayList<>()).add((System.nanoTime() - begin) / 1e9);
  }

  /** The median of the last runs. */
  double median(Point point, int runs) {
    List<Double> all = Objects.requireNonNull(seconds.get(point));
    List<Double> last = all.subList(all.size() - runs, all.size()).stream().sorted().toList();
    return last.get(last.size() / 2);
  }
}
