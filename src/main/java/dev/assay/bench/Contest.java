package dev.assay.bench;

import dev.assay.bench.Stopwatch.Lap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/** Several ways to the same result, taken in turn so that what disturbs one disturbs all. */
final class Contest {
  /** A way: what has to be done before, which is not timed, and what is. */
  private record Way(Runnable preparation, Supplier<Map<String, Boolean>> work) {}

  private final Map<String, Way> ways = new LinkedHashMap<>();

  /** Adds a way. */
  Contest way(String name, Supplier<Map<String, Boolean>> work) {
    return way(name, () -> {}, work);
  }

  /** Adds a way that needs something done before. */
  Contest way(String name, Runnable preparation, Supplier<Map<String, Boolean>> work) {
    ways.put(name, new Way(preparation, work));
    return this;
  }

  /** Takes every way so many times, after a round that does not count. */
  Standings run(Setting setting) {
    SparkSession spark = setting.spark();
    Stopwatch stopwatch = new Stopwatch(spark);
    Map<String, List<Lap>> laps = new LinkedHashMap<>();
    Map<String, Map<String, Boolean>> outcomes = new LinkedHashMap<>();
    try {
      for (int round = 0; round <= setting.rounds(); round++) {
        for (Map.Entry<String, Way> way : ways.entrySet()) {
          setting.say("round %d of %d: %s".formatted(round, setting.rounds(), way.getKey()));
          way.getValue().preparation().run();
          Lap lap = stopwatch.time(() -> outcomes.put(way.getKey(), way.getValue().work().get()));
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
    return new Standings(medians, outcomes);
  }
}
