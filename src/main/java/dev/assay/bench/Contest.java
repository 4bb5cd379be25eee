package dev.assay.bench;

import dev.assay.bench.Stopwatch.Lap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/** Several ways to the same result, taken in turn so that what disturbs one disturbs all. */
final class Contest {
  private final Map<String, Runnable> ways = new LinkedHashMap<>();
  private final Map<String, Runnable> before = new LinkedHashMap<>();

  /** Adds a way. */
  Contest way(String name, Runnable work) {
    ways.put(name, work);
    return this;
  }

  /** Adds a way that needs something done before, which is not timed. */
  Contest way(String name, Runnable preparation, Runnable work) {
    before.put(name, preparation);
    return way(name, work);
  }

  /** Of each way the lap with the median time, after a round that does not count. */
  Map<String, Lap> run(SparkSession spark, int rounds, Consumer<String> progress) {
    Stopwatch stopwatch = new Stopwatch(spark);
    Map<String, List<Lap>> laps = new LinkedHashMap<>();
    try {
      for (int round = 0; round <= rounds; round++) {
        for (Map.Entry<String, Runnable> way : ways.entrySet()) {
          progress.accept("round %d of %d: %s".formatted(round, rounds, way.getKey()));
          before.getOrDefault(way.getKey(), () -> {}).run();
          Lap lap = stopwatch.time(way.getValue());
          if (round > 0) {
            laps.computeIfAbsent(way.getKey(), key -> new ArrayList<>()).add(lap);
          }
        }
      }
    } finally {
      spark.sparkContext().removeSparkListener(stopwatch);
    }
    Map<String, Lap> medians = new LinkedHashMap<>();
    laps.forEach(
        (way, all) -> {
          all.sort(Comparator.comparingDouble(Lap::seconds));
          medians.put(way, all.get(all.size() / 2));
        });
    return medians;
  }
}
